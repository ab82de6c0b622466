"""The register of sources and the lineage of a line: for the staff of the body itself and the office of its area."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.intake import facade as intake
from chengxin.intake import lineage_display, source_display
from chengxin.intake.forms import SourceFilter
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.text import fold
from chengxin.records.facade import no_records
from chengxin.ui.facade import pager_of, private

_PER_PAGE = 20


@no_records
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """List the source bodies of an officer's area; the staff of a body are led to their own."""
    actor = _staff(request)
    if actor.body and not actor.has(Role.CASE_OFFICER):
        return redirect("office_source", code=actor.body)
    form = SourceFilter(request.GET or None)
    words = fold(form.cleaned_data["q"]) if form.is_valid() else ""
    found = intake.list_sources(actor, now=now())
    chosen = [one for one in found if words in fold(one.body.name_zh) or words in fold(one.body.name_en)]
    pager, offset = pager_of(request, total=len(chosen), per_page=_PER_PAGE)
    context = {
        "page": source_display.sources_page(),
        "workbench": _workbench(actor),
        "form_filter": form,
        "figures": source_display.sources_figures(found),
        "table": source_display.sources_table(chosen[offset : offset + _PER_PAGE], pager=pager),
    }
    return private(render(request, "intake/sources.html", context))


@no_records
@require_safe
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Show one source body: doors, items with what was filed of each, and its batches."""
    actor, at = _staff(request), now()
    found = intake.get_source(actor, code, now=at)
    pager, offset = pager_of(request, total=intake.count_batches_of(actor, code, now=at), per_page=_PER_PAGE)
    batches = intake.list_batches_of(actor, code, limit=_PER_PAGE, offset=offset, now=at)
    context = {
        "page": source_display.source_page(found),
        "workbench": _workbench(actor),
        "facts": source_display.source_facts(found, on=legal_day(at)),
        "figures": source_display.supply_figures(found.total),
        "items": source_display.items_table(found, on=legal_day(at)),
        "batches": source_display.filings_table(batches, pager=pager),
    }
    return private(render(request, "intake/source.html", context))


@no_records
@require_safe
def source_item(request: HttpRequest, code: str, item: str) -> HttpResponse:
    """Show one item a body may file: since when, how it files it, and the scope of every field."""
    actor, on = _staff(request), legal_day(now())
    found = intake.get_source(actor, code, now=now())
    if item not in {right.item_code for right in found.rights}:
        raise Refused(
            Refusal(code="ABSENT", what="这个单位今天不报送这个条目。", next_step="请从来源单位的页面重新选择。")
        )
    context = {
        "page": source_display.item_scope_page(found, item, on=on),
        "workbench": _workbench(actor),
        "facts": source_display.item_scope_facts(found, item, on=on),
        "figures": source_display.supply_figures(found.of(item)),
        "scope": source_display.scope_table(item, on=on),
    }
    return private(render(request, "intake/source_item.html", context))


@no_records
@require_safe
def lineage_batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show who handed a file in and approved it, and which record each line became."""
    actor, at = _staff(request), now()
    batch, channel, _found = intake.filed_of(actor, batch_id, limit=0, offset=0, now=at)
    pager, offset = pager_of(request, total=batch.accepted + batch.corrected, per_page=_PER_PAGE)
    _same, _by, filed = intake.filed_of(actor, batch_id, limit=_PER_PAGE, offset=offset, now=at)
    context = {
        "page": lineage_display.batch_lineage_page(batch),
        "workbench": _workbench(actor),
        "facts": lineage_display.origin_facts(batch, channel),
        "table": lineage_display.filed_table(batch, filed, pager=pager),
    }
    return private(render(request, "intake/lineage_batch.html", context))


@no_records
@require_safe
def lineage_row(request: HttpRequest, batch_id: UUID, row: int) -> HttpResponse:
    """Show where the record of one line comes from."""
    actor = _staff(request)
    origin = intake.origin_of(actor, batch_id, row, now=now())
    context = {
        "page": lineage_display.row_page(origin),
        "workbench": _workbench(actor),
        "facts": lineage_display.origin_facts(origin.batch, origin.channel, row=row),
        "steps": lineage_display.became_steps(origin),
    }
    return private(render(request, "intake/lineage_row.html", context))


def _staff(request: HttpRequest) -> Actor:
    actor = access.actor_of(request)
    if actor == ANYONE:
        raise Refused(
            Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以查看来源登记和数据血缘。")
        )
    return actor


def _workbench(actor: Actor) -> str:
    return "office" if actor.has(Role.CASE_OFFICER) else "dept"

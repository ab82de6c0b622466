"""The public pages of standards: what is in force, one version with what it changed, and the simulator."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.amendments import facade as amendments
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.standards import display, reading, rules, shelf, sources
from chengxin.standards.contracts import Figure, Standard
from chengxin.standards.forms import TryForm, data_of, examples_of
from chengxin.ui.facade import private, say_on

DECIDED = frozenset({"approved", "refused", "withdrawn"})
GIVEN = "try"


@no_records
@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """List the standards there are, each with the version in force."""
    today = legal_day(now())
    found = [one for code in shelf.codes() if (one := shelf.in_force(code, on=today))]
    return render(request, "standards/list.html", {"page": display.list_page(), "table": display.list_table(found)})


@no_records
@require_safe
def current(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the version in force, the versions there were, and what is open to comment."""
    versions = _history(slug)
    found = shelf.in_force(versions[0].code, on=legal_day(now())) or versions[0]
    context = {
        **display.whole(found),
        "page": display.page_of(found),
        "versions": display.versions_table(versions, current=found),
        "amendments": display.amendment_links(amendments.list_opened(found.code)),
    }
    return render(request, "standards/standard.html", context)


@no_records
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one version with what it changed."""
    versions = _history(slug)
    found = shelf.get_version(versions[0].code, number)
    earlier = [one for one in versions if one.version < number]
    context = {
        **display.whole(found),
        "page": display.page_of(found, below=_("第%s版") % number),
        "changes": display.differences_table(earlier[-1], found) if earlier else None,
    }
    return render(request, "standards/version.html", context)


@outlet("public.shops")
@require_safe
def simulate(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what two versions print for invented figures, or for those of a merchant's own shop; nothing is kept."""
    actor, at = access.actor_of(request), now()
    versions = _versions(slug)
    form = TryForm(_given(request, versions, at=at), versions=versions, sources=shelf.sources())
    context: dict[str, object] = {
        "page": display.page_of(
            _history(slug)[-1],
            below=_("试算"),
            lead=_("填几个数字，看每个版本会给出什么结果，改一个权重会动多少。填的数字不保存，结果也不保存。"),
        ),
        "form": form,
        "shops": display.own_links(sources.list_own(actor, now=at)),
        "is_own": "shop" in request.GET,
    }
    if form.is_valid():
        try:
            context.update(_results(form))
        except Refused as refused:
            say_on(form, refused)
    return private(render(request, "standards/try.html", context, status=422 if form.errors else 200))


def _results(form: TryForm) -> Mapping[str, object]:
    figures, change = form.figures(), form.change()
    tried = [form.versions[form.cleaned_data[name]] for name in ("left", "right")]
    if change is not None:
        tried.append((_("改了以后"), rules.changed(tried[-1][1], change)))
    columns = [(title, rules.judge(standard, figures)) for title, standard in tried]
    return {
        "marks": display.marks_table(columns),
        "readings": [display.readings_table(title, marks) for title, marks in columns],
        "digest": rules.digest_of({"tried": [reading.as_definition(one) for _title, one in tried]}, figures),
    }


def _given(request: HttpRequest, versions: Mapping[str, tuple[str, Standard]], *, at: datetime) -> Mapping[str, str]:
    """Return what was filled in; before that an example, or the figures of a shop of one's own."""
    if GIVEN in request.GET:
        return request.GET.dict()
    keys = list(versions)
    found: dict[str, Figure] = examples_of(shelf.sources())
    if "shop" in request.GET:
        found = sources.own_figures(access.actor_of(request), _uuid(request.GET["shop"]), now=at)
    return {"left": keys[max(len(keys) - 2, 0)], "right": keys[-1], **data_of(found)}


def _versions(slug: str) -> dict[str, tuple[str, Standard]]:
    """Return the versions that can be tried by key and title: all there are, and drafts that are open to comment."""
    versions = _history(slug)
    found = {str(one.version): (_("第%s版") % one.version, one) for one in versions}
    for one in amendments.list_opened(versions[0].code):
        if one.state not in DECIDED and isinstance(one.item, Standard):
            found[f"draft-{one.place}"] = (
                _("第%(version)s版草案（%(number)s）") % {"version": one.item.version, "number": one.number},
                one.item,
            )
    return found


def _history(slug: str) -> list[Standard]:
    versions = shelf.history(shelf.code_of(slug))
    if not versions:
        raise Refused(shelf.absent())
    return versions


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise Refused(shelf.absent()) from None

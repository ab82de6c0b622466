"""The public pages of the catalogue: list, item, groups, standards, and the files of an item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chengxin.catalogue import plain_words as plain
from chengxin.catalogue import presentation, registers
from chengxin.catalogue.contracts import ItemVersion
from chengxin.catalogue.forms import CatalogueFilter
from chengxin.catalogue.json_schemas import json_schema
from chengxin.catalogue.preview import preview
from chengxin.catalogue.shelf import find_item, get_group, get_item, get_item_version, list_groups, list_items
from chengxin.catalogue.upload_templates import Edition, csv_template, xlsx_template
from chengxin.kernel.clock import legal_day, now
from chengxin.ui.facade import Crumb, Page, State, Tone, day, pager_of

PER_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the items in force, narrowed by class, nature, subject and mode."""
    items = list_items(on=legal_day(now()))
    group = request.GET.get("group", "")
    page = Page(
        title=_("公共信用信息目录"),
        lead=_("目录之外的信息，任何单位都不得归集。每个条目写明依据、公开属性、期限和数据项。"),
        crumbs=_path(_("目录清单")),
        wide=True,
    )
    if group:
        name = plain.said(get_group(group).title)
        lead = _("这一重点人群的信用档案由以下条目组成，均不公开。")
        page = Page(title=name, lead=lead, crumbs=_path(name, within_groups=True), wide=True)
    form = CatalogueFilter(request.GET or None)
    chosen = [item for item in items if item.group == group and _fits(item, form)]
    pager, offset = pager_of(request, total=len(chosen), per_page=PER_PAGE)
    context = {
        "page": page,
        "form_filter": form,
        "group": group,
        "figures": presentation.figures([item for item in items if not item.group]),
        "table": presentation.catalogue_table(chosen[offset : offset + PER_PAGE], pager=pager),
    }
    return render(request, "catalogue/catalogue.html", context)


def _fits(item: ItemVersion, form: CatalogueFilter) -> bool:
    """Tell whether an item fits every answer given; an answer that is no choice narrows nothing."""
    asked = form.cleaned_data if form.is_valid() else {}
    tests = {
        "national_class": str(item.national_class),
        "nature": item.nature,
        "subject_kind": item.subject_kinds,
        "mode": frozenset().union(*item.disclosure.values()),
    }
    return all(
        not asked.get(name) or (asked[name] in fact if isinstance(fact, frozenset) else asked[name] == fact)
        for name, fact in tests.items()
    )


@require_safe
def item_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show one item: why, what, who sees it, how long, and its history."""
    today = legal_day(now())
    item = _asked_item(request, code, on=today)
    current = find_item(code, on=today)
    states = [State(word=_("现行版本"), tone=Tone.DONE)] if item == current else [_other_state(item, today=today)]
    if item.standing == "provisional":
        states.append(State(word=_("暂定"), tone=Tone.TODO))
    context = {
        "page": Page(
            title=plain.said(item.title),
            lead=plain.said(item.summary),
            eyebrow=plain.label("national_class", item.national_class),
            states=states,
            crumbs=_path(plain.said(item.title)),
            wide=True,
        ),
        **preview(item, on=today),
        "history": presentation.history_steps(code, on=today),
        "downloads": presentation.downloads(item),
    }
    return render(request, "catalogue/item.html", context)


def _other_state(item: ItemVersion, *, today: date) -> State:
    if item.effective_on > today:
        return State(word=_("%(day)s起生效") % {"day": day(item.effective_on)}, tone=Tone.INFO)
    return State(word=_("旧版本"), tone=Tone.ENDED)


def _asked_item(request: HttpRequest, code: str, *, on: date) -> ItemVersion:
    version = request.GET.get("version", "")
    if version.isascii() and version.isdigit() and len(version) < 5:
        return get_item_version(code, version=int(version))
    return get_item(code, on=on)


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List the key occupational groups."""
    page = Page(
        title=_("重点人群信用档案"),
        lead=_("26类重点人群、23个信用领域。每份档案最多五个部分，只供本人、主管部门和本人授权的单位查看。"),
        crumbs=_path(_("重点人群")),
        wide=True,
    )
    return render(request, "catalogue/groups.html", {"page": page, "table": registers.group_table(list_groups())})


@require_safe
def standards(request: HttpRequest) -> HttpResponse:
    """Show the register of schemas and its change log."""
    items = list_items(on=legal_day(now()))
    pager, offset = pager_of(request, total=len(items), per_page=PER_PAGE)
    page = Page(
        title=_("标准规范"),
        lead=_("每个目录条目的数据结构公开登记。已经发布的版本不再改动；任何变化都另立版本并写明生效日期。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("标准规范"))),
        wide=True,
    )
    context = {
        "page": page,
        "table": registers.standards_table(items[offset : offset + PER_PAGE], pager=pager),
        "changes": registers.change_log(),
    }
    return render(request, "catalogue/standards.html", context)


@require_safe
def csv_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give the CSV template of an item."""
    item = _asked_item(request, code, on=legal_day(now()))
    edition = Edition.CODE if request.GET.get("edition") == "code" else Edition.NAME
    return _file(
        csv_template(item, edition=edition), name=f"{item.code}-v{item.version}.csv", kind="text/csv; charset=utf-8"
    )


@require_safe
def xlsx_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give the XLSX template of an item."""
    item = _asked_item(request, code, on=legal_day(now()))
    return _file(xlsx_template(item), name=f"{item.code}-v{item.version}.xlsx", kind=XLSX)


@require_safe
def schema_file(request: HttpRequest, code: str) -> HttpResponse:
    """Give the JSON schema of an item."""
    item = _asked_item(request, code, on=legal_day(now()))
    return JsonResponse(
        json_schema(item),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        content_type="application/schema+json",
    )


def _file(content: bytes, *, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _path(here: str, *, within_groups: bool = False) -> Sequence[Crumb]:
    home = Crumb(text=_("首页"), url="/")
    if here == _("目录清单"):
        return (home, Crumb(text=here))
    middle = [Crumb(text=_("目录清单"), url=reverse("catalogue"))]
    if within_groups:
        middle.append(Crumb(text=_("重点人群"), url=reverse("catalogue_groups")))
    return (home, *middle, Crumb(text=here))

"""An application as the deciding body reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import FieldType
from chengxin.kernel.actor import Actor, Role
from chengxin.repair.display import outcome
from chengxin.repair.forms import PAPER_TITLES
from chengxin.repair.handling import Handling
from chengxin.ui.facade import Crumb, Download, Fact, Link, Page, day, reads_english, yuan

_HIDDEN = frozenset({FieldType.ID_NO, FieldType.ID_TYPE})


def handling_context(found: Handling, *, actor: Actor, on: date, problems: bool) -> dict[str, Any]:
    """Return what the page of the deciding body shows."""
    one = found.application
    case = found.revocation if found.revocation and not found.revocation.is_closed else found.case
    can_question = bool(actor.roles & {Role.CLERK, Role.CASE_OFFICER})
    return {
        "page": Page(
            title=_("信用修复申请 %s") % one.number,
            lead=f"{one.title} {one.document_no}".strip() or _("内容保存期满，已经销毁"),
            crumbs=(Crumb(text=_("待办"), url=reverse("casework_inbox")), Crumb(text=one.number)),
            states=(outcome(one),),
            problems=problems,
        ),
        "facts": _case_facts(found, on=on),
        "content": _content(found),
        "papers": [
            Download(
                title=str(PAPER_TITLES[paper.kind]),
                url=reverse("repair_paper", args=[one.id, paper.id]),
                format=paper.media.partition("/")[2].upper(),
                size=paper.size,
            )
            for paper in one.papers
        ],
        "case_url": reverse("casework_case", args=[case.id]),
        "is_open": not case.is_closed,
        "may_question": can_question and one.granted_at is not None and one.revoked_at is None and case.is_closed,
    }


def _case_facts(found: Handling, *, on: date) -> list[Fact]:
    case = found.case
    facts = [
        Fact(name=_("申请时间"), value=found.application.applied_at),
        Fact(name=_("最早可以申请的日子"), value=found.application.earliest_on, hint=_("申请时由平台核对。")),
    ]
    if case.due_on is not None:
        left = (case.due_on - on).days
        hint = _("已超期%s天") % -left if left < 0 else _("还有%s天") % left
        facts.append(Fact(name=_("最晚决定"), value=case.due_on, hint=hint))
    return facts


def _content(found: Handling) -> list[Fact]:
    item = catalogue.get_item_version(found.application.item_code, version=found.item_version)
    facts = []
    for field in item.fields:
        value = found.content.get(field.name)
        if value in (None, "") or field.type in _HIDDEN:
            continue
        title = field.title.en if reads_english() and field.title.en else field.title.zh
        facts.append(Fact(name=title, value=_written(field, value)))
    link = Link(text=_("目录条目"), url=reverse("catalogue_item", args=[item.code]))
    return [*facts, Fact(name=_("依据"), value="", link=link)]


def _written(field: Any, value: object) -> str:  # noqa: ANN401 - a field of the catalogue
    if field.type is FieldType.MONEY:
        return yuan(int(str(value)))
    if field.type is FieldType.DATE:
        return day(date.fromisoformat(str(value)))
    if field.codes:
        labels = {code.value: code.label.en if reads_english() else code.label.zh for code in field.codes}
        return "、".join(labels.get(part, part) for part in str(value).split(";"))
    return str(value)

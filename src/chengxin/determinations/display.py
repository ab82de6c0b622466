"""Determinations as parts of the ui, and their documents as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access.facade import find_body
from chengxin.casework.contracts import Case
from chengxin.casework.facade import get_procedure, remedy_words, timeline_steps
from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion
from chengxin.determinations.contracts import Form
from chengxin.determinations.decisions import form_of
from chengxin.determinations.reading import Course, Listed
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Link,
    Page,
    Pager,
    State,
    Table,
    Tone,
    day,
    in_language,
    labelled,
    reads_english,
    sentences,
)

_HIDDEN = frozenset({FieldType.ID_NO, FieldType.ID_TYPE})


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One document: its name, its number, its paragraphs, who signs and when."""

    title: str
    number: str
    paragraphs: Sequence[str]
    body: str
    on: date | None


def list_page() -> Page:
    """Return the head of a body's determinations."""
    return Page(
        title=_("失信行为认定"),
        lead=_("告知在先，听取陈述申辩，由负责人签发，送达以后起算救济期限。哪一步都不能跳过。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("认定"))),
        wide=True,
    )


def item_links(items: Sequence[ItemVersion]) -> list[Link]:
    """Return a way to draft under each item."""
    address = reverse("determination_new")
    return [Link(text=_title(item), url=f"{address}?item={item.code}") for item in items]


def body_table(found: Sequence[Listed], *, pager: Pager) -> Table:
    """Return the determinations of a body."""
    rows = [
        (
            Cell(value=one.number, url=reverse("determination", args=[one.id])),
            Cell(value=_about(one.case, one.item_code)),
            Cell(state=_state(one.case)),
            Cell(value=one.case.due_on or _("没有期限")),
        )
        for one in found
    ]
    return Table(
        caption=_("本单位的认定"),
        caption_hidden=True,
        columns=(Column(title=_("编号")), Column(title=_("条目")), Column(title=_("状态")), Column(title=_("期限"))),
        rows=rows,
        empty=Empty(title=_("还没有认定"), meaning=_("从下面选择一个目录条目，写明事实和依据。")),
        pager=pager,
    )


def new_page(item: ItemVersion, *, problems: bool) -> Page:
    """Return the head of a draft."""
    return Page(
        title=_("拟认定：%s") % _title(item),
        lead=_("写明事实、依据和文号。决定日期、送达日期和救济期届满日期由程序填写。"),
        crumbs=(Crumb(text=_("认定"), url=reverse("determinations")), Crumb(text=_("新的认定"))),
        problems=problems,
    )


def body_context(course: Course, *, actor: Actor, on: date, problems: bool) -> dict[str, Any]:
    """Return what the department's page of one determination shows."""
    found, state = course.found, course.case.state
    acted = course.undo if course.undo is not None and not course.undo.is_closed else course.case
    may_write = bool(actor.roles & {Role.CLERK, Role.CASE_OFFICER})
    proofs = [("notice", _("告知书的送达凭证"), found.noticed_on), ("decision", _("决定书的送达凭证"), found.served_on)]
    return {
        "page": Page(
            title=_("认定 %s") % found.number,
            lead=_about(course.case, found.item_code),
            crumbs=(Crumb(text=_("认定"), url=reverse("determinations")), Crumb(text=found.number)),
            states=(_state(course.case),),
            problems=problems,
        ),
        "found": found,
        "facts": days(course, on=on),
        "content": content(course),
        "steps": timeline_steps(course.case, course.steps, actor=actor),
        "case_url": reverse("casework_case", args=[acted.id]),
        "may_act": not acted.is_closed,
        "serves": {"drafted": "notice", "decided": "decision"}.get(state, "") if may_write else "",
        "may_report": may_write and found.record_id is not None and course.undo is None,
        "proofs": [
            Link(text=title, url=reverse("determination_proof", args=[found.id, which]))
            for which, title, served in proofs
            if served
        ],
    }


def days(course: Course, *, on: date) -> list[Fact]:
    """Return the days of a determination: told, heard until, signed, served, contestable until."""
    found = course.found
    facts = [
        Fact(name=_("告知书送达"), value=found.noticed_on or _("还没有送达")),
        Fact(name=_("陈述申辩最后一天"), value=course.statement_by or _("送达以后起算"), hint=_left(course, on)),
        Fact(name=_("负责人签发"), value=found.decided_on or _("还没有签发")),
        Fact(name=_("决定书送达"), value=found.served_on or _("还没有送达")),
    ]
    if course.remedies is not None:
        facts += [
            Fact(name=_("申请行政复议最后一天"), value=course.remedies.reconsideration_by),
            Fact(name=_("提起行政诉讼最后一天"), value=course.remedies.litigation_by),
        ]
    if found.undone_at is not None:
        facts.append(Fact(name=_("已撤回"), value=found.undone_at))
    return facts


def content(course: Course) -> list[Fact]:
    """Return what is determined, field by field; numbers of persons are not among them."""
    cells = course.found.cells
    return [
        Fact(name=in_language(field.title.zh, field.title.en or field.title.zh), value=_value(field, cells[field.name]))
        for field in _form(course).fields
        if cells.get(field.name) and field.type not in _HIDDEN
    ]


def own_list_page() -> Page:
    """Return the head of what is intended about oneself."""
    return Page(
        title=_("拟对我作出的决定"),
        lead=_("作出不利决定以前，要先告知您并听取您的意见。期满以前不会作出决定。"),
        crumbs=(Crumb(text=_("我的信用"), url=reverse("archive")), Crumb(text=_("认定"))),
    )


def own_table(found: Sequence[Listed]) -> Table:
    """Return the determinations about a subject."""
    rows = [
        (
            Cell(value=one.number, url=reverse("own_determination", args=[one.number])),
            Cell(value=_about(one.case, one.item_code), hint=body_name(one.body)),
            Cell(state=_state(one.case)),
        )
        for one in found
    ]
    return Table(
        caption=_("拟对我作出的决定"),
        caption_hidden=True,
        columns=(Column(title=_("编号")), Column(title=_("事项")), Column(title=_("状态"))),
        rows=rows,
        empty=Empty(
            title=_("没有拟对您作出的决定"),
            meaning=_("有部门拟认定失信行为、列入名单或者采取措施时，会先送达告知书，并出现在这里。"),
        ),
    )


def own_context(course: Course, *, actor: Actor, on: date, problems: bool) -> dict[str, Any]:
    """Return what a subject's page of one determination shows."""
    found = course.found
    return {
        "page": Page(
            title=_("认定 %s") % found.number,
            lead=_("%(item)s，由%(body)s办理。")
            % {"item": _about(course.case, found.item_code), "body": body_name(found.body)},
            crumbs=(Crumb(text=_("拟对我作出的决定"), url=reverse("own_determinations")), Crumb(text=found.number)),
            states=(_state(course.case),),
            problems=problems,
        ),
        "found": found,
        "facts": days(course, on=on),
        "content": content(course),
        "steps": timeline_steps(course.case, course.steps, actor=actor),
        "may_state": course.case.state == "noticed",
    }


def sheets_context(course: Course) -> dict[str, Any]:
    """Return prior notice and, once signed, the decision as sheets."""
    page = Page(title=_("认定文书"), lead=course.found.number)
    return {"page": page, "sheets": _sheets(course)}


def _sheets(course: Course) -> list[Sheet]:
    found, form = course.found, _form(course)
    said = {**_said(course), "intends": form.intends, "decides": form.decides}
    about = _("经查，您（单位）%s。") % said["title"] if said["title"] else ""
    told = sentences((about, _("事实：%(facts)s 依据：%(basis)s %(intends)s") % said))
    body = body_name(found.body)
    also = _also(course, form)
    notice = Sheet(
        title=form.notice,
        number=found.number,
        paragraphs=(told, *also, *filter(None, (form.hears,)), _right_words(course)),
        body=body,
        on=legal_day(found.drafted_at),
    )
    if found.decided_on is None:
        return [notice]
    decided = _("认定：%(facts)s 依据%(basis)s，%(decides)s（%(document)s）。理由：%(reasons)s") % said
    decision = Sheet(
        title=form.decision,
        number=said["document"],
        paragraphs=(decided, *also, _remedy_words(course), form.follows),
        body=body,
        on=found.decided_on,
    )
    return [notice, decision]


def _also(course: Course, form: Form) -> list[str]:
    """Return what the documents of this kind of decision say besides, field by field."""
    cells = course.found.cells
    fields = [field for field in form.fields if field.name in form.also and cells.get(field.name)]
    return [labelled(in_language(field.title.zh, field.title.en), _value(field, cells[field.name])) for field in fields]


def _value(field: Field, said: str) -> str:
    """Write a cell as people read it: a day as a day, a code by its title, all else as it was written."""
    if field.type is FieldType.DATE:
        with suppress(ValueError):
            return day(date.fromisoformat(said))
    code = next((code for code in field.codes if said in {code.value, code.label.zh}), None)
    return in_language(code.label.zh, code.label.en) if code else said


def _right_words(course: Course) -> str:
    return _("您有权陈述申辩；承办单位应当复核，不得因申辩加重。") + (
        _("最后一天：%s；期满以前不作出决定。") % day(course.statement_by)
        if course.statement_by
        else _("期限自送达之日起算。")
    )


def _said(course: Course) -> dict[str, str]:
    """Return the words a document takes from the draft and from the signature."""
    found = course.found
    form = _form(course)
    title, document = form.field_for(FieldUse.TITLE), form.field_for(FieldUse.DOCUMENT_NO)
    facts = next((found.cells[name] for name in ("decision_facts", "violation_facts") if found.cells.get(name)), "")
    reasons = next((step.reasons for step in reversed(course.steps) if step.verb == "decide"), "")
    return {
        "title": found.cells.get(title.name, "") if title else "",
        "facts": facts,
        "basis": found.cells.get("legal_basis", ""),
        "document": found.cells.get(document.name, "") if document else found.number,
        "reasons": reasons,
    }


def _remedy_words(course: Course) -> str:
    procedure = get_procedure(course.case.procedure, version=course.case.procedure_version)
    found = course.found
    assert found.decided_on is not None
    return remedy_words(procedure.verbs["decide"].remedies, on=found.decided_on, served_on=found.served_on)


def _left(course: Course, on: date) -> str:
    if course.statement_by is None or course.case.state != "noticed":
        return ""
    left = (course.statement_by - on).days
    return _("已经届满") if left < 0 else _("还有%s天") % left


def _state(case: Case) -> State:
    state = get_procedure(case.procedure, version=case.procedure_version).states[case.state]
    return State(word=state.title.en if reads_english() else state.title.zh, tone=Tone(state.tone))


def _form(course: Course) -> Form:
    return form_of(course.case.procedure, course.found.item_code, on=legal_day(course.found.drafted_at))


def _about(case: Case, code: str) -> str:
    """Say what a decision is about; of what is no longer declared, its code."""
    try:
        return form_of(case.procedure, code, on=legal_day(case.opened_at)).title
    except Refused:
        return code


def _title(item: ItemVersion) -> str:
    return item.title.en if reads_english() and item.title.en else item.title.zh


def body_name(code: str) -> str:
    """Return the name of a body in the reader's language, or its code."""
    body = find_body(code)
    if body is None:
        return code
    return body.name_en if reads_english() and body.name_en else body.name_zh

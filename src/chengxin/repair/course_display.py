"""The course of an application as parts of the ui, and its decision with the notice beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import get_procedure, remedy_words, timeline_steps
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.notices import facade as notices
from chengxin.records import facade as records
from chengxin.records.contracts import Change, Done, Told
from chengxin.repair.contracts import Application
from chengxin.repair.course import Course, Decision
from chengxin.repair.display import body_name, outcome
from chengxin.repair.forms import PAPER_TITLES
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Page,
    State,
    Table,
    Tone,
    day,
    moment,
    reads_english,
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One document as it is printed: its name, its number, its paragraphs, who signs when."""

    title: str
    number: str
    paragraphs: Sequence[str]
    body: str
    on: date


@dataclass(frozen=True, kw_only=True)
class ShownNotice:
    """A served notice as its addressee reads it."""

    title: str
    body: str
    served: str


def course_context(found: Course, *, actor: Actor, on: date) -> dict[str, Any]:
    """Return what the page of one's own application shows."""
    one = found.application
    can = _verbs(found)
    return {
        "page": course_page(one),
        "application": one,
        "facts": course_facts(found, on=on),
        "steps": timeline_steps(found.case, found.steps, actor=actor),
        "revocation_steps": timeline_steps(found.revocation, found.revocation_steps, actor=actor)
        if found.revocation
        else (),
        "papers": [f"{PAPER_TITLES[paper.kind]} · {moment(paper.given_at)}" for paper in one.papers],
        "has_decision": bool(found.decisions),
        "notices": [_notice(notice) for notice in found.notices],
        "told": told_table(found),
        "may_withdraw": not found.case.is_closed and actor.stands_for("repair.withdraw"),
        "may_supplement": "supplement" in can,
        "may_state": "state" in can,
    }


def course_page(one: Application) -> Page:
    """Return the head of an application's page."""
    return Page(
        title=_("信用修复申请 %s") % one.number,
        lead=f"{one.title} {one.document_no}".strip(),
        crumbs=(Crumb(text=_("我的信用修复"), url=reverse("repairs")), Crumb(text=one.number)),
        states=(outcome(one),),
    )


def course_facts(found: Course, *, on: date) -> list[Fact]:
    """Return where an application stands."""
    case = found.revocation if found.revocation and not found.revocation.is_closed else found.case
    procedure = get_procedure(case.procedure, version=case.procedure_version)
    title = procedure.states[case.state].title
    facts = [
        Fact(name=_("承办单位"), value=body_name(case.body)),
        Fact(name=_("申请时间"), value=found.application.applied_at),
        Fact(name=_("进展"), value=title.en if reads_english() else title.zh),
    ]
    if case.due_on is not None:
        left = (case.due_on - on).days
        hint = _("已超期%s天，可以向信用办反映") % -left if left < 0 else _("还有%s天") % left
        facts.append(Fact(name=_("最晚"), value=case.due_on, hint=hint))
    facts.append(Fact(name=_("费用"), value=_("不收费。您不需要向任何人付钱。")))
    return facts


def told_table(found: Course) -> Table | None:
    """Return who was told to stop since the repair, with receipts; None before a decision."""
    granted = found.application.granted_at
    if granted is None:
        return None
    rows = [_told_row(one) for one in found.told if one.change in {Change.REPAIRED, Change.LIFTED}]
    return Table(
        caption=_("停用通知和回执"),
        caption_hidden=True,
        columns=(Column(title=_("单位")), Column(title=_("通知时间")), Column(title=_("回执"))),
        rows=rows,
        empty=Empty(
            title=_("没有需要通知的单位"),
            meaning=_("登记在册的单位都没有收到过这一条。"),
        ),
    )


def _told_row(one: Told) -> tuple[Cell, ...]:
    answered = one.answered_at is not None
    word = records.words_of_done(Done(one.done)) if answered else _("等待回执")
    return (
        Cell(value=body_name(one.body)),
        Cell(value=moment(one.told_at)),
        Cell(state=State(word=word, tone=Tone.DONE if answered else Tone.TODO)),
    )


def decision_context(found: Course) -> dict[str, Any]:
    """Return decision and notice as two sheets that are read together (两书同达)."""
    sheets = [sheet for decision in found.decisions for sheet in _sheets(found.application, decision)]
    page = Page(title=_("决定书和通知书"), heading_hidden=True)
    return {"page": page, "sheets": sheets, "application": found.application}


def _sheets(one: Application, decision: Decision) -> list[Sheet]:
    on = legal_day(decision.at)
    line = _("%(title)s（%(number)s）") % {"title": one.title, "number": one.document_no or _("没有文号")}
    said = {"line": line, "applied": day(legal_day(one.applied_at)), "reasons": decision.reasons}

    def sheet(title: str, *paragraphs: str) -> Sheet:
        return Sheet(
            title=title,
            number=decision.number,
            paragraphs=paragraphs,
            body=body_name(decision.body),
            on=on,
        )

    remedies = remedy_words(decision.remedies, on=on, served_on=on)
    if decision.verb == "refuse":
        again = _("条件具备以后可以再次申请，不收费。")
        told = _("您于%(applied)s申请修复%(line)s。经审查，决定不予修复。理由：%(reasons)s") % said
        return [sheet(_("不予信用修复决定书"), told, remedies, again)]
    if decision.verb == "revoke":
        told = _("因申请修复%(line)s时的承诺不实，决定撤销该项信用修复。理由：%(reasons)s") % said
        return [sheet(_("撤销信用修复决定书"), told, remedies)]
    return [
        sheet(
            _("准予信用修复决定书"),
            _("您于%(applied)s申请修复%(line)s。经审查，符合修复条件，决定准予修复。理由：%(reasons)s") % said,
            _("本决定自作出之时起生效。申请时的承诺不实的，可以撤销本决定。"),
        ),
        sheet(
            _("信用修复通知书"),
            _("自%s起，该记录停止公示、共享和使用，依据该记录采取的措施应当一并解除。") % moment(decision.at),
            _("收到过该记录的单位已经接到停用通知，最晚%s落实；回执列在您的申请页面。") % day(decision.execution_by),
            _("办理本事项不收取任何费用。"),
        ),
    ]


def _notice(notice: Any) -> ShownNotice:  # noqa: ANN401 - a notice
    text = notices.text_of(notice, language="en" if reads_english() else "zh")
    return ShownNotice(title=text.title, body=text.body, served=moment(notice.served_at))


def _verbs(found: Course) -> set[str]:
    """Return the verbs the subject can take, by the states of the two cases."""
    verbs = {"supplement"} if found.case.state == "returned" else set()
    if found.revocation is not None and found.revocation.state == "noticed":
        verbs.add("state")
    return verbs

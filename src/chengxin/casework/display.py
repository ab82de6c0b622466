"""Cases as parts of the ui: a table for the inbox, facts and a timeline for the case page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chengxin.access.facade import find_body
from chengxin.casework import contracts
from chengxin.casework.contracts import Attempt, Case, Deadline, Procedure, Verb, Words
from chengxin.casework.queries import papers_of
from chengxin.casework.registry import get_procedure
from chengxin.casework.remedies import remedy_words
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day
from chengxin.law import facade as law
from chengxin.law.contracts import Unit
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Link,
    Page,
    Pager,
    Progress,
    State,
    Step,
    Table,
    Tone,
    clauses,
    day,
    moment,
    reads_english,
    sentences,
    series,
)

# Acts of the engine itself, which no procedure declares.
ENGINE_VERBS: Mapping[str, Words] = {
    "open": Words(zh="立案", en="Opened"),
    "assign": Words(zh="领办或指派", en="Assigned"),
    "release": Words(zh="退回待办", en="Released"),
    "transfer": Words(zh="移送", en="Transferred"),
    "hand_back": Words(zh="退回上一步", en="Handed back"),
    "escalate": Words(zh="超过法定期限，已报督办单位", en="Past its legal deadline, brought before the supervisor"),
}


@dataclass(frozen=True, kw_only=True)
class VerbChoice:
    """One button of the step form."""

    code: str
    title: str
    is_adverse: bool


def inbox_table(cases: Sequence[Case], *, on: date, pager: Pager) -> Table:
    """Return the inbox as a table, with an empty state that says what would appear."""
    empty = Empty(
        title=_("没有待办的案件"),
        meaning=_("目前没有需要您处理的事项。"),
        would_appear=_("有新的批次、核对或撤回等待您处理时，会显示在这里。"),
    )
    return _table(cases, caption=_("待办案件"), empty=empty, on=on, pager=pager)


def resting_table(cases: Sequence[Case], *, on: date, pager: Pager) -> Table:
    """Return the cases that wait for nobody as a table."""
    empty = Empty(
        title=_("没有在册的案件"),
        meaning=_("目前没有结果仍然有效、不用办理的案件。"),
        would_appear=_("例如登记了监护人代办以后，会显示在这里。"),
    )
    return _table(cases, caption=_("在册的案件"), empty=empty, on=on, pager=pager)


def _table(cases: Sequence[Case], *, caption: str, empty: Empty, on: date, pager: Pager) -> Table:
    return Table(
        caption=caption,
        caption_hidden=True,
        columns=(
            Column(title=_("编号")),
            Column(title=_("事项")),
            Column(title=_("状态")),
            Column(title=_("法定期限")),
            Column(title=_("经办")),
        ),
        rows=[_row(case, on=on) for case in cases],
        empty=empty,
        pager=pager,
        as_of=on,
    )


def case_page(case: Case, *, problems: bool) -> Page:
    """Return the heading of a case page."""
    procedure = _procedure(case)
    return Page(
        title=f"{text(procedure.title)} {case.number}",
        lead=text(procedure.summary),
        crumbs=(Crumb(text=_("待办"), url=reverse("casework_inbox")), Crumb(text=case.number)),
        states=(state_of(case),),
        problems=problems,
    )


def case_facts(case: Case, *, on: date, deadline: Deadline | None = None) -> list[Fact]:
    """Return the summary of a case; with its deadline also how its last day was counted."""
    facts = [
        Fact(name=_("承办单位"), value=body_name(case.body)),
        Fact(name=_("立案时间"), value=case.opened_at),
    ]
    if link := _link_of(case):
        facts.append(Fact(name=_("办理对象"), value="", link=Link(text=_link_text(case), url=link)))
    if case.due_on is not None:
        facts.append(Fact(name=_("法定期限"), value=case.due_on, hint=due_hint(case, on=on)))
    if deadline is not None:
        facts.append(Fact(name=_("期限怎么算"), value=counted(deadline, on=on)))
    return facts


def counted(deadline: Deadline, *, on: date) -> str:
    """Say how the last day was counted: from when, how long, by which text, without which days."""
    entry = law.get_entry(deadline.key)
    value = law.find(deadline.key, on=on, pack=settings.LAW_PACK)
    amount = str(value.number) if value else ""
    said = {
        "from": day(deadline.starts_on),
        "last": day(deadline.last_day),
        "what": text(entry.title),
        "length": (_("%s个工作日") if entry.unit is Unit.WORKDAY else _("%s日")) % amount,
    }
    parts = [_("%(what)s：自%(from)s的次日起%(length)s，最后一天是%(last)s") % said]
    if deadline.paused:
        parts.append(_("其中%s天按规定不计入") % deadline.paused)
    if deadline.is_provisional:
        parts.append(_("这个期限是暂定的"))
    names = [text(law.name_of(citation)) for citation in deadline.cites if not citation.startswith("D/")]
    if names:
        parts.append(_("依据%s") % series(names))
    return sentences([clauses(parts)])


def timeline_steps(
    case: Case, steps: Sequence[contracts.Step], *, actor: Actor, called: Mapping[str, str] | None = None
) -> list[Step]:
    """Return the steps of a case as a timeline; staff are shown by their body, oneself as oneself.

    `called` names those who have no body and are not simply the party, by their key.
    """
    verbs = _procedure(case).verbs
    done = [
        Step(
            title=text(verbs[step.verb].title if step.verb in verbs else ENGINE_VERBS[step.verb]),
            progress=Progress.DONE,
            when=step.at,
            who=_who(step, actor=actor, called=called or {}),
            text="\n".join(part for part in (step.reasons, step.note, _remedies(step, verbs)) if part),
        )
        for step in steps
    ]
    if case.is_closed:
        return done
    waiting = Step(title=text(_procedure(case).states[case.state].title), progress=Progress.NOW, when=case.due_on)
    return [*done, waiting]


def _remedies(step: contracts.Step, verbs: Mapping[str, Verb]) -> str:
    verb = verbs.get(step.verb)
    return remedy_words(verb.remedies, on=legal_day(step.at)) if verb is not None else ""


def _who(step: contracts.Step, *, actor: Actor, called: Mapping[str, str]) -> str:
    """Name who took a step by its body; a person without one is the party (当事人)."""
    if step.actor_key == actor.key:
        return _("您")
    if step.actor_key in called:
        return called[step.actor_key]
    if step.actor_body:
        return body_name(step.actor_body)
    if step.hall:
        return _("当事人，在%s的窗口代填") % body_name(step.hall)
    if step.is_by_representative:
        return _("当事人的代理人")
    return _("当事人") if step.actor_key.startswith("account:") else _("平台")


@dataclass(frozen=True, kw_only=True)
class PaperRow:
    """One paper of a case: its digest, what it is called on the page, and whether the reader opened it."""

    digest: str
    title: str
    is_opened: bool


def paper_rows(case: Case, *, unopened: Sequence[str]) -> list[PaperRow]:
    """Return the papers of a case in the order they came in."""
    return [
        PaperRow(digest=digest, title=_("材料%s") % place, is_opened=digest not in unopened)
        for place, digest in enumerate(papers_of(case.id), start=1)
    ]


def verb_choices(verbs: Sequence[Verb]) -> list[VerbChoice]:
    """Return the buttons of the verbs that can be taken."""
    return [VerbChoice(code=verb.code, title=text(verb.title), is_adverse=verb.is_adverse) for verb in verbs]


def own_verbs(case: Case | None) -> list[tuple[str, str]]:
    """Return what whoever asked may do in a case now, as code and title of each verb that is a citizen's alone."""
    if case is None or case.is_closed:
        return []
    mine = [verb for verb in _procedure(case).verbs.values() if verb.roles == {Role.CITIZEN}]
    return [(verb.code, text(verb.title)) for verb in mine if case.state in verb.from_states]


def state_of(case: Case) -> State:
    """Return the state of a case as icon, word and colour."""
    state = _procedure(case).states[case.state]
    return State(word=text(state.title), tone=Tone(state.tone))


def attempt_text(case: Case, attempt: Attempt) -> str:
    """Say that a verb was begun and has not ended, and what that means."""
    verb = _procedure(case).verbs.get(attempt.verb)
    said = {"verb": text(verb.title) if verb else attempt.verb, "at": moment(attempt.at)}
    if attempt.is_running:
        return _("“%(verb)s”在%(at)s开始，正在进行。请稍后刷新页面。") % said
    return _("“%(verb)s”在%(at)s开始，没有办完就中断了。什么都没有改变，可以再办一次。") % said


def text(words: Words | law.Words) -> str:
    """Return words in the viewer's language."""
    return words.en if reads_english() else words.zh


def body_name(code: str) -> str:
    """Return the name of a body, or its code when it is not known."""
    body = find_body(code) if code else None
    return text(Words(zh=body.name_zh, en=body.name_en)) if body else code


def _row(case: Case, *, on: date) -> tuple[Cell, ...]:
    return (
        Cell(value=case.number, url=reverse("casework_case", args=[case.id])),
        Cell(value=text(_procedure(case).title), hint=_number_of(case)),
        Cell(state=state_of(case)),
        Cell(value=case.due_on or _("没有期限"), hint=due_hint(case, on=on)),
        Cell(value=_("您") if case.assigned_to else _("待领办")),
    )


def _link_of(case: Case) -> str:
    page = _procedure(case).page
    try:
        return reverse(page, args=[case.ref.id]) if page else ""
    except NoReverseMatch:
        return ""


def _link_text(case: Case) -> str:
    """Name what a case is about by its kind and, where its facts hold one, its number."""
    things = {"batch": _("查看批次"), "record": _("查看记录"), "identity_review": _("查看核对材料")}
    return " ".join((things.get(case.ref.kind, _("打开查看")), _number_of(case))).strip()


def _number_of(case: Case) -> str:
    """Return the number of the thing a case is about, from the facts it was opened with; empty when there is none."""
    return str(case.facts.get("number", ""))


def due_hint(case: Case, *, on: date) -> str:
    """Say how many days are left, or how many have passed since."""
    if case.due_on is None:
        return ""
    left = (case.due_on - on).days
    words = _("已超期{days}天") if left < 0 else _("还有{days}天") if left else _("今天到期")
    return words.format(days=abs(left)) + (_("，暂定") if case.due_provisional else "")


def _procedure(case: Case) -> Procedure:
    return get_procedure(case.procedure, version=case.procedure_version)

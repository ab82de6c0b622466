"""Repair in words and parts of the ui: the guide, the lines, the checklist of one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access.facade import find_body
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import Due
from chengxin.repair.contracts import Application, Prospect
from chengxin.repair.deadlines import decision_days
from chengxin.repair.forms import PAPER_TITLES
from chengxin.repair.rules import Advice, Paper
from chengxin.repair.trial import Trial
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    KeyDate,
    Link,
    Page,
    Progress,
    State,
    Step,
    Table,
    Task,
    Tone,
    aside,
    day,
    reads_english,
    sentences,
)
from chengxin.ui.facade import words_of as words_of_refusal

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ShownCount:
    """One count on the page: what is counted, its steps, its articles."""

    title: str
    steps: tuple[Step, ...]
    citations: tuple[Link, ...]


def guide_page(*, problems: bool) -> Page:
    """Return the head of the guide."""
    return Page(
        title=_("信用修复指南"),
        lead=_("纠正了失信行为，就有权申请修复。不收费，不需要找中介，任何人都不能代您提前。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("修复指南"))),
        problems=problems,
    )


def guide_steps() -> list[Step]:
    """Return the way of an application in five steps."""
    return [
        Step(
            title=_("等到最早可以申请的日子"),
            progress=Progress.LATER,
            text=_("由认定日期和严重程度算出，见下面的计算。"),
        ),
        Step(title=_("纠正、履行"), progress=Progress.LATER, text=_("例如缴清罚款、改正违法行为，并保留凭证。")),
        Step(
            title=_("在“我的信用修复”里申请"), progress=Progress.LATER, text=_("上传材料，作出承诺；材料齐全当场受理。")
        ),
        Step(
            title=_("由认定单位决定"),
            progress=Progress.LATER,
            text=_("最晚%s个工作日答复（暂定）；拒绝要写明理由和救济途径。") % decision_days(),
        ),
        Step(
            title=_("准予之时起生效"),
            progress=Progress.LATER,
            text=_("停止公示、共享和使用，收到过的单位都会接到停用通知，回执列给您看。"),
        ),
    ]


def trial_facts(trial: Trial, *, on: date) -> list[Fact]:
    """Return what the calculator answers."""
    facts = []
    if trial.refusal is not None and trial.refusal.code != "REPAIR-EARLY":
        facts.append(
            Fact(name=_("能否修复"), value=words_of_refusal(trial.refusal)["what"], hint=refusal_words(trial.refusal))
        )
    else:
        earliest = trial.advice.earliest
        hint = _("已经可以申请。") if earliest.on <= on else _("还有%s天。") % (earliest.on - on).days
        facts.append(
            Fact(
                name=_("最早可以申请"),
                value=earliest.on,
                hint=hint,
                state=State(word=_("暂定"), tone=Tone.TODO) if earliest.is_provisional else None,
            )
        )
        facts.append(Fact(name=_("那天申请，最晚答复"), value=trial.advice.answer_by))
    facts += _ends(trial.facts.publicity_ends_on, trial.facts.use_ends_on)
    facts.append(Fact(name=_("等，还是申请"), value=advice_words(trial.advice)))
    return facts


def _ends(publicity: date | None, use: date | None) -> list[Fact]:
    return [
        Fact(name=_("公示自动结束"), value=publicity - _DAY if publicity else _("不公示")),
        Fact(name=_("使用自动结束"), value=use - _DAY if use else _("没有法定的截止日期")),
    ]


def advice_words(advice: Advice) -> str:
    """Say whether waiting is better."""
    if advice.better_to_wait:
        return _("等更省事：答复出来以前，公示、共享和使用都已经自动结束，您不需要申请。")
    if advice.publicity_ends_first:
        return _("公示会在答复以前自动结束；修复还可以同时停止共享和使用，由您决定要不要申请。")
    return _("申请更早结束：准予以后，公示、共享和使用同时停止。")


def repairs_page() -> Page:
    """Return the head of one's own repairs."""
    return Page(
        title=_("我的信用修复"),
        lead=_("每一条都算出了最早可以申请的日子。您不需要向任何人付钱。"),
        crumbs=(Crumb(text=_("我的信用"), url=reverse("archive")), Crumb(text=_("信用修复"))),
    )


def nothing_to_repair() -> Empty:
    """Say well that nothing can be repaired."""
    return Empty(
        title=_("没有需要修复的记录"),
        meaning=_("您名下没有仍在生效的失信信息。"),
        would_appear=_("有部门认定失信行为时，会在这里写明最早可以修复的日子。"),
    )


def prospect_tasks(found: Sequence[Prospect]) -> list[Task]:
    """Return the adverse lines with where each stands."""
    return [
        Task(
            title=f"{one.kind} · {one.title}",
            url=reverse("repair_application", args=[one.open_number])
            if one.open_number
            else reverse("repair_apply", args=[one.record.record_id]),
            state=_state(one),
            hint=body_name(one.record.body) + (f" · {one.document_no}" if one.document_no else ""),
            due=KeyDate(
                label=_("最早可以申请"),
                on=one.advice.earliest.on,
                provisional=one.advice.earliest.is_provisional,
            )
            if one.refusal is None or one.refusal.code == "REPAIR-EARLY"
            else None,
        )
        for one in found
    ]


def _state(one: Prospect) -> State:
    if one.open_number:
        return State(word=_("办理中"), tone=Tone.INFO)
    if one.refusal is None:
        return State(word=_("可以申请"), tone=Tone.TODO)
    if one.refusal.code == "REPAIR-EARLY":
        return State(word=_("还没到时候"), tone=Tone.NEUTRAL)
    return State(word=_("不能提前修复"), tone=Tone.ENDED)


def applications_table(made: Sequence[Application]) -> Table:
    """Return the applications one has made."""
    return Table(
        caption=_("申请过的"),
        columns=(
            Column(title=_("编号")),
            Column(title=_("记录")),
            Column(title=_("申请时间")),
            Column(title=_("结果")),
        ),
        rows=[
            (
                Cell(value=one.number, url=reverse("repair_application", args=[one.number])),
                Cell(value=one.title or _("内容保存期满，已经销毁"), hint=one.document_no),
                Cell(value=one.applied_at),
                Cell(state=outcome(one)),
            )
            for one in made
        ],
        empty=Empty(title=_("还没有申请过"), meaning=_("申请以后，进展和决定会列在这里。")),
    )


def outcome(one: Application) -> State:
    """Return what became of an application, in a word."""
    if one.revoked_at is not None:
        return State(word=_("修复已撤销"), tone=Tone.ENDED)
    if one.granted_at is not None:
        return State(word=_("已修复"), tone=Tone.DONE)
    if one.closed_at is not None:
        return State(word=_("已结束，没有修复"), tone=Tone.ENDED)
    return State(word=_("办理中"), tone=Tone.INFO)


def apply_page(prospect: Prospect, *, problems: bool) -> Page:
    """Return the head of the checklist of one line."""
    return Page(
        title=_("申请信用修复"),
        lead=f"{prospect.kind} · {prospect.title}",
        crumbs=(Crumb(text=_("我的信用修复"), url=reverse("repairs")), Crumb(text=_("申请"))),
        problems=problems,
    )


def prospect_facts(prospect: Prospect) -> list[Fact]:
    """Return by what one knows the line again, and its two lawful ends."""
    record = prospect.record
    facts = [
        Fact(
            name=_("认定单位"),
            value=body_name(record.body),
            link=Link(text=_("看这一条"), url=reverse("archive_line", args=[record.record_id])),
        ),
        Fact(name=_("认定日期"), value=record.determined_on),
    ]
    if prospect.document_no:
        facts.insert(1, Fact(name=_("文号"), value=prospect.document_no))
    return [*facts, *_ends(prospect.facts.publicity_ends_on, prospect.facts.use_ends_on)]


def checklist(prospect: Prospect, *, on: date) -> list[Step]:
    """Return what must hold, each with its day or its paper, done or still missing."""
    earliest = prospect.advice.earliest
    reached = earliest.on <= on
    never = prospect.refusal is not None and prospect.refusal.code != "REPAIR-EARLY"
    when = (
        Step(
            title=_("最早可以申请的日子"),
            progress=Progress.DONE if reached else Progress.NOW,
            when=earliest.on,
            text=_("已经到了。") if reached else _("还有%s天；没有人能够代您提前。") % (earliest.on - on).days,
            provisional=earliest.is_provisional,
        )
        if not never
        else Step(title=_("这一条不能提前修复"), progress=Progress.SKIPPED, text=refusal_words(prospect.refusal))
    )
    papers = [
        Step(title=str(PAPER_TITLES[paper]), progress=Progress.LATER, text=_("还缺。请在下面上传。"))
        for paper in prospect.papers
    ]
    return [
        when,
        *papers,
        Step(title=_("公开作出信用承诺"), progress=Progress.LATER, text=_("在下面勾选，不需要另外的文书。")),
        Step(
            title=_("提交以后最晚答复"),
            progress=Progress.LATER,
            when=prospect.advice.answer_by,
            text=_("由%s决定。") % body_name(prospect.record.body),
        ),
    ]


def shown_counts(counts: Sequence[Due]) -> list[ShownCount]:
    """Return each count with its steps in words; the deciding one comes first."""
    return [
        ShownCount(
            title=_in(law.get_entry(one.key).title) + (aside(_("暂定")) if one.provisional else ""),
            steps=tuple(Step(title=_step_words(step.code), when=step.day) for step in one.steps),
            citations=tuple(_citation(cite) for cite in one.cites),
        )
        for one in counts
    ]


def _step_words(code: str) -> str:
    return {
        "start": _("起算之日，当日不计入"),
        "last_day": _("最短期限的最后一天"),
        "ends": _("从这一天起可以申请；遇休息日不顺延"),
    }.get(code, code)


def refusal_words(refusal: Refusal | None) -> str:
    """Return a refusal as readable words without its code."""
    return sentences(words_of_refusal(refusal).values()) if refusal is not None else ""


def law_links(refusal: Refusal | None) -> list[Link]:
    """Return the articles a refusal rests on."""
    return [_citation(cite) for cite in refusal.basis] if refusal is not None else []


def paper_titles(papers: Sequence[Paper]) -> list[str]:
    """Return what papers are called."""
    return [str(PAPER_TITLES[paper]) for paper in papers]


def body_name(code: str) -> str:
    """Return the name of a body in the reader's language, or its code."""
    body = find_body(code) if code else None
    if body is None:
        return code
    return body.name_en if reads_english() and body.name_en else body.name_zh


def day_words(on: date) -> str:
    """Return a day in words."""
    return day(on)


def _citation(cite: str) -> Link:
    return Link(text=catalogue.citation(cite), url=catalogue.citation_url(cite))


def _in(words: law.Words) -> str:
    return words.en if reads_english() else words.zh

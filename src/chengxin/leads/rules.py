"""When findings make a lead, what a finding has to say, how a platform's report is graded, and the clocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites
from chengxin.leads.contracts import Family, Finding, Grade, Lead, Outcome
from chengxin.leads.families import field_for, is_harmed

LAW = law.beside(__file__)
_SAME: Final = 0.5
_LONGEST: Final = timedelta(days=400)


@cites("D/lead-evidence")
def why_not_finding(finding: Finding, known: Mapping[str, Family]) -> Refusal | None:
    """Return why a finding is not taken: one that does not say all of its evidence is no evidence."""
    lacking = [
        name
        for name, is_there in (
            ("family", finding.family in known),
            ("rule", bool(finding.rule and finding.kind)),
            ("window", timedelta() < finding.end_day - finding.first_day <= _LONGEST),
            (
                "rows",
                bool(finding.rows) and all(finding.first_day <= row.day < finding.end_day for row in finding.rows),
            ),
            ("values", bool(finding.values)),
            ("says", all(finding.says)),
            ("clears", all(finding.clears)),
            ("model", bool(finding.model)),
        )
        if not is_there
    ]
    if not lacking:
        return None
    return Refusal(
        code="LD-EVIDENCE",
        what="这条发现的证据不完整：{lacking}。",
        why="每条发现都要说明规则、时间段、看到的数据、门槛、怎样可以排除，以及模型版本。",
        next_step="请补齐后再送；新的证据类别先写进 families.yaml。",
        values={"lacking": "、".join(lacking)},
    )


@cites("D/lead-evidence")
def agree(one: Finding, other: Finding) -> bool:
    """Tell whether two findings of a shop make a lead together: independent of each other, about the same time.

    Two rules of one family agree on a row they share, since a large shop has chance hits of every rule somewhere.
    What a shop suffers never speaks against it, and what is for one authority alone goes with nothing else.
    """
    if (one.family, one.kind) == (other.family, other.kind) or not overlap(one, other):
        return False
    if is_harmed(one.family) is not is_harmed(other.family) or field_for(one.family) != field_for(other.family):
        return False
    return one.family != other.family or bool(orders_of(one) & orders_of(other))


def overlap(one: Finding, other: Finding) -> bool:
    """Tell whether the windows of two findings share a day."""
    return one.first_day < other.end_day and other.first_day < one.end_day


def groups(findings: Sequence[Finding], known: Mapping[str, Family]) -> list[list[int]]:
    """Return the places of the findings of one shop that make a lead together, each lead a list; notes are in none."""
    chosen: list[list[int]] = []
    for place, one in enumerate(findings):
        if any(place in group for group in chosen):
            continue
        with_it = [other for other, two in enumerate(findings) if agree(one, two)]
        if with_it or known[one.family].stands_alone:
            chosen.append(sorted({place, *with_it} - {taken for group in chosen for taken in group}))
    return chosen


def is_same(one: Finding, other: Finding) -> bool:
    """Tell whether a finding tells what is known: the same rule of the shop, and half of its rows or more."""
    if (one.family, one.rule) != (other.family, other.rule):
        return False
    return len(_rows(one) & _rows(other)) >= _SAME * len(_rows(one))


def orders_of(finding: Finding) -> frozenset[str]:
    """Return the orders a finding names."""
    return frozenset(row.order for row in finding.rows if row.order)


def grade_of(finding: Finding, others: Sequence[Finding]) -> Grade:
    """Grade a platform's report (分级)."""
    if any(agree(finding, other) for other in others):
        return Grade.AGREED
    return Grade.NAMED if orders_of(finding) else Grade.WORDS


@cites("D/lead-answer")
def answer_until(shown_on: date) -> date:
    """Return the last day on which a merchant explains, counted from when the lead was shown."""
    return LAW.due("lead.answer", start=shown_on, on=shown_on).last_day


@cites("D/lead-evidence")
def notes_meet(on: date) -> timedelta:
    """Return for how long a finding may still make a lead with a new one."""
    return timedelta(days=int(LAW.value("lead.notes_meet", on=on).number))


@cites("D/lead-harmed")
def why_not_determination(lead: Lead) -> Refusal | None:
    """Return why no determination begins with a lead: it was not founded, has one, or its shop is who suffers."""
    if lead.is_harmed:
        return Refusal(
            code="LD-HARMED",
            what="这条线索里店铺是受害一方，不能据此起草对它的认定。",
            why="查实的是别人对店铺的差评，不是店铺的行为。",
            next_step="请把结果告诉平台和店铺；查明是谁组织的，另行立案，涉嫌犯罪的移送公安机关。",
        )
    if lead.outcome is Outcome.FOUNDED and lead.determination is None:
        return None
    return Refusal(
        code="LD-NOT-FOUNDED",
        what="这条线索现在不能起草认定。",
        why="核查结果是情况属实的线索，才能据此起草一次认定。",
        next_step="请先办结核查；已经起草的，在失信行为认定里继续。",
    )


@cites("D/lead-expiry")
def expires_on(opened_on: date) -> date:
    """Return the last day a lead that nobody decided stands."""
    return LAW.due("lead.expires", start=opened_on, on=opened_on).last_day


def _rows(finding: Finding) -> frozenset[tuple[str, date]]:
    if finding.ties and not orders_of(finding):
        return frozenset((tie.account, tie.day) for tie in finding.ties if tie.shop == finding.shop)
    return frozenset((row.order, row.day) for row in finding.rows)

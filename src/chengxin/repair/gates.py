"""May this line be repaired now? Every no comes with its article, and with the day where there is one."""

from __future__ import annotations

from datetime import date
from typing import Final

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites, gate
from chengxin.repair.rules import LAW, RepairFacts, earliest_repair

_MARKET_LISTS = ("GS45/14",)
EXAMPLE: Final = {
    "determined_on": "2026-04-10",
    "severity": "general",
    "subject_kind": "legal_person",
    "penalty_kinds": ["fine"],
    "publicity_ends_on": "2027-04-11",
    "use_ends_on": "2031-04-11",
    "is_corrected": True,
    "is_performed": True,
    "is_promised": True,
}


@gate("gate.repair", zh="能否信用修复", en="May a line be repaired", facts=RepairFacts, example=EXAMPLE)
@cites("O36", "SZ/79", "SZ/80", "GS45/14", "ZJ/32", "SH/38", "SD/41", "HN/43")
def why_not_repair(facts: RepairFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Return the first reason why a line may not be repaired on a day, or None."""
    return (
        why_never(facts, on=on, pack=pack)
        or _why_not_needed(facts, on=on)
        or _why_listed(facts, on=on, pack=pack)
        or _why_early(facts, on=on, pack=pack)
        or _why_undone(facts, on=on, pack=pack)
    )


@cites("GS45/14", "D/repair-never-early")
def why_never(facts: RepairFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Refuse the penalties whose publicity no repair ends early (R3): they run to their lawful end."""
    never = LAW.find("repair.never_kinds", on=on, pack=pack)
    scope = LAW.find("repair.never_for", on=on, pack=pack)
    if never is None or scope is None or not facts.penalty_kinds & set(str(never.value).split()):
        return None
    if scope.value == "market" and not facts.is_market_penalty:
        return None
    return Refusal(
        code="REPAIR-NEVER",
        what="这类处罚不能提前修复。",
        why="受到停产停业、限制开展生产经营、限制从业、降低资质等级或者吊销许可证照处罚的，不得提前停止公示。",
        next_step="到期以后自动停止公示和使用，您不需要申请。",
        basis=scope.cites,
        retry_on=facts.use_ends_on or facts.publicity_ends_on,
    )


@cites("SD/38", "PIPL/47")
def _why_not_needed(facts: RepairFacts, *, on: date) -> Refusal | None:
    if facts.use_ends_on is None or on < facts.use_ends_on:
        return None
    return Refusal(
        code="REPAIR-OVER",
        what="这一条已经到期，不需要修复。",
        why="期限届满以后，不再公示、共享，也不再作为依据使用。",
        next_step="您不需要做任何事，也不需要向任何人付钱。",
        basis=("SD/38", "PIPL/47"),
    )


@cites("ZJ/32¶2", "GS45/14", "D/repair-listed")
def _why_listed(facts: RepairFacts, *, on: date, pack: str) -> Refusal | None:
    excluded = LAW.value("repair.listed_excluded", on=on, pack=pack)
    if excluded.value is True and (facts.is_on_serious_list or facts.is_list_entry):
        return Refusal(
            code="REPAIR-LISTED",
            what="在严重失信名单上的，不适用一般的信用修复。",
            why="名单有自己的移出条件和程序。",
            next_step="请先按列入决定书写明的条件申请移出名单。",
            basis=excluded.cites,
        )
    if facts.is_market_penalty and (facts.is_on_serious_list or facts.is_on_abnormal_list):
        return Refusal(
            code="REPAIR-LISTED",
            what="还在经营异常名录或者严重违法失信名单里，不能提前停止公示。",
            why="市场监管处罚提前停止公示，要求已经不在这两个名单里。",
            next_step="请先申请移出名单，再申请修复这一条。",
            basis=_MARKET_LISTS,
        )
    if facts.is_market_penalty and facts.is_repeated:
        return Refusal(
            code="REPAIR-REPEATED",
            what="同一类违法行为又受到处罚，这一条不能提前停止公示。",
            why="提前停止公示，要求没有因同一类违法行为再次受到市场监管部门处罚。",
            next_step="到期以后自动停止公示和使用，您不需要申请。",
            basis=_MARKET_LISTS,
        )
    return None


@cites("SZ/79", "O36", "GS45/14", "SZ/83")
def _why_early(facts: RepairFacts, *, on: date, pack: str) -> Refusal | None:
    earliest = earliest_repair(facts, on=on, pack=pack)
    if on >= earliest.on:
        return None
    return Refusal(
        code="REPAIR-EARLY",
        what="还没有到可以申请修复的日子。",
        why="最短公示期届满以后才能申请。",
        next_step="最早可以在{day}申请；平台不会提前受理，也没有人能够代您提前。",
        values={"day": earliest.on},
        basis=earliest.counts[0].cites,
        retry_on=earliest.on,
    )


@cites("O36", "SZ/80", "GS45/14", "SH/38")
def _why_undone(facts: RepairFacts, *, on: date, pack: str) -> Refusal | None:
    wanted = LAW.value("repair.conditions", on=on, pack=pack)
    asked = str(wanted.value).split()
    if "corrected" in asked and not facts.is_corrected:
        return Refusal(
            code="REPAIR-UNCORRECTED",
            what="失信行为还没有纠正。",
            why="修复要求已经纠正失信行为、消除不良影响。",
            next_step="请先纠正，并保留能够证明的材料。",
            basis=wanted.cites,
            field="is_corrected",
        )
    if "performed" in asked and not facts.is_performed:
        return Refusal(
            code="REPAIR-UNPERFORMED",
            what="决定书上的义务还没有全部履行。",
            why="修复要求已经全部履行决定书规定的义务。",
            next_step="请先履行完毕，例如缴清罚款，并保留凭证。",
            basis=wanted.cites,
            field="is_performed",
        )
    if "promised" in asked and not facts.is_promised:
        return Refusal(
            code="REPAIR-NO-PROMISE",
            what="还没有作出信用承诺。",
            why="修复要求公开作出信用承诺。",
            next_step="请在申请里勾选承诺。",
            basis=wanted.cites,
            field="is_promised",
        )
    return None

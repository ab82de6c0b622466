"""Unpaid utilities (欠缴): when they may be determined at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from chengxin.determinations.rules import LAW
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites, gate

EXAMPLE: Final = {"notified_on": "2026-03-02", "amount": 60000, "is_disputed": False, "is_hardship_excluded": True}


@dataclass(frozen=True, kw_only=True)
class ArrearsFacts:
    """What decides whether unpaid utilities may be determined; `amount` in fen."""

    notified_on: date | None
    amount: int
    is_disputed: bool = False
    is_hardship_excluded: bool = False


@gate(
    "gate.arrears",
    zh="公用事业欠缴能否认定",
    en="May utility arrears be determined",
    facts=ArrearsFacts,
    example=EXAMPLE,
)
@cites("HN/27", "SEED1/3.3", "D/arrears-window")
def why_not_arrears(facts: ArrearsFacts, *, on: date, pack: str = law.DEFAULT_PACK) -> Refusal | None:
    """Return why arrears may not be determined: hardship, a dispute, a small sum, no reminder, or too soon after it."""
    if not facts.is_hardship_excluded:
        return _no("ARREARS-HARDSHIP", "没有排除生活困难的用户，不能认定。", "请先向民政部门核实；生活困难的不认定。")
    if facts.is_disputed:
        return _no("ARREARS-DISPUTED", "用户对欠费有争议，不能认定。", "争议解决以前不得认定。")
    if facts.amount < law.value("catalogue.utility_arrears_floor", on=on, pack=pack).number:
        return _no("ARREARS-FLOOR", "欠费没有达到起点金额，不能认定。", "请继续催缴，不要报送。")
    if facts.notified_on is None:
        return _no("ARREARS-NOT-TOLD", "没有送达催告，不能认定。", "请先书面催告，并保留送达凭证。")
    due = LAW.due("arrears.dispute_window", start=facts.notified_on, on=on, pack=pack)
    if on > due.last_day:
        return None
    return Refusal(
        code="ARREARS-WINDOW",
        what="提出异议的期限还没有满，不能认定。",
        why="催告送达以后，用户有时间提出异议。",
        next_step="{day}起没有争议的，才能确认。",
        values={"day": due.ends_on},
        basis=due.cites,
        retry_on=due.ends_on,
    )


def _no(code: str, what: str, next_step: str) -> Refusal:
    return Refusal(
        code=code,
        what=what,
        why="未经依法确认的水电气等欠费，不得作为失信信息。",
        next_step=next_step,
        basis=("HN/27¶2", "SEED1/3.3"),
    )

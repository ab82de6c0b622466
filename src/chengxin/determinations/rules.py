"""When a determination may go on: heard before it is proposed, final before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW = law.beside(__file__)


@dataclass(frozen=True, kw_only=True)
class Remedies:
    """The last days to ask for reconsideration and to sue, counted from the service of a decision."""

    reconsideration_by: date
    litigation_by: date

    @property
    def over_on(self) -> date:
        """Return the last day on which anything can still be contested."""
        return max(self.reconsideration_by, self.litigation_by)


@cites("XF/20", "XS/46")
def remedies_of(served_on: date, *, pack: str = law.DEFAULT_PACK) -> Remedies:
    """Count the remedies against a decision from the day it was served."""
    days = (LAW.due(f"remedy.{kind}", start=served_on, on=served_on, pack=pack) for kind in _KINDS)
    reconsideration, litigation = (due.last_day for due in days)
    return Remedies(reconsideration_by=reconsideration, litigation_by=litigation)


_KINDS = ("reconsideration", "litigation")


@cites("APL/44", "APL/45", "D/statement-window")
def statement_until(told_on: date, *, pack: str = law.DEFAULT_PACK) -> date:
    """Return the last day to state one's case after a prior notice was served."""
    return LAW.due("determination.statement", start=told_on, on=told_on, pack=pack).last_day


@cites("APL/44", "APL/45", "ZJ/28", "HN/28¶3", "D/statement-window")
def why_not_propose(
    told_on: date | None, *, has_stated: bool, on: date, pack: str = law.DEFAULT_PACK
) -> Refusal | None:
    """Return why a decision may not be proposed yet: no prior notice, or the time to be heard is not over."""
    if told_on is None:
        return Refusal(
            code="DET-NOT-TOLD",
            what="还没有送达事先告知书，不能作出决定。",
            why="作出不利决定以前，要告知事实、理由、依据和陈述申辩的权利。",
            next_step="请先送达告知书，并上传送达凭证。",
            basis=("APL/44", "ZJ/28"),
        )
    last_day = statement_until(told_on, pack=pack)
    if has_stated or on > last_day:
        return None
    return Refusal(
        code="DET-NOT-HEARD",
        what="陈述申辩的期限还没有满。",
        why="期满以前不得作出决定，当事人提前陈述的除外。",
        next_step="{day}以后才能继续。",
        values={"day": last_day},
        basis=("APL/45", "D/statement-window"),
    )


@cites("ZJ/11(2)", "HN/20(2)", "XF/20", "XS/46")
def why_not_enter(
    served_on: date | None, *, needs_finality: bool, on: date, pack: str = law.DEFAULT_PACK
) -> Refusal | None:
    """Return why a decision may not become a record yet: not served, or it can still be contested."""
    if served_on is None:
        return Refusal(
            code="DET-NOT-SERVED",
            what="决定书还没有送达，不能入库。",
            why="没有送达的决定不发生效力，期限也没有起算。",
            next_step="请先送达决定书，并上传送达凭证。",
            basis=("APL/61",),
        )
    over_on = remedies_of(served_on, pack=pack).over_on
    if not needs_finality or on > over_on:
        return None
    return Refusal(
        code="DET-CONTESTABLE",
        what="可以复议、诉讼的期限还没有满，现在不能记入信用记录。",
        why="期满没有申请复议、提起诉讼的，才是失信信息。",
        next_step="{day}以后没有争议的，才能入库。",
        values={"day": over_on},
        basis=("ZJ/11(2)", "HN/20(2)"),
    )


@cites("APL/61", "APL/85")
def why_not_served(day: date | None, *, not_before: date, on: date, has_proof: bool) -> Refusal | None:
    """Return why a service does not count: no day, a day that cannot be, or no proof."""
    if day is None or not not_before <= day <= on:
        return Refusal(
            code="DET-SERVED-DAY",
            what="送达日期不对。",
            why="送达日期不早于文书作出之日，也不晚于今天。",
            next_step="请按送达回证填写。",
            field="served_on",
        )
    if not has_proof:
        return Refusal(
            code="DET-NO-PROOF",
            what="没有送达凭证，不能算作送达。",
            why="期限从送达之日起算，送达要有凭证。",
            next_step="请上传送达回证、邮寄回执或者当事人签署的电子送达确认。",
            field="proof",
        )
    return None

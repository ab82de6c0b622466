"""What may be asked, what follows from a hit, and how long a clearance holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from chengxin.kernel.refusal import Refusal
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind
from chengxin.law import facade as law
from chengxin.law.facade import Due, cites
from chengxin.lists.contracts import Kind as ListKind
from chengxin.measures.contracts import Measure
from chengxin.screening.contracts import Action, Kind

LAW = law.beside(__file__)
PURPOSE: Final = "list_matching"
MOST_ROWS: Final = 1000
ALLOWED_AGE: Final = timedelta(minutes=10)
"""Lists are brought up to date each minute; what is older than this is not called complete."""


def lists_of(measure: Measure, known: Collection[str]) -> tuple[str, ...]:
    """Return the lists a measure may rest on, in the order its row names them."""
    return tuple(act for act in measure.acts if act in known)


@cites("PIPL/6", "SD/27", "SZ/66(2)")
def why_not_ask(
    measure: Measure | None, *, lists: Sequence[str], known: Collection[str], rows: int, most: int = MOST_ROWS
) -> Refusal | None:
    """Return why a batch may not be asked: it says no matter, names a list that is none or not the matter's, or more.

    A matter is a measure of the published list: it says who may ask, on which law, and which lists have to do with it.
    """
    if measure is None:
        return Refusal(
            code="MATCH-NO-PURPOSE",
            what="没有说明为了哪一项措施比对，或者措施清单上没有它。",
            why="每一次比对都要有明确、合法的目的；没有目的，不比对。",
            next_step="请填写措施清单上的代码。",
            basis=("PIPL/6",),
            field="purpose",
        )
    if unknown := [code for code in lists if code not in known]:
        return Refusal(
            code="MATCH-NO-LIST",
            what="没有“{list}”这种名单。",
            next_step="请从名单页选择。",
            field="lists",
            values={"list": unknown[0][:40]},
        )
    own = lists_of(measure, known)
    if not own or (untied := [code for code in lists if code not in own]):
        return Refusal(
            code="MATCH-UNTIED",
            what="这项措施不依据“{list}”名单。" if own else "这项措施不依据任何名单。",
            why="措施要与失信行为相关联，无关的名单不看。",
            next_step="请看措施清单上这项措施依据的名单。",
            basis=("SD/27", "SZ/66"),
            field="lists",
            values={"list": untied[0]} if own else {},
        )
    return _why_not_many(rows, most=most)


def _why_not_many(rows: int, *, most: int) -> Refusal | None:
    if 0 < rows <= most:
        return None
    return Refusal(
        code="MATCH-TOO-MANY" if rows else "MATCH-EMPTY",
        what="一次可以比对1至{most}条，这次有{rows}条。",
        next_step="请分几次比对；更多的，请下载签名的名单，用命令行在本单位比对。",
        field="queries",
        values={"most": str(most), "rows": str(rows)},
    )


@cites("SH/17", "PIPL/6", "PIPL/28", "D/match-person", "D/statutory-scope")
def why_not_persons(measure: Measure, *, persons: int, most: int) -> Refusal | None:
    """Return why natural persons may not be matched in a batch: an announced procedure asks otherwise, or too many."""
    if persons and measure.is_announced:
        return Refusal(
            code="MATCH-ANNOUNCED",
            what="招录、提拔、推荐的人选不能在这里比对。",
            why="只能按已经公布的程序查询名单上的人，并由另一个人批准。",
            next_step="请发起法定查询。",
            basis=("SH/17",),
            field="purpose",
        )
    if persons > most:
        return Refusal(
            code="MATCH-MANY-PERSONS",
            what="一次最多比对{most}个自然人。",
            why="不得批量查询自然人。",
            next_step="请只填写正在办理的事项的当事人。",
            basis=("PIPL/6",),
            field="queries",
            values={"most": str(most)},
        )
    return None


@cites("SZ/73", "HN/29")
def is_object(measure: Measure, kind: str) -> bool:
    """Tell whether a measure may be applied to persons, or to operators."""
    if kind == Kind.PERSON:
        return SubjectKind.NATURAL_PERSON in measure.objects
    return bool(measure.objects & OPERATORS)


@cites("PIPL/24¶3", "SH/36", "D/objection-no-measure")
def action_for(action: Action, *, has_objection: bool, is_cleared: bool, other_name: bool = False) -> Action:
    """Return what may follow a hit: nothing of what is cleared, no measure on what is disputed.

    A person's number that came with another name is looked at by a human and blocks nobody.
    """
    if is_cleared:
        return Action.NONE
    if has_objection:
        return Action.INFORMATION
    return Action.REVIEW if other_name and action is Action.BLOCK_PROPOSED else action


def why_degraded(last: datetime | None, *, at: datetime) -> Refusal | None:
    """Return why answers are not complete, or None: the lists have not been kept up to date of late."""
    if last is not None and at - last <= ALLOWED_AGE:
        return None
    return Refusal(
        code="MATCH-STALE",
        what="名单没有及时更新，没有命中的也不能当作不在名单上。",
        next_step="请稍后再比对；急需办理的，请向列入单位核实。",
    )


@cites("D/match-clearance")
def clearance_ends(on: date, *, pack: str = law.DEFAULT_PACK) -> Due:
    """Count how long a clearance holds at most, from the day it was given."""
    return LAW.due("clearance.lasts", start=on, on=on, pack=pack)


def held(lists: Sequence[ListKind]) -> tuple[str, ...]:
    """Return the catalogue items whose records are the entries of some lists."""
    return tuple(dict.fromkeys(item for kind in lists for item in kind.items))

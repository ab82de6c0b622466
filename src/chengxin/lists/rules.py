"""When an entry stands on its list, when it ends, and when its subject may ask to leave early."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import Due, cites
from chengxin.lists.contracts import Because, Family, Kind
from chengxin.records.contracts import MarkKind, Record

LAW = law.beside(__file__)
_DAY = timedelta(days=1)
_MARKS = (
    (MarkKind.WITHDRAWN, Because.WITHDRAWN),
    (MarkKind.REPAIRED, Because.REPAIRED),
    (MarkKind.FROZEN, Because.FROZEN),
)


@cites("HN/37", "ZJ/25", "D/list-term")
def term_of(kind: Kind, decided_on: date, *, pack: str = law.DEFAULT_PACK) -> Due:
    """Count how long an entry of a serious list stands, from the day of the decision."""
    return LAW.due("list.term", start=decided_on, on=decided_on, pack=pack, kind=kind.code)


@cites("HN/37", "SAMR44", "D/list-exit")
def may_leave_from(kind: Kind, decided_on: date, *, pack: str = law.DEFAULT_PACK) -> Due:
    """Count from when the subject of a serious entry may ask to leave before its term."""
    return LAW.due("list.early_exit", start=decided_on, on=decided_on, pack=pack, kind=kind.code)


@cites("SD/38", "HN/37¶3", "SZ/82¶2")
def ends_on(record: Record) -> date | None:
    """Return the first day an entry stands no more by its own dates, or None where none ends it."""
    last = record.valid_until + _DAY if record.valid_until else None
    return min((day for day in (last, record.use_ends_on, record.publicity_ends_on) if day is not None), default=None)


@cites("SD/38", "HN/37¶3", "HN/66", "SZ/82¶2", "SH/37")
def why_ended(record: Record | None, *, family: Family, stands: bool, at: datetime) -> Because | None:
    """Return why an entry stands no more: its record was taken back, repaired, frozen, corrected away or ran out.

    `stands` is the answer of `records.usable` about it.
    """
    if record is None:
        return Because.CORRECTED
    marks = {mark.kind for mark in record.marks}
    for mark, because in _MARKS:
        if mark in marks:
            return because
    last = ends_on(record)
    if last is not None and legal_day(at) >= last:
        return Because.SOURCE_REMOVED if family is Family.MIRROR and record.version > 1 else Because.EXPIRED
    return None if stands else Because.CORRECTED


@cites("FS13/4", "SH/25¶3", "ZJ/24", "D/list-persons")
def names_persons(kind: Kind, *, on: date, pack: str = law.DEFAULT_PACK) -> bool:
    """Tell whether a binding text lets anybody ask by name and number whether a person is on a list; none does yet."""
    value = LAW.value("list.person_confirmation", on=on, pack=pack, kind=kind.code)
    return value.value is True and not value.provisional


@cites("HN/37", "SAMR44", "ZJ/32¶2", "D/list-exit")
def why_not_ask_to_leave(
    kind: Kind, *, decided_on: date | None, on: date, pack: str = law.DEFAULT_PACK
) -> Refusal | None:
    """Return why the subject of an entry may not ask to leave early: it follows its source, or it is too early."""
    if kind.family is not Family.SERIOUS or decided_on is None:
        return Refusal(
            code="LIST-ASK-SOURCE",
            what="这个名单由来源单位移出，平台不能决定。",
            why="平台只照样显示；来源移出，这里同时撤下。",
            next_step="请向作出列入决定的单位申请移出。",
            basis=kind.basis,
        )
    first = may_leave_from(kind, decided_on, pack=pack).ends_on
    if on >= first:
        return None
    return Refusal(
        code="LIST-TOO-EARLY",
        what="还没有到可以申请提前移出的日期。",
        why="列入满规定期限、已经改正的，才能申请提前移出。",
        next_step="最早{day}可以申请。",
        values={"day": first},
        basis=("HN/37", *kind.basis),
        retry_on=first,
    )

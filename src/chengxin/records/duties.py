"""What a recipient of a record owes when the record changes, and which answers carry it out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites
from chengxin.records.contracts import Change, Done, Duty, MarkKind

LAW = law.beside(__file__)
_DAY: Final = timedelta(days=1)

_DUTIES: Final = {
    Change.CORRECTED: Duty.REPLACE,
    Change.LIFTED: Duty.REPLACE,
    Change.OBJECTION: Duty.MARK,
    Change.FROZEN: Duty.STOP,
    Change.REPAIRED: Duty.STOP,
    Change.PUBLICITY_ENDED: Duty.STOP,
    Change.USE_ENDED: Duty.STOP,
    Change.WITHDRAWN: Duty.DELETE,
    Change.RETENTION_ENDED: Duty.DELETE,
    Change.ERASED: Duty.DELETE,
}
_MORE: Final = (Done.DELETED, Done.NOT_HELD)
_CARRIED_OUT: Final = {
    Duty.REPLACE: (Done.REPLACED, Done.STOPPED, *_MORE),
    Duty.MARK: (Done.MARKED, Done.STOPPED, *_MORE),
    Duty.STOP: (Done.STOPPED, *_MORE),
    Duty.DELETE: _MORE,
}


def change_of(kind: MarkKind) -> Change:
    """Return the change a mark is."""
    return Change(kind.value)


@cites("SZ/37¶2", "HN/42", "PIPL/47")
def duty_of(change: Change) -> Duty:
    """Return what whoever received a record is to do about a change."""
    return _DUTIES[change]


@cites("HN/42", "SZ/37¶2")
def answer_by(delivered_on: date, *, pack: str) -> date | None:
    """Return the last day on which a recipient answers what arrived on a day, or None where no text covers it."""
    if LAW.find("recall.answer", on=delivered_on, pack=pack) is None:
        return None
    return LAW.due("recall.answer", start=delivered_on, on=delivered_on, pack=pack).last_day


def overdue_before(today: date, *, pack: str) -> date:
    """Return the day before which whatever arrived should have been answered by now."""
    day = today
    while (due := answer_by(day, pack=pack)) is not None and due >= today:
        day -= _DAY
    return day + _DAY


def answers_to(duty: Duty) -> tuple[Done, ...]:
    """Return the answers that carry out a duty, the one asked for first."""
    return _CARRIED_OUT[duty]


@cites("HN/42")
def why_not_carried_out(duty: Duty, done: Done) -> Refusal | None:
    """Return why an answer does not carry out a duty, or None; doing more than was asked is enough."""
    if done in _CARRIED_OUT[duty]:
        return None
    return Refusal(
        code="O-NOT-DONE",
        what="这样处理没有完成通知的要求。",
        why="收到过这条记录的单位应当按通知更新、标注、停用或者删除。",
        next_step="请按通知中的要求处理以后再回执。",
        basis=("SZ/37¶2", "HN/42"),
        field="done",
        values={"duty": duty.value},
    )

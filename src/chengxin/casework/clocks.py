"""Count the legal clocks of a case: days spent in a pausing state do not count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chengxin.casework.contracts import Clock, Deadline, Procedure
from chengxin.law.facade import Due

_DAY = timedelta(days=1)
OPENED, ENTRY, FIRST = "opened", "state:", "first:"


@dataclass(frozen=True, kw_only=True)
class Stay:
    """A stay of the case in a state from a day on, until it left (None: it is still there)."""

    state: str
    since: date
    left_on: date | None


CountDue = Callable[[str, date], Due]


def nearest_deadline(
    procedure: Procedure, *, opened_on: date, facts: dict[str, object], stays: Sequence[Stay], on: date, count: CountDue
) -> Deadline | None:
    """Return the nearest last day of the clocks that run in the present state; the earlier key wins a tie.

    `count(key, start)` counts a law key from a day; a clock paused now is counted as if the pause ended today.
    """
    present = stays[-1].state
    seen = {stay.state for stay in stays}
    running = [
        deadline
        for clock in procedure.clocks
        if _runs(clock, present=present, seen=seen, facts=facts)
        for deadline in [_deadline(clock, opened_on=opened_on, facts=facts, stays=stays, on=on, count=count)]
        if deadline is not None
    ]
    return min(running, key=lambda deadline: (deadline.last_day, deadline.key), default=None)


def all_deadlines(
    procedure: Procedure, *, opened_on: date, facts: dict[str, object], stays: Sequence[Stay], on: date, count: CountDue
) -> list[Deadline]:
    """Return every clock that has begun, stopped ones too, in the order of the declaration.

    A clock that stopped is counted up to the day it stopped: what came later moved nothing.
    """
    found = []
    for clock in procedure.clocks:
        if not _concerns(clock, seen={stay.state for stay in stays}, facts=facts):
            continue
        stopped = _stopped_on(clock, stays)
        deadline = _deadline(clock, opened_on=opened_on, facts=facts, stays=stays, on=stopped or on, count=count)
        if deadline is not None:
            found.append(replace(deadline, stopped_on=stopped))
    return found


def _stopped_on(clock: Clock, stays: Sequence[Stay]) -> date | None:
    """Return the day a clock stopped for good: since when the case has been only in states that stop it."""
    stopped = None
    for stay in stays:
        stopped = (stopped or stay.since) if stay.state in clock.stops else None
    return stopped


def _runs(clock: Clock, *, present: str, seen: set[str], facts: dict[str, object]) -> bool:
    """Tell whether a clock runs: not stopped, applicable, and not the one of another course of the case."""
    return present not in clock.stops and _concerns(clock, seen=seen, facts=facts)


def applies(said: str, facts: Mapping[str, object]) -> bool:
    """Tell whether a clock or a verb belongs to a case: by a fact that is true, or after `not ` by one that is not."""
    name = said.removeprefix("not ")
    return not said or (facts.get(name) is True) is (name == said)


def _concerns(clock: Clock, *, seen: set[str], facts: dict[str, object]) -> bool:
    """Tell whether a clock belongs to the course that the case has taken."""
    if seen & clock.never_after:
        return False
    return applies(clock.applies, facts) and (not clock.once or bool(seen & clock.once))


def _deadline(
    clock: Clock, *, opened_on: date, facts: dict[str, object], stays: Sequence[Stay], on: date, count: CountDue
) -> Deadline | None:
    start = _start(clock.starts, opened_on=opened_on, facts=facts, stays=stays)
    if start is None:
        return None
    paused = _paused_days(clock, stays, on=on)
    due = count(clock.key, start)
    days = _counted_days(clock.key, due, paused=paused, count=count)
    last_day = days[-1] if days and paused else _last_day(clock.key, start, due, paused=paused, count=count)
    return Deadline(
        key=clock.key,
        last_day=last_day,
        is_provisional=due.provisional,
        starts_on=start,
        paused=len(paused),
        cites=due.cites,
        days=days,
    )


def _start(starts: str, *, opened_on: date, facts: dict[str, object], stays: Sequence[Stay]) -> date | None:
    """Return the day a clock counts from: the opening, the first or last entry into a state, or a fact with a day."""
    if starts == OPENED:
        return opened_on
    if starts.startswith(ENTRY):
        state = starts.removeprefix(ENTRY)
        return next((stay.since for stay in reversed(stays) if stay.state == state), None)
    if starts.startswith(FIRST):
        state = starts.removeprefix(FIRST)
        return next((stay.since for stay in stays if stay.state == state), None)
    return _day(facts.get(starts))


def _paused_days(clock: Clock, stays: Sequence[Stay], *, on: date) -> frozenset[date]:
    """Return the days on which the clock stood: from the day it was paused up to the day before it went on."""
    days: set[date] = set()
    for stay in stays:
        if stay.state in clock.pauses:
            end = stay.left_on if stay.left_on is not None else on
            days.update(stay.since + _DAY * n for n in range((end - stay.since).days))
    return frozenset(days)


def _counted_days(key: str, due: Due, *, paused: frozenset[date], count: CountDue) -> tuple[date, ...]:
    """Return the days a clock counted one by one; days on which it stood are made up at the end."""
    counted = [step.day for step in due.steps if step.code == "counted"]
    wanted, days = len(counted), [day for day in counted if day not in paused]
    while len(days) < wanted:
        counted = [step.day for step in count(key, counted[-1]).steps if step.code == "counted"]
        days += [day for day in counted if day not in paused]
    return tuple(days[:wanted])


def _last_day(key: str, start: date, due: Due, *, paused: frozenset[date], count: CountDue) -> date:
    """Return the last day of a clock that does not count day by day: it moves by as many days as it stood."""
    lost = len([day for day in paused if day > start])
    return count(key, start + _DAY * lost).last_day if lost else due.last_day


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    return date.fromisoformat(value) if isinstance(value, str) and value else None

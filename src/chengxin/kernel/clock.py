"""The moment, and the legal day it falls on.

Only pages, http, jobs and the command line ask `now()`; rules take `on: date`, actions take `now: datetime`.
The demonstration replays the past by wrapping its calls in `simulated`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
_simulated: ContextVar[datetime | None] = ContextVar("simulated_now", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _simulated.get() or datetime.now(UTC)


def legal_day(moment: datetime) -> date:
    """Return the legal day (法定日) of a moment: the calendar day in Beijing."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return moment.astimezone(BEIJING).date()


def in_chinese(day: date) -> str:
    """Write a day as Chinese readers write it: 2026年11月23日."""
    return f"{day.year}年{day.month}月{day.day}日"


def start_of(day: date) -> datetime:
    """Return 00:00 in Beijing, the moment a legal day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


@contextmanager
def simulated(moment: datetime) -> Iterator[None]:
    """Make `now()` answer `moment`, in UTC as ever, inside the block."""
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    token = _simulated.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _simulated.reset(token)

"""From which start on a period has ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from chengxin.law import facade as law
from chengxin.law.facade import cites

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 40 * 366


@cites("PIPL/19", "PIPL/47")
def newest_ended_start(key: str, *, on: date, pack: str) -> date:
    """Return the newest day from which the period of a key, counted, has ended by a day."""
    return newest_start(on, ends_on=lambda start: law.due(key, start=start, on=on, pack=pack).ends_on)


def newest_start(on: date, *, ends_on: Callable[[date], date]) -> date:
    """Return the newest start whose end is not after a day; by halving, as a later start never ends earlier."""
    near, far = 0, _LONGEST
    while near < far:
        middle = (near + far) // 2
        if ends_on(on - _DAY * middle) <= on:
            far = middle
        else:
            near = middle + 1
    return on - _DAY * near

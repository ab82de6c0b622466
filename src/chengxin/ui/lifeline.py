"""The line that shows how far a record has lived: geometry only."""

from __future__ import annotations

from dataclasses import dataclass

from chengxin.ui.contracts import Lifetime

WIDTH = 1000


@dataclass(frozen=True, kw_only=True)
class Lifeline:
    """The lifetime with the place of today on a line of `WIDTH` units; none when there is no end."""

    lifetime: Lifetime
    today_at: int | None
    ended: bool


def lifeline(lifetime: Lifetime) -> Lifeline:
    """Place today between the first day and the end of a lifetime."""
    end = lifetime.ends_on
    if end is None:
        return Lifeline(lifetime=lifetime, today_at=None, ended=False)
    length = max((end - lifetime.starts_on).days, 1)
    lived = min(max((lifetime.today - lifetime.starts_on).days, 0), length)
    return Lifeline(lifetime=lifetime, today_at=WIDTH * lived // length, ended=lifetime.today >= end)

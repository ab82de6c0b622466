"""What the platform does with shops by itself: once a legal day, and with warnings to their buyers each minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.market import facade


def look(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Compare every shop with the register, remind of licences that end, follow those that are missing."""
    return facade.look_after(now=now)


def warn(now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Tell platforms of warnings that came or ended with what moved on the lists, and note their receipts."""
    return facade.settle_warnings(now=now, since=since)


def warn_whole(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001
    """Read every warning again."""
    return facade.settle_warnings(now=now, since=None)


TASKS: Final = (
    Task(name="market.day", run=look),
    Task(name="market.warnings", run=warn, every=timedelta(minutes=1)),
    Task(name="market.warnings_day", run=warn_whole),
)

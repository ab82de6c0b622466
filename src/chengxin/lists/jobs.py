"""What the platform does with lists by itself: each minute what moved, once a legal day everything that stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.lists import facade


def keep(now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Bring the lists to what was filed, corrected, marked or has ended since the run before."""
    return facade.settle(now=now, since=since).did()


def keep_whole(now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Read every entry that stands again."""
    return facade.settle(now=now, since=since, whole=True).did()


TASKS: Final = (
    Task(name="lists.moved", run=keep, every=timedelta(minutes=1)),
    Task(name="lists.day", run=keep_whole),
)

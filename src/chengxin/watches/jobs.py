"""What the platform does with watches by itself: each minute what moved, once a legal day all of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.watches import facade


def keep(now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Ask what moved on the lists since the run before in reverse, and end what has lost its ground."""
    return facade.settle(now=now, since=since).did()


def keep_whole(now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Ask about every subject that is watched."""
    return facade.settle(now=now, since=since, whole=True).did()


TASKS: Final = (
    Task(name="watches.moved", run=keep, every=timedelta(minutes=1)),
    Task(name="watches.day", run=keep_whole),
)

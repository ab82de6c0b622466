"""What the platform does with courier companies by itself: once a legal day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.couriers import facade
from chengxin.jobs.contracts import Task
from chengxin.lake.facade import Store, lake_root


def look_after(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """End what rests on a list entry that stands no more, then compute the newest figures of every source."""
    ended = facade.end_limits(now=now)
    return {**ended, **facade.refresh(store=Store(lake_root()), now=now)}


TASKS: Final = (Task(name="couriers.day", run=look_after),)

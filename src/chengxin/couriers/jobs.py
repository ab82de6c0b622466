"""What the platform does with courier companies by itself: once a legal day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.couriers import facade
from chengxin.jobs.contracts import Task
from chengxin.lake.facade import Store, lake_root


def refresh(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Compute the figures of every source whose newest window is not computed yet."""
    return facade.refresh(store=Store(lake_root()), now=now)


TASKS: Final = (Task(name="couriers.day", run=refresh),)

"""What the platform does with measures by itself: each minute it ends what is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.measures import facade


def end_due(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """End every measure whose time or basis is over."""
    return {"ended": facade.end_due(now=now)}


TASKS: Final = (Task(name="measures.end", run=end_due, every=timedelta(minutes=1)),)

"""What the platform does with reviews by itself: once a legal day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.reviews import facade


def settle(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Compute the reputation of shops anew."""
    return facade.settle(now=now)


TASKS: Final = (Task(name="reviews.day", run=settle),)

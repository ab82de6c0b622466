"""What the platform does with shops by itself: once a legal day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.market import facade


def look(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Compare every shop with the register, remind of licences that end, follow those that are missing."""
    return facade.look_after(now=now)


TASKS: Final = (Task(name="market.day", run=look),)

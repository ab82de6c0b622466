"""Once a legal day: destroy what is kept past its period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.retention import facade


def turn_the_day(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001
    """Sweep every kind; yesterday's sweep that was cut off is made up for."""
    return facade.sweep(now=now)


TASKS: Final = (Task(name="retention.day", run=turn_the_day),)

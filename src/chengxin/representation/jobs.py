"""What the platform does by itself once a legal day: it closes the registrations that hold no longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.representation import facade


def keep_day(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Close what is over."""
    return {"over": facade.close_over(now=now)}


TASKS: Final = (Task(name="representation.day", run=keep_day),)

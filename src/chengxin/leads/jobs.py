"""What is done with leads by itself: once a legal day those that nobody decided end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.leads import facade


def expire(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """End what nobody decided in time."""
    return {"expired": facade.expire(now=now)}


TASKS: Final = (Task(name="leads.day", run=expire),)

"""What is done with honours by itself, once a legal day: the yearly reviews that are due open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.honours import facade
from chengxin.jobs.contracts import Task


def review(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Open what is due; a review that is open stays the only one."""
    return {"opened": facade.begin_due(now=now)}


TASKS: Final = (Task(name="honours.day", run=review),)

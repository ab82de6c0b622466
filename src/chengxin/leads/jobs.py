"""What is done with leads by itself, once a legal day: the lake is looked through, and what nobody decided ends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.lake import facade as lake
from chengxin.leads import facade


def expire(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """End what nobody decided in time."""
    return {"expired": facade.expire(now=now)}


def detect(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Look through the lake, if there is one."""
    taken = facade.detect(lake.Store(lake.lake_root()), now=now)
    return {"found": taken.new, "opened": len(taken.opened)}


TASKS: Final = (Task(name="leads.day", run=expire), Task(name="leads.detect", run=detect))

"""What is done with duties of platforms by itself, once a legal day: they are reminded of what is to be filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.duties import facade
from chengxin.jobs.contracts import Task


def remind(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Remind each platform of filings whose last day comes near."""
    return {"reminded": facade.remind(now=now)}


TASKS: Final = (Task(name="duties.day", run=remind),)

"""What is done by itself: unexplained looks go on to review, groundless ones become leads, withheld ones are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.looks import facade


def keep_day(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - it asks the state
    """Hand on what was not explained in time, tell of what is shown from today on, and of the year's summary."""
    return {
        "handed_on": facade.hand_on_unexplained(now=now),
        "lapsed": facade.lapse_restrictions(now=now),
        "summaries": facade.tell_summaries(now=now),
    }


def raise_leads(now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Make leads of what was found to have no ground."""
    return {"leads": facade.raise_leads(since=since, now=now)}


TASKS: Final = (
    Task(name="looks.day", run=keep_day),
    Task(name="looks.leads", run=raise_leads, every=timedelta(minutes=5)),
)

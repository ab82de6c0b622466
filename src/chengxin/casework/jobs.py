"""What the platform does with cases by itself: once a legal day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.access.facade import acting_for
from chengxin.casework.escalation import escalate_overdue
from chengxin.casework.figures import count_figures
from chengxin.database.contracts import Channel
from chengxin.jobs.contracts import Task
from chengxin.kernel.actor import platform

KEEPER: Final = platform("cases")


def turn_the_day(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Escalate what is past its last day, and count the figures of service anew."""
    with acting_for(KEEPER, channel=Channel.JOB, purpose="oversight"):
        return {"escalated": escalate_overdue(actor=KEEPER, now=now), **count_figures(now=now)}


TASKS: Final = (Task(name="casework.day", run=turn_the_day),)

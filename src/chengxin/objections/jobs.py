"""What the platform does with objections once a legal day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.jobs.contracts import Task
from chengxin.kernel.actor import platform
from chengxin.objections import keeping

KEEPER: Final = platform("objections")


def turn_the_day(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Stop what was not verified in time, and lift the marks of lapsed windows of review."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose="objection"):
        return {
            "stopped": keeping.stop_unverified(actor=KEEPER, now=now),
            "lifted": keeping.lift_lapsed(actor=KEEPER, now=now),
        }


TASKS: Final = (Task(name="objections.day", run=turn_the_day),)

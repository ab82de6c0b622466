"""What the platform does with cases by itself: once a legal day."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access.facade import acting_for
from chengxin.casework.doors import carry_out
from chengxin.casework.escalation import escalate_overdue
from chengxin.casework.figures import count_figures
from chengxin.casework.queries import list_lapsed
from chengxin.database.contracts import Channel
from chengxin.jobs.contracts import Task
from chengxin.kernel.actor import platform
from chengxin.kernel.refusal import Refused

logger = logging.getLogger(__name__)
KEEPER: Final = platform("cases")


def turn_the_day(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Take what lapses by itself, escalate what else is past its last day, and count the figures of service anew."""
    with acting_for(KEEPER, channel=Channel.JOB, purpose="oversight"):
        lapsed = list_lapsed(now=now)
    for case_id, verb in lapsed:
        _lapse(case_id, verb, now=now)
    with acting_for(KEEPER, channel=Channel.JOB, purpose="oversight"):
        return {"lapsed": len(lapsed), "escalated": escalate_overdue(actor=KEEPER, now=now), **count_figures(now=now)}


def _lapse(case_id: UUID, verb: str, *, now: datetime) -> None:
    """Take the verb of a clock that ran out; one that is refused stays, and is escalated like any other."""
    try:
        carry_out(case_id, verb=verb, actor=KEEPER, now=now)
    except Refused:
        logger.exception("verb %s of case %s lapsed and was refused", verb, case_id)


TASKS: Final = (Task(name="casework.day", run=turn_the_day),)

"""What the platform does with authorisations by itself, once a legal day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.access import facade as access
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel
from chengxin.jobs.contracts import Task
from chengxin.kernel.actor import platform

KEEPER: Final = platform("consents")


def end_the_expired(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - what stands decides
    """Note which authorisations ran out or were used up, and tell who received something to delete it."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose="correction"):
        return {
            "ended": consents.end_expired(actor=KEEPER, now=now),
            "used": consents.delete_used(actor=KEEPER, now=now),
        }


TASKS: Final = (Task(name="consents.end", run=end_the_expired, every=timedelta(minutes=30)),)

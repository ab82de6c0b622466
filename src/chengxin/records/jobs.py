"""What the platform does with records by itself: on each new legal day, and every ten minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.jobs.contracts import Task
from chengxin.kernel.actor import platform
from chengxin.records import facade as records

KEEPER: Final = platform("sweep")


def turn_the_day(now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Publish what may be public from today on, end what is over, and tell who received it.

    What stands decides, not what was done: after days without a worker the next run catches up.
    """
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose="filing"):
        return {
            "published": records.publish_due(actor=KEEPER, now=now),
            "ended": records.end_expired(actor=KEEPER, now=now),
            "told": records.tell_ended(since=since, actor=KEEPER, now=now),
        }


def tell_the_late(now: datetime, since: datetime | None) -> Mapping[str, int]:
    """Tell who received a record in the moment it changed, and who holds a line of a person who was erased."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose="correction"):
        return {
            "told": records.tell_too_late(since=since, actor=KEEPER, now=now)
            + records.tell_erased(actor=KEEPER, now=now)
        }


TASKS: Final = (
    Task(name="records.day", run=turn_the_day),
    Task(name="records.recall", run=tell_the_late, every=timedelta(minutes=10)),
)

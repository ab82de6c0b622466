"""The way out that the handler of a case has: the line the case is about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.records import facade as records
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def handled_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return which records of a subject the handler in whose context this runs may open."""
    found = records.list_of_subject(subject_id)
    return frozenset(one.record_id for one in found if records.usable(one, channel=Channel.BODY, at=at))


OUTLETS = (Outlet(name="case.content", channel=Channel.BODY, ids=handled_ids),)

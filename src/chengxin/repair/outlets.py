"""The way out that repair is: a line as the body that determined it reads it to decide; one's own go by the archive."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.records import facade as records
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def handled_lines(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return the lines of a subject the acting body may open to handle a repair."""
    found = records.list_of_subject(subject_id)
    return frozenset(record.record_id for record in found if records.usable(record, channel=Channel.BODY, at=at))


OUTLETS = (Outlet(name="body.repair", channel=Channel.BODY, ids=handled_lines),)

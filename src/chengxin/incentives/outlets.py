"""The way out that incentives are: which lines of a person count for scenes and points."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.incentives.actions import own_good_records
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def own_deed_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return which records count for the person's own benefits."""
    return frozenset(one.record_id for one in own_good_records(subject_id, now=at))


OUTLETS = (Outlet(name="self.benefits", channel=Channel.SELF, ids=own_deed_ids),)

"""The way out that a commitment's page is: what came of each sentence, each record read again by `usable`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.commitments.queries import ITEM, public_fulfilments
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def fulfilment_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return the records of an operator that the pages of its commitments may show."""
    return frozenset(record.record_id for record in public_fulfilments(subject_id, at=at))


OUTLETS = (Outlet(name="public.commitments", channel=Channel.PUBLIC, ids=fulfilment_ids, items=frozenset({ITEM})),)

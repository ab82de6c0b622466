"""The way out that a courier company's page is: determined, public records, each read again by `usable`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.couriers.queries import public_records
from chengxin.couriers.standards import classes
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def fact_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return the records of a company that its page may show."""
    return frozenset(record.record_id for record in public_records(subject_id, items=_ITEMS, now=at))


_ITEMS = frozenset().union(*(one.items for one in classes().values()))
OUTLETS = (Outlet(name="public.couriers", channel=Channel.PUBLIC, ids=fact_ids, items=_ITEMS),)

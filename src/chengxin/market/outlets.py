"""The way out that a shop's page is: public licences of its operator, each read again by `usable`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.market.queries import LICENCE, public_licences
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def licence_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return the licences of an operator that a page of its shops may show."""
    return frozenset(record.record_id for record in public_licences(subject_id, now=at))


OUTLETS = (Outlet(name="public.shops", channel=Channel.PUBLIC, ids=licence_ids, items=frozenset({LICENCE})),)

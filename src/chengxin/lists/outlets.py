"""The ways out that lists are: the public page, the snapshot and the changes; each entry is read again by `usable`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.lists import facade
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def listed_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return which records of a subject stand on a public list, as page, snapshot and changes show them."""
    entries = facade.list_standing_of(subject_id)
    shown = facade.list_shown([entry.id for entry in entries], at=at)
    return frozenset(entry.record_id for entry in entries if entry.id in shown)


_ITEMS = frozenset(code for kind in facade.kinds().values() for code in kind.items)
OUTLETS = (Outlet(name="public.lists", channel=Channel.PUBLIC, ids=listed_ids, items=_ITEMS),)

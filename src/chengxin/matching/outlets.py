"""The way out of matching: that a natural person's entry stands; enterprises leave as public lists do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.kernel.subject_kind import SubjectKind
from chengxin.lists import facade as lists
from chengxin.matching.telling import PERSONS
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def person_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return which records of a natural person are told of to who asks by their number."""
    return frozenset(
        one.record_id
        for one in lists.list_standing_of(subject_id)
        if one.subject_kind is SubjectKind.NATURAL_PERSON and lists.stands(one, at=at)
    )


_ITEMS = frozenset(code for kind in lists.kinds().values() for code in kind.items)
OUTLETS = (Outlet(name=PERSONS, channel=Channel.LISTED, ids=person_ids, items=_ITEMS),)

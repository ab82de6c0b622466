"""The ways out that the public site is: search and publicity lists nominate by their index, then ask `usable`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.records import facade as records
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet

_MANY = 10_000


def listed_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what of a subject stands on any publicity list."""
    return frozenset(
        record.record_id
        for code in records.count_public()
        for record in records.list_public(code, now=at, limit=_MANY)
        if record.subject_id == subject_id
    )


def found_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what of a subject is found by the whole of its document number."""
    return frozenset(
        record.record_id
        for one in records.list_of_subject(subject_id)
        if one.document_key
        for record in records.search_documents(one.document_key, now=at, limit=_MANY)
        if record.subject_id == subject_id
    )


OUTLETS = (
    Outlet(name="public.list", channel=Channel.PUBLIC, ids=listed_ids),
    Outlet(name="public.search", channel=Channel.PUBLIC, ids=found_ids),
)

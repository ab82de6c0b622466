"""The ways out that queries are: which records of a subject leave under the authorisation the context names."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.consents import facade as consents
from chengxin.consents.contracts import Ground
from chengxin.database.facade import present_context
from chengxin.inquiries.disclosure import CHANNELS, NAMES, leaving
from chengxin.records.facade import Outlet


def _ids(subject_id: UUID, at: datetime, *, ground: Ground) -> frozenset[UUID]:
    context = present_context()
    held = consents.find_authorisation(context.case_ref, at=at) if context else None
    if held is None or held.ground is not ground or held.subject_id != subject_id:
        return frozenset()
    found = leaving(subject_id, consents.authorisation_of(held), ground=ground, at=at)
    return frozenset(record.record_id for record in found)


def authorised_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what leaves under the consent the context names."""
    return _ids(subject_id, at, ground=Ground.CONSENT)


def statutory_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what leaves under the statutory task the context names."""
    return _ids(subject_id, at, ground=Ground.STATUTE)


OUTLETS: Final = (
    Outlet(name=NAMES[Ground.CONSENT], channel=CHANNELS[Ground.CONSENT], ids=authorised_ids),
    Outlet(name=NAMES[Ground.STATUTE], channel=CHANNELS[Ground.STATUTE], ids=statutory_ids),
)

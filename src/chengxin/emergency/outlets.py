"""The way out an access in an emergency is: what leaves under the one the context names."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.database.facade import present_context
from chengxin.emergency.actions import OUTLET, find_running, leaving
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def emergency_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what leaves under the access the context names."""
    context = present_context()
    found = find_running(context.case_ref, at=at) if context else None
    if found is None or found.subject_id != subject_id:
        return frozenset()
    return frozenset(record.record_id for record in leaving(found, at=at))


OUTLETS: Final = (Outlet(name=OUTLET, channel=Channel.SHARED, ids=emergency_ids),)

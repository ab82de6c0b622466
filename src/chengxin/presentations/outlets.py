"""The way out that a presentation is: what leaves when the whole of it is shown."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.presentations.actions import OUTLET, shown_ids
from chengxin.records.contracts import Channel
from chengxin.records.facade import Outlet


def presented_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what leaves when a person shows everything."""
    return frozenset(record.record_id for record in shown_ids((), subject_id, is_whole=True, now=at))


OUTLETS: Final = (Outlet(name=OUTLET, channel=Channel.PRESENTED, ids=presented_ids),)

"""The ways out that archives are: which records of a subject leave by each at a moment."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.archives.actions import own_records
from chengxin.archives.occupation import showable
from chengxin.archives.queries import public_records
from chengxin.archives.reports import reportable
from chengxin.catalogue.facade import list_groups
from chengxin.records.contracts import Channel, Record
from chengxin.records.facade import Outlet


def _ids(found: list[Record]) -> frozenset[UUID]:
    return frozenset(record.record_id for record in found)


def own_archive_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what one's own page, its lines and its JSON show."""
    return _ids(own_records(subject_id, now=at))


def own_report_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what a report holds when it is made."""
    return _ids(reportable(own_records(subject_id, now=at)))


def public_subject_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what an enterprise page and its JSON show."""
    return _ids(public_records(subject_id, now=at))


def occupation_ids(subject_id: UUID, at: datetime) -> frozenset[UUID]:
    """Return what an occupational report could show if everything were ticked."""
    return _ids(showable(subject_id, now=at))


_OF_GROUPS = frozenset(code for group in list_groups() for code in group.item_codes)
OUTLETS = (
    Outlet(name="self.archive", channel=Channel.SELF, ids=own_archive_ids),
    Outlet(name="self.report", channel=Channel.SELF, ids=own_report_ids),
    Outlet(name="self.occupation", channel=Channel.PRESENTED, ids=occupation_ids, items=_OF_GROUPS),
    Outlet(name="counter.report", channel=Channel.SELF, ids=own_report_ids),
    Outlet(name="public.subject", channel=Channel.PUBLIC, ids=public_subject_ids),
)

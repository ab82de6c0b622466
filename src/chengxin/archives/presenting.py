"""What of one's file may be shown to somebody whom its person gave a code (本人出示), and opening just that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengxin.archives.actions import own_lines
from chengxin.archives.contracts import Line, Reader
from chengxin.archives.disclosure import open_own
from chengxin.records import facade as records
from chengxin.records.contracts import Channel, Record


def presentable(subject_id: UUID, *, now: datetime) -> list[Record]:
    """Return the records of a subject that may leave to whom it shows them: determined, standing, within their time."""
    found = records.list_of_subject(subject_id)
    return [record for record in found if records.usable(record, channel=Channel.PRESENTED, at=now)]


def open_presented(
    found: Sequence[Record], *, reader: Reader, now: datetime, reference: str, with_name: bool
) -> tuple[str, tuple[Line, ...]]:
    """Open chosen records, and the name only where it is shown too; one event tells the subject of all of it."""
    opened = open_own(found, reader=reader, now=now, reference=reference, with_name=with_name)
    return opened.name, own_lines(found, opened, at=now)

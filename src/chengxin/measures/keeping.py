"""Measures end by themselves: at their term, and when what they rest on ends, is repaired, withdrawn or frozen (M9)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.measures import models
from chengxin.measures.actions import end
from chengxin.measures.contracts import WITH_ENTRY, Because
from chengxin.measures.grounding import role_in
from chengxin.measures.shelf import measures
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import MarkKind, Record

KEEPER: Final = platform("measures")
PURPOSE: Final = "determination"
AT_ONCE: Final = 500
_FALLS: Final = frozenset({MarkKind.WITHDRAWN, MarkKind.REPAIRED, MarkKind.FROZEN})


def end_due(*, now: datetime) -> int:
    """End every measure whose time or basis is over; return how many. It may run twice, and after days away."""
    ended = 0
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE), transaction.atomic():
        standing = models.Applied.objects.select_for_update().filter(ended_at__isnull=True).order_by("pk")
        rows = list(standing)
        for start in range(0, len(rows), AT_ONCE):
            chunk = rows[start : start + AT_ONCE]
            keys = [(row.ground_subject_id, row.record_id) for row in chunk]
            found = {record.record_id: record for record in records.list_by_ids(keys)}
            for row in chunk:
                because = why_over(row, found.get(row.record_id), now=now)
                if because is not None:
                    end(row, because=because, actor=KEEPER, now=now)
                    ended += 1
    return ended


def why_over(row: models.Applied, record: Record | None, *, now: datetime) -> Because | None:
    """Return why a measure is over at a moment, or None while it holds."""
    if record is not None and row.person_role and (because := _why_not_answering(row, record, on=legal_day(now))):
        return because
    if row.ends_on is not None and legal_day(now) >= row.ends_on:
        return Because.TERM
    if record is None or {mark.kind for mark in record.marks} & _FALLS:
        return Because.BASIS_ENDED
    measure = measures().get(row.measure)
    rests_on_entry = row.entry_id is not None or (measure is not None and measure.period == WITH_ENTRY)
    if rests_on_entry and not records.usable(record, channel=Way.LISTED, at=now):
        return Because.BASIS_ENDED
    return None


def _why_not_answering(row: models.Applied, record: Record, *, on: date) -> Because | None:
    """Return why a responsible person answers no longer: the role is over, or the record was corrected to another."""
    role, ended_on = role_in(record)
    if role is not None and role != row.person_role:
        return Because.BASIS_ENDED
    return Because.ROLE_ENDED if ended_on is not None and on >= ended_on else None

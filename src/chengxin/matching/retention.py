"""What ends of matching: the words of a clearance that holds no more, the rows of old answers and their indexes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.db.models import Q

from chengxin.kernel.clock import legal_day
from chengxin.matching import models
from chengxin.retention.contracts import Due, Gone

_DAY: Final = timedelta(days=1)


def sweep(due: Due) -> Iterator[Gone]:
    """Empty clearances that are past their last day or were taken back."""
    over = Q(ends_on__lte=due.on) | Q(withdrawn_at__isnull=False)
    found = models.Clearance.objects.filter(over, destroyed_at__isnull=True)
    for row in found.select_for_update().order_by("id")[: due.limit]:
        row.asked_name, row.reasons, row.destroyed_at = "", "", due.now
        row.save(update_fields=["asked_name", "reasons", "destroyed_at"])
        yield Gone(reference=str(row.id), subject_id=row.subject_id)


def sweep_answers(due: Due) -> Iterator[Gone]:
    """Empty answers whose period is over."""
    found = models.Answer.objects.filter(at__lt=due.before, destroyed_at__isnull=True)
    for row in found.select_for_update().order_by("id")[: due.limit]:
        row.tags, row.outcomes, row.hits, row.destroyed_at = b"", "", {}, due.now
        row.save(update_fields=["tags", "outcomes", "hits", "destroyed_at"])
        yield Gone(reference=str(row.id))


def sweep_indexes(due: Due) -> Iterator[Gone]:
    """Empty segments that were last built before every answer that is still kept, and the lines only they held.

    A process answers from a segment up to a quarter of an hour after it was built, which may be the next day.
    """
    assert due.before is not None
    last = legal_day(due.before) - _DAY
    for segment in models.Segment.objects.filter(seen_on__lt=last).exclude(lines=b"").order_by("version")[: due.limit]:
        segment.lines = b""
        segment.save(update_fields=["lines"])
        yield Gone(reference=segment.version)
    for line in models.Line.objects.filter(seen_on__lt=last, digest__isnull=False).order_by("id")[: due.limit]:
        line.digest, line.entry_id, line.name, line.alias, line.uscc = None, None, "", "", ""
        line.save(update_fields=["digest", "entry_id", "name", "alias", "uscc"])
        yield Gone(reference=f"line:{line.id}")

"""What ends of a visit at the counter, the letter with its image and key, and of a report, what it said."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from chengxin.archives import models
from chengxin.law.facade import cites
from chengxin.retention.contracts import Due, Gone
from chengxin.retention.facade import undestroyed

KIND = "letter"


def sweep(due: Due) -> Iterator[Gone]:
    """Name letters that were shown long enough ago, by their visit."""
    visits = models.CounterVisit.objects.filter(tried_at__lt=due.before).values("id")
    for row in _kept().filter(visit_id__in=visits).order_by("visit_id")[: due.limit]:
        models.Mandate.objects.filter(visit_id=row.visit_id).update(sealed=b"")
        yield Gone(reference=str(row.visit_id), subject_id=row.subject_id, digests=(row.document_digest,))


@cites("PIPL/19", "D/paper-retention")
def sweep_reports(due: Due) -> Iterator[Gone]:
    """Empty reports that were made long enough ago; code and digest stay, so a paper copy can still be verified."""
    kept = models.Report.objects.filter(made_at__lt=due.before).exclude(sealed=b"")
    for row in kept.select_for_update().order_by("id")[: due.limit]:
        row.sealed = b""
        row.save(update_fields=["sealed"])
        yield Gone(reference=str(row.id), subject_id=row.subject_id)


def holds(digests: set[str]) -> set[str]:
    """Return which of these files are letters that are still kept."""
    return set(_kept().filter(document_digest__in=digests).values_list("document_digest", flat=True))


def _kept() -> QuerySet[models.Mandate]:
    rows = models.Mandate.objects.annotate(number=Cast("visit_id", CharField()))
    return undestroyed(rows, kind=KIND, by="number")

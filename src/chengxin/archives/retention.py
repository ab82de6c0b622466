"""What ends of a visit at the counter: the image of the letter, with its key."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from chengxin.archives import models
from chengxin.retention.contracts import Due, Gone
from chengxin.retention.facade import undestroyed

KIND = "letter"


def sweep(due: Due) -> Iterator[Gone]:
    """Name letters that were shown long enough ago, by their visit."""
    visits = models.CounterVisit.objects.filter(tried_at__lt=due.before).values("id")
    for row in _kept().filter(visit_id__in=visits).order_by("visit_id")[: due.limit]:
        yield Gone(reference=str(row.visit_id), subject_id=row.subject_id, digests=(row.document_digest,))


def holds(digests: set[str]) -> set[str]:
    """Return which of these files are letters that are still kept."""
    return set(_kept().filter(document_digest__in=digests).values_list("document_digest", flat=True))


def _kept() -> QuerySet[models.Mandate]:
    rows = models.Mandate.objects.annotate(number=Cast("visit_id", CharField()))
    return undestroyed(rows, kind=KIND, by="number")

"""What ends of a batch: the uploaded file, with its key, and its corrections; its records have clocks of their own."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.intake import models
from chengxin.retention.contracts import Due, Gone
from chengxin.retention.facade import undestroyed

KIND = "upload"


def sweep(due: Due) -> Iterator[Gone]:
    """Name batches that were accepted long enough ago."""
    ended = models.Batch.objects.filter(accepted_at__lt=due.before)
    for row in undestroyed(ended, kind=KIND, by="number").order_by("accepted_at", "id")[: due.limit]:
        models.Fix.objects.filter(batch_id=row.id).exclude(sealed=b"").update(sealed=b"")
        yield Gone(reference=row.number, digests=(row.file_digest,))


def holds(digests: set[str]) -> set[str]:
    """Return which of these files are of a batch that still keeps them."""
    kept = undestroyed(models.Batch.objects.filter(file_digest__in=digests), kind=KIND, by="number")
    return set(kept.values_list("file_digest", flat=True))

"""What ends of an identity review: the name that was claimed; the decision with its reasons stays."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.law.facade import cites
from chengxin.retention.contracts import Due, Gone
from chengxin.subjects import models
from chengxin.subjects.contracts import ReviewState


@cites("PIPL/19", "D/paper-retention")
def sweep(due: Due) -> Iterator[Gone]:
    """Empty the claimed names of reviews that were decided long enough ago; who takes a decision back needs none."""
    decided = models.Review.objects.exclude(state=ReviewState.OPEN).filter(decided_at__lt=due.before)
    kept = decided.exclude(claimed_sealed=None).exclude(claimed_sealed=b"")
    for review in kept.select_for_update().order_by("decided_at", "id")[: due.limit]:
        review.claimed_sealed = b""
        review.save(update_fields=["claimed_sealed"])
        yield Gone(reference=str(review.id), subject_id=review.subject_id)

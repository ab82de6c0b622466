"""What ends of a clearance: its words, once it holds no more; who cleared what when stays."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from chengxin.matching import models
from chengxin.retention.contracts import Due, Gone


def sweep(due: Due) -> Iterator[Gone]:
    """Empty clearances that are past their last day or were taken back."""
    over = Q(ends_on__lte=due.on) | Q(withdrawn_at__isnull=False)
    found = models.Clearance.objects.filter(over, destroyed_at__isnull=True)
    for row in found.select_for_update().order_by("id")[: due.limit]:
        row.asked_name, row.reasons, row.destroyed_at = "", "", due.now
        row.save(update_fields=["asked_name", "reasons", "destroyed_at"])
        yield Gone(reference=str(row.id), subject_id=row.subject_id)

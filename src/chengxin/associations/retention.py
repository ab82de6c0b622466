"""What ends of acts of associations: their reasons, two years after the member left."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.associations import models
from chengxin.kernel.clock import legal_day
from chengxin.retention.contracts import Due, Gone


def sweep(due: Due) -> Iterator[Gone]:
    """Empty the acts against members who left long enough ago; number, act, article and days stay.

    The days run on from the day an act was lifted, or decided, where that came after the member left.
    """
    assert due.before is not None
    before = legal_day(due.before)
    over = models.Act.objects.filter(member__left_on__lt=before, emptied_at__isnull=True)
    over = over.exclude(decided_on__gte=before).exclude(lifted_on__gte=before)
    for row in over.select_for_update(of=("self",)).order_by("id")[: due.limit]:
        row.reasons, row.emptied_at = "", due.now
        row.save(update_fields=["reasons", "emptied_at"])
        yield Gone(reference=row.number)

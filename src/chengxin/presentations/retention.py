"""What ends of a presentation: the word for whom it was."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.law.facade import cites
from chengxin.presentations import models
from chengxin.retention.contracts import Due, Gone


@cites("PIPL/19", "D/paper-retention")
def sweep(due: Due) -> Iterator[Gone]:
    """Empty the word of presentations that nobody can open any more for long enough."""
    ended = models.Presentation.objects.filter(ends_at__lt=due.before).exclude(recipient="")
    for row in ended.select_for_update().order_by("id")[: due.limit]:
        row.recipient = ""
        row.save(update_fields=["recipient"])
        yield Gone(reference=str(row.id), subject_id=row.subject_id)

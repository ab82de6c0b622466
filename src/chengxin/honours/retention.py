"""What ends of honours: the words of letters some months after the answer, a nomination with its papers."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from chengxin.honours import models
from chengxin.kernel.clock import legal_day
from chengxin.law.facade import cites
from chengxin.retention.contracts import Due, Gone


def sweep(due: Due) -> Iterator[Gone]:
    """Empty letters that were answered long enough ago; number, outcome and answer stay."""
    answered = models.Letter.objects.filter(replied_at__lt=due.before).exclude(text="")
    for row in answered.select_for_update().order_by("id")[: due.limit]:
        row.text = ""
        row.save(update_fields=["text"])
        yield Gone(reference=row.number)


@cites("PIPL/19", "D/paper-retention")
def sweep_nominations(due: Due) -> Iterator[Gone]:
    """Empty nominations that ended without an award, were withdrawn, or ran out long enough ago."""
    if due.before is None:
        return
    over = Q(closed_at__lt=due.before) | Q(withdrawn_at__lt=due.before) | Q(valid_until__lt=legal_day(due.before))
    kept = models.Nomination.objects.filter(over).exclude(sealed=b"", shown_name="", shown_story="")
    for row in kept.select_for_update().order_by("id")[: due.limit]:
        row.sealed, row.shown_name, row.shown_story = b"", "", ""
        row.save(update_fields=["sealed", "shown_name", "shown_story"])
        yield Gone(reference=row.number, subject_id=row.subject_id)

"""What ends of an objection: the words of who objected, once it and its review are over; steps and results stay."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q

from chengxin.casework import facade as casework
from chengxin.law.facade import cites
from chengxin.objections import models
from chengxin.retention.contracts import Due, Gone


@cites("PIPL/19", "D/paper-retention")
def sweep(due: Due) -> Iterator[Gone]:
    """Empty what was said in cases closed long enough ago; the words of a first objection wait for its review."""
    if due.before is None:
        return
    said = models.Objection.objects.filter(Q(sealed__isnull=True) | ~Q(sealed=b""), written_at__lt=due.before)
    kept = list(said.select_for_update().order_by("case_id"))
    over = casework.over_before([*(row.case_id for row in kept), *(row.review_case_id for row in kept)], due.before)
    ended = [row for row in kept if row.case_id in over and row.review_case_id in {None, *over}]
    for row in ended[: due.limit]:
        row.sealed, row.text = b"", ""
        row.save(update_fields=["sealed", "text"])
        yield Gone(reference=over[row.case_id], subject_id=row.subject_id)

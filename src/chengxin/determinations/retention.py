"""What ends of a determination: its draft; the record it became has clocks of its own."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.casework import facade as casework
from chengxin.determinations import models
from chengxin.law.facade import cites
from chengxin.retention.contracts import Due, Gone


@cites("PIPL/19", "D/paper-retention")
def sweep(due: Due) -> Iterator[Gone]:
    """Empty drafts whose case, and the case of their undoing if there was one, were closed long enough ago."""
    if due.before is None:
        return
    kept = models.Determination.objects.filter(drafted_at__lt=due.before).exclude(sealed=b"")
    over = casework.over_before([*kept.values_list("case_id", flat=True)], due.before)
    ended = kept.filter(case_id__in=over).select_for_update(of=("self",)).order_by("id")
    begun = [row.undo_case_id for row in ended if row.undo_case_id is not None]
    undone = casework.over_before(begun, due.before)
    for row in [one for one in ended if one.undo_case_id is None or one.undo_case_id in undone][: due.limit]:
        row.sealed = b""
        row.save(update_fields=["sealed"])
        yield Gone(reference=row.number, subject_id=row.subject_id)

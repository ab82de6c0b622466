"""What ends of an application for repair: what it says; that it was made, and how it ended, stays."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.casework import facade as casework
from chengxin.law.facade import cites
from chengxin.repair import models
from chengxin.retention.contracts import Due, Gone


@cites("PIPL/19", "D/paper-retention")
def sweep(due: Due) -> Iterator[Gone]:
    """Empty applications that were closed, and whose revocation was over if one was asked, long enough ago."""
    closed = models.Application.objects.filter(closed_at__lt=due.before).exclude(sealed=b"")
    kept = list(closed.select_for_update().order_by("id"))
    asked = [row.revocation_case_id for row in kept if row.revocation_case_id is not None]
    over = casework.over_before(asked, due.before)
    for row in [one for one in kept if one.revocation_case_id in {None, *over}][: due.limit]:
        row.sealed = b""
        row.save(update_fields=["sealed"])
        yield Gone(reference=row.number, subject_id=row.subject_id)

"""What ends of an application to act for somebody, whom it named and why, and of a mandate: who acted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from chengxin.kernel.clock import start_of
from chengxin.law.facade import cites
from chengxin.representation import models
from chengxin.retention.contracts import Due, Gone


@cites("PIPL/19", "D/paper-retention")
def sweep(due: Due) -> Iterator[Gone]:
    """Empty applications that were closed, and whose registration was over if there was one, long enough ago."""
    closed = models.Application.objects.filter(closed_at__lt=due.before).exclude(sealed=b"")
    kept = list(closed.select_for_update().order_by("id"))
    laid = models.Mandate.objects.filter(id__in=[row.id for row in kept])
    over = {mandate.id: _over_at(mandate) for mandate in laid}
    ended = [row for row in kept if due.before is not None and (row.id not in over or over[row.id] < due.before)]
    for row in ended[: due.limit]:
        row.sealed, row.sealed_name = b"", None if row.sealed_name is None else b""
        row.save(update_fields=["sealed", "sealed_name"])
        yield Gone(reference=row.number, subject_id=row.subject_id)


@cites("PIPL/19", "D/paper-retention")
def sweep_mandates(due: Due) -> Iterator[Gone]:
    """Empty the names on mandates that ended, or whose last day passed, long enough ago."""
    if due.before is None:
        return
    laid = models.Mandate.objects.filter(granted_at__lt=due.before).exclude(sealed_name=b"")
    ended = [row for row in laid.select_for_update().order_by("id") if _over_at(row) < due.before]
    for row in ended[: due.limit]:
        row.sealed_name = b""
        row.save(update_fields=["sealed_name"])
        yield Gone(reference=str(row.id), subject_id=row.subject_id)


def _over_at(mandate: models.Mandate) -> datetime:
    return mandate.ended_at or start_of(mandate.ends_on)

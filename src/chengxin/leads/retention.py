"""What ends of leads and findings: orders, values, accounts behind them, words of merchants; how they ended stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from chengxin.casework import facade as casework
from chengxin.lake import facade as lake
from chengxin.law.facade import cites
from chengxin.leads import models
from chengxin.leads.contracts import Outcome
from chengxin.retention.contracts import Due, Gone


@cites("PIPL/19", "D/lead-retention")
def sweep_notes(due: Due) -> Iterator[Gone]:
    """Empty findings that made no lead for long enough."""
    notes = models.Finding.objects.filter(lead__isnull=True, destroyed_at__isnull=True, taken_at__lt=due.before)
    for row in notes.select_for_update(of=("self",)).order_by("id")[: due.limit]:
        _empty([row], now=due.now)
        yield Gone(reference=str(row.id))


def sweep_founded(due: Due) -> Iterator[Gone]:
    """Empty leads that were founded, once what was begun from them is over for long enough too."""
    return _sweep_leads(due, Outcome.FOUNDED)


def sweep_unfounded(due: Due) -> Iterator[Gone]:
    """Empty leads that were not founded or that nobody decided."""
    return _sweep_leads(due, Outcome.UNFOUNDED, Outcome.EXPIRED)


@cites("PIPL/19", "D/lead-retention")
def sweep_results(due: Due) -> Iterator[Gone]:
    """Delete what was computed from the lake long enough ago; accounts stand in it as keyed hashes."""
    if due.before is not None:
        for reference in lake.forget_results(lake.Store(lake.lake_root()), before=due.before, limit=due.limit):
            yield Gone(reference=reference)


@cites("PIPL/19", "D/lead-retention")
def _sweep_leads(due: Due, *outcomes: Outcome) -> Iterator[Gone]:
    decided = models.Finding.objects.filter(outcome__in=[one.value for one in outcomes]).values("lead_id")
    kept = models.Lead.objects.filter(id__in=decided, destroyed_at__isnull=True).select_for_update().order_by("id")
    ended = [row for row in kept if due.before is not None and (over := _over_at(row)) and over < due.before]
    for row in ended[: due.limit]:
        _empty(list(models.Finding.objects.filter(lead_id=row.id).order_by("id")), now=due.now)
        models.Answer.objects.filter(lead_id=row.id).update(text="", destroyed_at=due.now)
        row.destroyed_at = due.now
        row.save(update_fields=["destroyed_at"])
        yield Gone(reference=row.case_number, subject_id=row.subject_id)


def _over_at(row: models.Lead) -> datetime | None:
    """Return when the last case that rests on a lead was closed, None while one is open."""
    cases = [casework.find_cases_by_number([row.case_number])[row.case_number]]
    if row.determination_id is not None:
        about = str(row.determination_id)
        begun = [casework.find_latest_case(one, ref_id=about) for one in ("determination", "determination_undo")]
        cases += [case for case in begun if case is not None]
    closed = [case.closed_at for case in cases if case.closed_at is not None]
    return max(closed) if len(closed) == len(cases) else None


def _empty(rows: list[models.Finding], *, now: datetime) -> None:
    for row in rows:
        row.rows, row.values, row.destroyed_at = [], {}, now
        row.save(update_fields=["rows", "values", "destroyed_at"])
    models.Ring.objects.filter(finding_id__in=[row.id for row in rows]).update(accounts=[], edges=[])

"""What the verbs of a lead's case do beside moving it: open it to the merchant, write what came of it."""

from __future__ import annotations

from uuid import UUID

from chengxin.casework.contracts import Taken
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.leads import models
from chengxin.leads.contracts import Outcome
from chengxin.leads.rules import answer_until
from chengxin.notices import facade as notices


def show(taken: Taken) -> None:
    """Open a lead to the merchant, who has some days to explain."""
    row = _lead(taken)
    row.shown_at, row.answer_by = taken.at, answer_until(legal_day(taken.at))
    row.save(update_fields=["shown_at", "answer_by"])
    notices.serve(
        kind="lead.ask",
        text="lead_opened_harmed" if row.is_harmed else "lead_opened",
        parameters={"number": taken.case.number, "day": row.answer_by.isoformat()},
        reference=taken.case.number,
        to_subject=row.subject_id,
        actor=taken.actor,
        now=taken.at,
    )


@cites("D/lead-answer", "D/lead-harmed", "APL/41", "APL/45")
def confirm(taken: Taken) -> None:
    """Write that a lead was founded; before anybody says so the merchant explained, or had the time to."""
    row = _lead(taken)
    is_over = row.answer_by is not None and legal_day(taken.at) > row.answer_by
    if not is_over and not models.Answer.objects.filter(lead_id=row.id).exists():
        raise Refused(
            Refusal(
                code="LD-NOT-HEARD",
                what="还没有听取经营者的说明。",
                why="说情况属实以前，经营者要看到这条线索，有时间说明。",
                next_step="请先请经营者说明；收到说明，或者说明的时间过了以后再决定。",
                basis=("APL/41", "APL/45"),
            )
        )
    _end(row, Outcome.FOUNDED)
    if row.is_harmed:
        _tell_harmed(row, taken)


def set_aside(taken: Taken) -> None:
    """Write that a lead was not founded; it stays as calibration alone."""
    _end(_lead(taken), Outcome.UNFOUNDED)


def expire(taken: Taken) -> None:
    """Write that nobody decided a lead in time."""
    _end(_lead(taken), Outcome.EXPIRED)


def _tell_harmed(row: models.Lead, taken: Taken) -> None:
    """Tell the shop and its platform what was found; neither a review nor a score changes by it."""
    for subject, body in ((row.subject_id, ""), (None, row.platform)):
        notices.serve(
            kind="lead.harmed",
            text="lead_harmed",
            parameters={"number": taken.case.number},
            reference=taken.case.number,
            to_subject=subject,
            to_body=body,
            actor=taken.actor,
            now=taken.at,
        )


def _end(row: models.Lead, outcome: Outcome) -> None:
    models.Finding.objects.filter(lead_id=row.id).update(outcome=outcome.value)


def _lead(taken: Taken) -> models.Lead:
    return models.Lead.objects.select_for_update().get(id=UUID(taken.case.ref.id))

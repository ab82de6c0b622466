"""A case past its last day goes to the supervising body by itself (超期督办); it stays with whom it is."""

from __future__ import annotations

from datetime import datetime

from chengxin.access.facade import credit_offices_over, get_body
from chengxin.casework import actions, models
from chengxin.casework.registry import get_procedure
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.notices.facade import serve

ESCALATION = "escalate"
_AT_ONCE = 500


def escalate_overdue(*, actor: Actor, now: datetime) -> int:
    """Bring every case past its last day, once, before the body that supervises its handler; return how many."""
    overdue = models.Case.objects.filter(
        is_closed=False, due_on__lt=legal_day(now), escalated_at__isnull=True
    ).order_by("due_on", "id")
    rows = list(overdue.select_for_update(skip_locked=True)[:_AT_ONCE])
    late = [row for row in rows if not _waits_for_another(row, now=now)]
    for row in late:
        _escalate(row, actor=actor, now=now)
    return len(late)


def _waits_for_another(row: models.Case, *, now: datetime) -> bool:
    """Tell whether the clock of a case stands, and write down the last day that the pause has moved on.

    The day was counted at the last step; while the case waits for its subject nobody takes one.
    """
    procedure = get_procedure(row.procedure, version=row.procedure_version)
    if not any(row.state in clock.pauses for clock in procedure.clocks):
        return False
    actions.count_deadline(row, procedure, now=now)
    row.save(update_fields=["due_on", "due_key", "due_provisional"])
    return row.due_on is None or row.due_on >= legal_day(now)


def _escalate(row: models.Case, *, actor: Actor, now: datetime) -> None:
    supervisor = supervisor_of(row.body)
    row.parties = sorted({*row.parties, supervisor} - {""})
    row.escalated_at = now
    actions.add_step(row, verb=ESCALATION, actor=actor, at=now, from_state=row.state)
    row.save(update_fields=["parties", "escalated_at", "step_count"])
    told = {"number": row.number, "item": get_procedure(row.procedure, version=row.procedure_version).title.zh}
    for body in sorted({supervisor, row.body} - {""}):
        serve(
            kind="case.overdue",
            text="case_overdue",
            parameters=told,
            reference=row.number,
            to_body=body,
            actor=actor,
            now=now,
        )
    if row.subject_id is not None and get_procedure(row.procedure).is_service:
        serve(
            kind="case.overdue",
            text="case_overdue_for_you",
            parameters=told,
            reference=row.number,
            to_subject=row.subject_id,
            actor=actor,
            now=now,
        )


def supervisor_of(body: str) -> str:
    """Return the credit office that supervises a body: the nearest one over its area that is not itself, or ''."""
    over = [get_body(office) for office in credit_offices_over(get_body(body).area) if office != body]
    return max(over, key=lambda office: (len(office.area), office.code)).code if over else ""

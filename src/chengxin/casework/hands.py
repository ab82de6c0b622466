"""Move a case between hands without deciding it: assign, release, hand back a step, transfer to another body."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from chengxin.access.facade import bodies_with_role, find_body
from chengxin.casework import actions, models, queries
from chengxin.casework.contracts import Case
from chengxin.casework.registry import get_procedure
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused

OWN_BODY = "own_body"
_MOVED = ["state", "body", "parties", "assigned_to", "assigned_at", "released_at", "step_count"]
_CLOCKS = ["due_on", "due_key", "due_provisional"]


def assign(case_id: UUID, *, to: str, actor: Actor, now: datetime, note: str = "") -> Case:
    """Give a case to a colleague of the handling body, or take it in hand oneself (领办、指派)."""
    with transaction.atomic():
        row = _locked(case_id, actor=actor)
        if row.assigned_to and row.assigned_to not in {actor.key, to}:
            raise Refused(_in_other_hands())
        row.assigned_to, row.assigned_at = to, now
        return _write(row, verb="assign", actor=actor, now=now, note=note)


def release(case_id: UUID, *, actor: Actor, now: datetime, note: str = "") -> Case:
    """Give a case back to the inbox (退回待办), one's own or one a colleague abandoned."""
    with transaction.atomic():
        row = _locked(case_id, actor=actor)
        row.assigned_to, row.assigned_at, row.released_at = "", None, now
        return _write(row, verb="release", actor=actor, now=now, note=note)


def transfer(case_id: UUID, *, body: str, actor: Actor, reasons: str, now: datetime) -> Case:
    """Send a case to the body that is competent for it (移送); both bodies keep seeing it, its clock runs on."""
    _needs_reasons(reasons)
    if find_body(body) is None:
        raise Refused(Refusal(code="CASE-NO-BODY", what="没有找到接收单位。", next_step="请核对单位代码。"))
    with transaction.atomic():
        row = _locked(case_id, actor=actor)
        _needs_hands(row, body=body, now=now)
        row.body, row.parties = body, sorted({*row.parties, body})
        row.assigned_to, row.assigned_at = "", None
        return _write(row, verb="transfer", actor=actor, now=now, reasons=reasons)


def hand_back(case_id: UUID, *, actor: Actor, reasons: str, now: datetime) -> Case:
    """Undo the last move between states (退回上一步), as a new step; what was decided with effect stays decided."""
    _needs_reasons(reasons)
    with transaction.atomic():
        row = _locked(case_id, actor=actor)
        procedure = get_procedure(row.procedure, version=row.procedure_version)
        last = models.Step.objects.filter(case_id=row.id).exclude(from_state=F("to_state")).order_by("-place").first()
        if last is None or not last.from_state or (last.verb in procedure.verbs and procedure.verbs[last.verb].effect):
            raise Refused(
                Refusal(
                    code="CASE-NO-STEP-BACK",
                    what="这一步不能退回。",
                    why="案件刚刚立案，或者上一步已经产生效力。",
                    next_step="如果需要改变结果，请按程序另行办理。",
                )
            )
        before, row.state = row.state, last.from_state
        row.assigned_to, row.assigned_at = "", None
        return _write(row, verb="hand_back", actor=actor, now=now, reasons=reasons, from_state=before)


def _write(
    row: models.Case,
    *,
    verb: str,
    actor: Actor,
    now: datetime,
    reasons: str = "",
    note: str = "",
    from_state: str = "",
) -> Case:
    actions.add_step(
        row, verb=verb, actor=actor, at=now, from_state=from_state or row.state, reasons=reasons.strip(), note=note
    )
    procedure = get_procedure(row.procedure, version=row.procedure_version)
    actions.count_deadline(row, procedure, now=now)
    row.save(update_fields=[*_MOVED, *_CLOCKS])
    return queries.case_of(row)


def _locked(case_id: UUID, *, actor: Actor) -> models.Case:
    row = actions.lock_case(case_id, actor=actor)
    if row.is_closed:
        raise Refused(Refusal(code="CASE-CLOSED", what="案件已经办结。", next_step="请查看办理结果。"))
    if row.body != actor.body or not actor.body:
        raise Refused(Refusal(code="CASE-OTHER-BODY", what="这件案件由其他单位办理。", next_step="请联系承办单位。"))
    return row


def _needs_hands(row: models.Case, *, body: str, now: datetime) -> None:
    """Refuse a body in which nobody could take the case a step further: it would lie there until its clock ran out."""
    verbs = get_procedure(row.procedure, version=row.procedure_version).verbs.values()
    own = [verb for verb in verbs if verb.relation == OWN_BODY and row.state in verb.from_states]
    roles = {role for verb in own for role in verb.roles}
    if not any(body in bodies_with_role(role, on=legal_day(now)) for role in roles):
        raise Refused(
            Refusal(
                code="CASE-NO-HANDS",
                what="接收单位没有人能办这件案件。",
                why="移送到没有承办人的单位，案件会一直放到超期。",
                next_step="请核对单位代码，或者先联系对方安排岗位。",
            )
        )


def _needs_reasons(reasons: str) -> None:
    if not reasons.strip():
        raise Refused(
            Refusal(code="CASE-REASONS", what="请写明理由。", next_step="用一两句话说明原因。", field="reasons")
        )


def _in_other_hands() -> Refusal:
    return Refusal(
        code="CASE-IN-OTHER-HANDS",
        what="这件案件正由另一位同事办理。",
        next_step="请联系经办人转办，或者等案件退回待办。",
    )

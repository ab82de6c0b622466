"""Open a case and take its verbs: authorise, lock, ask the rule, change, record, announce."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string

from chengxin.access.facade import is_person, require_fresh_proof
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import models, queries
from chengxin.casework.contracts import CARD, Case, Procedure, Ref, Taken, Verb
from chengxin.casework.registry import get_procedure
from chengxin.database.facade import present_context
from chengxin.kernel.actor import Actor
from chengxin.kernel.card_numbers import holds_card_number
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refused, refuse_if
from chengxin.notices.facade import serve

OPENING = "open"
_ENDED = ("state", "is_closed", "closed_at", "closed_due_on", "proposed_by")
_HANDED = ("body", "parties", "assigned_to", "assigned_at")
_COUNTED = ("step_count", "due_on", "due_key", "due_provisional")


def open_case(
    procedure: str,
    *,
    ref: Ref,
    body: str,
    opened_by: Actor,
    now: datetime,
    facts: Mapping[str, object] | None = None,
    reasons: str = "",
    evidence: Sequence[str] = (),
    proposed_by: str = "",
) -> Case:
    """Open a case (立案) about a thing, to be handled by a body.

    `facts` holds what clocks and pages need, as JSON: codes, counts, days; nothing of a person. `proposed_by` names
    who made the proposal when it was not the opener.
    """
    declared = get_procedure(procedure)
    if ref.kind != declared.ref_kind:
        raise ValueError(f"{procedure} is about a {declared.ref_kind}, not about a {ref.kind}.")
    with transaction.atomic():
        row = _enter(declared, ref=ref, body=body, opened_by=opened_by, proposed_by=proposed_by, facts=facts, now=now)
        add_step(row, verb=OPENING, actor=opened_by, at=now, from_state="", reasons=reasons, evidence=tuple(evidence))
        count_deadline(row, declared, now=now)
        row.save(update_fields=_COUNTED)
        _record(row, verb=OPENING, actor=opened_by, now=now)
    return queries.case_of(row)


def take(
    case_id: UUID,
    *,
    verb: str,
    actor: Actor,
    now: datetime,
    reasons: str = "",
    evidence: Sequence[str] = (),
    note: str = "",
) -> Case:
    """Take a verb in a case (办理): its step, its effect and its notices stand or fall together."""
    with transaction.atomic():
        row = lock_case(case_id, actor=actor)
        before = queries.case_of(row)
        papers = tuple(evidence)
        refuse_if(queries.why_not_of(before, verb=verb, actor=actor, reasons=reasons, evidence=papers))
        declared = get_procedure(row.procedure, version=row.procedure_version)
        chosen = declared.verbs[verb]
        prove_if_adverse(chosen, actor=actor)
        taken = Taken(case=before, verb=verb, actor=actor, at=now, reasons=reasons, evidence=papers)
        _move(row, declared, chosen, taken=taken, note=note)
        _record(row, verb=verb, actor=actor, now=now)
        case = queries.case_of(row)
        _run_effect(chosen, replace(taken, case=case))
        _announce(case, chosen, actor=actor, now=now)
    return case


def prove_if_adverse(verb: Verb, *, actor: Actor) -> None:
    """Ask for a fresh proof (重新验证) of who decides against somebody."""
    if verb.is_adverse:
        require_fresh_proof(actor)


def open_evidence(case_id: UUID, *, digest: str, actor: Actor, now: datetime) -> None:
    """Note that the actor opened a paper of the case (阅卷)."""
    case = queries.access_case(case_id, actor=actor)
    if digest not in queries.papers_of(case.id):
        raise Refused(queries.absent())
    models.Opening.objects.create(id=new_id(now), case_id=case.id, digest=digest, actor_key=actor.key, at=now)


def lock_case(case_id: UUID, *, actor: Actor) -> models.Case:
    """Return the row of a case, locked until the transaction ends; absent and forbidden look the same."""
    queries.access_case(case_id, actor=actor)
    row = models.Case.objects.select_for_update().filter(id=case_id).first()
    if row is None:
        raise Refused(queries.absent())
    return row


def _enter(
    declared: Procedure,
    *,
    ref: Ref,
    body: str,
    opened_by: Actor,
    proposed_by: str,
    facts: Mapping[str, object] | None,
    now: datetime,
) -> models.Case:
    """Write the row of a new case in the first state of its procedure; its first step is still to come."""
    return models.Case.objects.create(
        id=new_id(now),
        number=new_number(declared.number_prefix, day=legal_day(now)),
        procedure=declared.code,
        procedure_version=declared.version,
        state=declared.initial,
        is_closed=False,
        ref_kind=ref.kind,
        ref_id=ref.id,
        subject_id=ref.subject_id,
        body=body,
        parties=sorted({body, opened_by.body} - {""}),
        facts=dict(facts or {}),
        opened_by=opened_by.key,
        opened_at=now,
        proposed_by=proposed_by or opened_by.key,
        due_key="",
        assigned_to="",
        step_count=0,
    )


def _move(row: models.Case, declared: Procedure, chosen: Verb, *, taken: Taken, note: str) -> None:
    """Bring a locked case into the state a verb leads to, with its step, its proposer and its clocks."""
    row.state = chosen.to_state or row.state
    row.is_closed = declared.states[row.state].is_final
    row.closed_at = taken.at if row.is_closed else None
    row.closed_due_on = row.due_on if row.is_closed else None
    add_step(
        row,
        verb=chosen.code,
        actor=taken.actor,
        at=taken.at,
        from_state=taken.case.state,
        reasons=taken.reasons.strip(),
        evidence=taken.evidence,
        note=note,
        is_adverse=chosen.is_adverse,
    )
    if chosen.proposes:
        row.proposed_by = taken.actor.key
    if chosen.hands_to:
        row.body = str(row.facts[chosen.hands_to])
        row.parties, row.assigned_to, row.assigned_at = sorted({*row.parties, row.body}), "", None
    count_deadline(row, declared, now=taken.at)
    row.save(update_fields=[*_ENDED, *_HANDED, *_COUNTED])


def add_step(
    row: models.Case,
    *,
    verb: str,
    actor: Actor,
    at: datetime,
    from_state: str,
    reasons: str = "",
    evidence: tuple[str, ...] = (),
    note: str = "",
    is_adverse: bool = False,
) -> None:
    """Append a step to a locked case; what a person wrote holds no card and no bank account (PIPL 6)."""
    if is_person(actor) and holds_card_number(f"{reasons}\n{note}"):
        raise Refused(replace(CARD, field="reasons"))
    row.step_count += 1
    models.Step.objects.create(
        id=new_id(at),
        case_id=row.id,
        place=row.step_count,
        verb=verb,
        actor_key=actor.key,
        actor_body=actor.body,
        at=at,
        from_state=from_state,
        to_state=row.state,
        reasons=reasons,
        evidence=list(evidence),
        note=note,
        is_adverse=is_adverse,
        is_by_person=is_person(actor),
        is_by_representative=actor.is_representative,
        hall=actor.hall,
        proposed_by=row.proposed_by,
    )


def count_deadline(row: models.Case, procedure: Procedure, *, now: datetime) -> None:
    """Set the nearest last day of the running clocks on a row whose steps are written."""
    deadline = None if row.is_closed else queries.deadline_of(queries.case_of(row), procedure, on=legal_day(now))
    row.due_on = deadline.last_day if deadline else None
    row.due_key = deadline.key if deadline else ""
    row.due_provisional = deadline.is_provisional if deadline else False


def _run_effect(verb: Verb, taken: Taken) -> None:
    if verb.effect:
        effect: Callable[[Taken], object] = import_string(verb.effect)
        effect(taken)


def _announce(case: Case, verb: Verb, *, actor: Actor, now: datetime) -> None:
    for notice in verb.notices:
        if notice.to == "subject" and case.ref.subject_id is None:
            continue  # Nobody on the platform is the subject of this one: whoever handles it tells them.
        opener = next((body for body in sorted(case.parties) if body != case.body), case.body)
        serve(
            kind=f"{case.procedure}.{verb.code}",
            text=notice.text,
            parameters={"number": case.number},
            reference=case.number,
            to_subject=case.ref.subject_id if notice.to == "subject" else None,
            to_body={"subject": "", "opener_body": opener, "body": case.body}[notice.to],
            actor=actor,
            now=now,
        )


def _record(row: models.Case, *, verb: str, actor: Actor, now: datetime) -> None:
    context = present_context()
    record_event(
        Event(
            kind=Kind.DECIDE,
            actor=actor,
            at=now,
            purpose=context.purpose if context else get_procedure(row.procedure).purpose,
            channel=context.channel if context else "office",
            subject_id=row.subject_id,
            reference=row.number,
            categories=(f"{row.procedure}.{verb}",),
        )
    )

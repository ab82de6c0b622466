"""What officers do with measures: propose, lift, feed back. Deciding and serving are verbs of the case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.measures import models
from chengxin.measures.contracts import Because, Ground, Measure, Proposal, Role
from chengxin.measures.gates import why_not_measure
from chengxin.measures.grounding import find_ground, find_named_person
from chengxin.measures.rules import end_of, facts_of
from chengxin.measures.shelf import get_measure
from chengxin.notices import facade as notices

PURPOSE: Final = "determination"
LONGEST: Final = 1000
_DAY: Final = timedelta(days=1)


def propose(actor: Actor, proposal: Proposal, *, now: datetime) -> str:
    """Propose a measure (拟实施) and return the number of its case: nothing holds before notice, hearing and decision.

    This is the door for a confirmed match too: a match by itself proposes nothing and blocks nobody.
    """
    measure = get_measure(proposal.measure)
    access.require(
        actor,
        action="measure.propose",
        resource=Resource(kind="measure", body=actor.body, subject_id=proposal.subject_id),
        purpose=PURPOSE,
        now=now,
    )
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE):
        ground = find_ground(proposal.subject_id, proposal.record_id, body=actor.body, at=now)
    if ground is None:
        raise Refused(_no_ground())
    named = find_named_person(ground, actor=actor, now=now) if proposal.person else None
    why = {"reasons": proposal.reasons, "proportionality": proposal.proportionality}
    why["not_spared"] = proposal.not_spared
    require_allowed(measure, ground, actor=actor, now=now, person=proposal.person, is_named=named is not None, **why)
    subject_id = named or ground.subject_id
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=PURPOSE), transaction.atomic():
        _require_new(measure, subject_id, ground, body=actor.body)
        row = determinations.open_course(
            actor,
            "measure",
            measure.code,
            subject_id=subject_id,
            cells=_cells(measure, ground, proposal, on=legal_day(now)),
            facts={
                "record": str(ground.record_id),
                "ground_subject": str(ground.subject_id),
                "person": proposal.person.value if proposal.person else "",
                "matter": proposal.matter[:80],
            },
            now=now,
        )
        return str(row.number)


def _cells(measure: Measure, ground: Ground, proposal: Proposal, *, on: date) -> dict[str, str]:
    """Return the draft of the decision: what the notice will say, with basis and end from the list and the law."""
    ends_on, _provisional = end_of(measure, ground, on=on, pack=settings.LAW_PACK, person=proposal.person)
    return {
        "measure_title": measure.title.zh,
        "decision_no": proposal.decision_no,
        "decision_facts": proposal.reasons,
        "proportionality": proposal.proportionality,
        "not_spared": proposal.not_spared,
        "legal_basis": "、".join(catalogue.citation(citation) for citation in measure.basis),
        "ends": (ends_on - _DAY).isoformat() if ends_on else "随所依据的信息结束",
    }


def require_allowed(
    measure: Measure,
    ground: Ground,
    *,
    actor: Actor,
    now: datetime,
    person: Role | None = None,
    is_named: bool = False,
    reasons: str | None = None,
    proportionality: str | None = None,
    not_spared: str | None = None,
) -> None:
    """Refuse a measure that a gate bars on this day, whoever wants it."""
    on = legal_day(now)
    ends_on, _provisional = end_of(measure, ground, on=on, pack=settings.LAW_PACK, person=person)
    body = access.get_body(actor.body)
    facts = facts_of(
        measure,
        ground,
        body_fields=body.fields_of_work,
        is_public_body=bool(body.fields_of_work),
        ends_on=ends_on,
        person=person,
        is_named=is_named,
        reasons=reasons,
        proportionality=proportionality,
        not_spared=not_spared,
    )
    refuse_if(why_not_measure(facts, on=on, pack=settings.LAW_PACK))


def lift(actor: Actor, measure_id: UUID, *, because: Because, reasons: str, now: datetime) -> None:
    """Lift a measure before its end (提前解除): by an officer of its body, with reasons; its subject is told."""
    _may_handle(actor, now=now)
    if not reasons.strip() or len(reasons) > LONGEST:
        raise Refused(_reasons_missing())
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = _standing(measure_id)
        end(row, because=because, reasons=reasons, actor=actor, now=now)


def end(row: models.Applied, *, because: Because, actor: Actor, now: datetime, reasons: str = "") -> None:
    """End a measure in the running transaction: event and notice with it."""
    row.ended_at, row.ended_because, row.ended_reasons, row.ended_by = now, because.value, reasons, actor.key
    row.save(update_fields=["ended_at", "ended_because", "ended_reasons", "ended_by"])
    audit.record_event(
        Event(
            kind=Kind.DECIDE,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.BODY if actor.body else Channel.JOB,
            subject_id=row.subject_id,
            reference=row.number,
            reason=because.value,
        )
    )
    notices.serve(
        kind="measure_ended",
        text="measure_ended",
        parameters={"number": row.number},
        reference=row.number,
        actor=actor,
        now=now,
        to_subject=row.subject_id,
    )


def feed_back(actor: Actor, measure_id: UUID, *, result: str, now: datetime) -> None:
    """Feed back what became of a measure (反馈), once and while it holds; its subject reads it."""
    _may_handle(actor, now=now)
    if not result.strip() or len(result) > LONGEST:
        raise Refused(_reasons_missing())
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = (
            models.Applied.objects.select_for_update()
            .filter(pk=measure_id, result_at__isnull=True, ended_at__isnull=True)
            .first()
        )
        if row is None:
            raise Refused(_absent())
        row.result, row.result_at = result, now
        row.save(update_fields=["result", "result_at"])


def _may_handle(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind="measure", body=actor.body)
    access.require(actor, action="measure.handle", resource=resource, purpose=PURPOSE, now=now)


def _standing(measure_id: UUID) -> models.Applied:
    row = models.Applied.objects.select_for_update().filter(pk=measure_id, ended_at__isnull=True).first()
    if row is None:
        raise Refused(_absent())
    return row


def _require_new(measure: Measure, subject_id: UUID, ground: Ground, *, body: str) -> None:
    if models.Applied.objects.filter(
        measure=measure.code, subject_id=subject_id, record_id=ground.record_id, body=body, ended_at__isnull=True
    ).exists():
        raise Refused(_stands_already())
    require_unrepaired(subject_id, ground.record_id, body=body)


def require_unrepaired(subject_id: UUID, record_id: UUID, *, body: str) -> None:
    """Refuse a measure on a person whom this body has repaired of this record: what is repaired is used no more."""
    repaired = models.Applied.objects.filter(subject_id=subject_id, record_id=record_id, body=body)
    if repaired.filter(ended_because=Because.REPAIRED.value).exists():
        raise Refused(
            Refusal(
                code="MEASURE-REPAIRED",
                what="这个人对这条信息已经单独修复。",
                why="修复以后，同一条信息不得再作为对他采取措施的依据。",
                next_step="请不予实施。",
                basis=("SZ/82",),
            )
        )


def _absent() -> Refusal:
    return Refusal(code="ABSENT", what="没有找到这项措施，或者它已经解除。", next_step="请从列表重新选择。")


def _no_ground() -> Refusal:
    return Refusal(
        code="MEASURE-NO-GROUND",
        what="没有可以依据的记录。",
        why="只能依据已经公示，或者本单位自己认定的记录。",
        next_step="请核对主体和记录。",
    )


def _stands_already() -> Refusal:
    return Refusal(code="MEASURE-STANDS", what="这项措施已经在实施。", next_step="不用再次提出。")


def _reasons_missing() -> Refusal:
    return Refusal(code="MEASURE-REASONS", what="请写明理由，最多1000字。", next_step="当事人会看到。", field="reasons")

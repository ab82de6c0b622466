"""What the verbs of a measure bring about; every gate is asked again when it is proposed, decided and begun."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from chengxin.casework.contracts import Taken
from chengxin.determinations import facade as determinations
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.measures import models
from chengxin.measures.actions import require_allowed, require_unrepaired
from chengxin.measures.contracts import Ground, Measure, Role
from chengxin.measures.grounding import find_ground
from chengxin.measures.rules import end_of
from chengxin.measures.shelf import get_measure


def propose(taken: Taken) -> None:
    """Refuse to propose before the notice was served and heard, or what no longer may be applied."""
    determinations.require_heard(taken)
    _require(taken)


def decide(taken: Taken) -> None:
    """Write who decided: the database wants a served notice and another person than the drafter."""
    _require(taken)
    determinations.decide(taken)


def begin(taken: Taken) -> None:
    """Put a served measure into force, with its end; a service without day and proof is none."""
    determinations.require_service(taken)
    measure, ground = _require(taken)
    served = determinations.served_of(taken)
    said = str(taken.case.facts["person"])
    person = Role(said) if said else None
    ends_on, _provisional = end_of(measure, ground, on=legal_day(taken.at), pack=settings.LAW_PACK, person=person)
    models.Applied.objects.create(
        decision_id=served.id,
        number=taken.case.number,
        measure=measure.code,
        subject_id=served.subject_id,
        body=served.body,
        ground_subject_id=ground.subject_id,
        record_id=ground.record_id,
        entry_id=ground.entry_id,
        person_role=said,
        proposed_by=served.drafted_by,
        noticed_on=served.noticed_on,
        decided_by=served.decided_by,
        decided_on=served.decided_on,
        served_on=served.served_on,
        service_proof=served.service_proof,
        starts_on=legal_day(taken.at),
        ends_on=ends_on,
    )


def _require(taken: Taken) -> tuple[Measure, Ground]:
    facts = taken.case.facts
    measure = get_measure(str(facts["item"]))
    ground = find_ground(
        UUID(str(facts["ground_subject"])), UUID(str(facts["record"])), body=taken.case.body, at=taken.at
    )
    if ground is None:
        raise Refused(
            Refusal(
                code="MEASURE-BASIS-ENDED",
                what="所依据的信息已经到期、修复、撤回或者冻结。",
                why="已经结束的信息不得作为惩戒依据。",
                next_step="请不予实施，结束这个案件。",
                basis=("SD/38", "SZ/82"),
            )
        )
    assert taken.case.ref.subject_id is not None
    require_unrepaired(taken.case.ref.subject_id, ground.record_id, body=taken.case.body)
    person = Role(str(facts["person"])) if facts["person"] else None
    require_allowed(measure, ground, actor=taken.actor, now=taken.at, person=person, is_named=person is not None)
    return measure, ground

"""The course of one's own application: its steps, its decision with the notice beside it, receipts of recipients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Step
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.notices import facade as notices
from chengxin.notices.contracts import Notice
from chengxin.records import facade as records
from chengxin.records.contracts import Told
from chengxin.repair.actions import own_application
from chengxin.repair.contracts import Application
from chengxin.repair.deadlines import execution_day
from chengxin.repair.disclosure import PURPOSE


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided: granted, refused or revoked, when, by which body, why, and until when it can be contested."""

    verb: str
    number: str
    body: str
    at: datetime
    reasons: str
    remedies: tuple[str, ...]
    execution_by: date


@dataclass(frozen=True, kw_only=True)
class Course:
    """All of an application its subject sees on one page."""

    application: Application
    case: Case
    steps: Sequence[Step]
    revocation: Case | None
    revocation_steps: Sequence[Step]
    decisions: Sequence[Decision]
    notices: Sequence[Notice]
    told: Sequence[Told]


def own_course(actor: Actor, number: str, *, now: datetime) -> Course:
    """Return one's own application with its steps, decisions, served notices and the receipts of recipients."""
    application = own_application(actor, number, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        case = casework.access_case(application.case_id, actor=actor)
        steps = casework.timeline(case.id, actor=actor)
        revocation = None
        revocation_steps: list[Step] = []
        if application.revocation_case_id is not None:
            revocation = casework.access_case(application.revocation_case_id, actor=actor)
            revocation_steps = casework.timeline(revocation.id, actor=actor)
        served = [*notices.list_about(number), *(notices.list_about(revocation.number) if revocation else ())]
        told = records.list_told(application.subject_id, application.record_id)
    decided = [(case, step) for step in steps if step.verb in {"approve", "refuse"}]
    if revocation is not None:
        decided += [(revocation, step) for step in revocation_steps if step.verb == "revoke"]
    return Course(
        application=application,
        case=case,
        steps=steps,
        revocation=revocation,
        revocation_steps=revocation_steps,
        decisions=[_decision(case, step) for case, step in decided],
        notices=[one for one in served if one.to_subject == application.subject_id],
        told=told,
    )


def _decision(case: Case, step: Step) -> Decision:
    decided_on = legal_day(step.at)
    return Decision(
        verb=step.verb,
        number=case.number,
        body=case.body,
        at=step.at,
        reasons=step.reasons,
        remedies=casework.get_procedure(case.procedure, version=case.procedure_version).verbs[step.verb].remedies,
        execution_by=execution_day(decided_on),
    )

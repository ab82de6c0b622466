"""The door of a verb: through the channel and for the purpose its procedure declares, whoever opens it and where.

A verb with an effect may run long. That it was begun is written in a transaction of its own, so that after a crash,
when nothing of it stands, the case still says what happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from chengxin.access.contracts import ProofNeeded
from chengxin.access.facade import acting_for
from chengxin.casework import models, queries
from chengxin.casework.actions import prove_if_adverse, take
from chengxin.casework.contracts import Attempt, Case
from chengxin.casework.registry import get_procedure
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused, refuse_if

HANDLING = "case_handling"


def carry_out(
    case_id: UUID,
    *,
    verb: str,
    actor: Actor,
    now: datetime,
    reasons: str = "",
    evidence: Sequence[str] = (),
    note: str = "",
) -> Case:
    """Take a verb (办理) in transactions of its own: first that it is begun, then all it does, or nothing.

    Call it outside of `acting_for`: it acts through the procedure's channel. Raises what `take` raises.
    """
    papers = tuple(evidence)
    with acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        case = queries.access_case(case_id, actor=actor)
        refuse_if(queries.why_not_of(case, verb=verb, actor=actor, reasons=reasons, evidence=papers))
        procedure = get_procedure(case.procedure, version=case.procedure_version)
        prove_if_adverse(procedure.verbs[verb], actor=actor)
        if procedure.verbs[verb].effect:
            _note_begun(case_id, verb=verb, now=now)
    try:
        channel = procedure.verbs[verb].channel or procedure.channel
        with acting_for(actor, channel=channel, purpose=procedure.purpose, case_ref=case.number):
            done = take(case_id, verb=verb, actor=actor, now=now, reasons=reasons, evidence=papers, note=note)
            _note_ended(case_id)
    except (Refused, ProofNeeded):
        with acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
            _note_ended(case_id)
        raise
    return done


def find_attempt(case_id: UUID) -> Attempt | None:
    """Return the verb that was begun in a case and has not ended, or None."""
    row = models.Case.objects.filter(id=case_id, attempted_at__isnull=False).first()
    if row is None or row.attempted_at is None:
        return None
    return Attempt(verb=row.attempted_verb, at=row.attempted_at, is_running=_is_locked(case_id))


def _note_begun(case_id: UUID, *, verb: str, now: datetime) -> None:
    """Write that a verb begins; waits for one that runs, and leaves a case alone that this one closed."""
    models.Case.objects.filter(id=case_id, is_closed=False).update(attempted_verb=verb, attempted_at=now)


def _note_ended(case_id: UUID) -> None:
    models.Case.objects.filter(id=case_id, attempted_at__isnull=False).update(attempted_verb="", attempted_at=None)


def _is_locked(case_id: UUID) -> bool:
    """Tell whether somebody takes a verb at this moment: it holds the row until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select from casework_case where id = %s for key share skip locked", [case_id])
        return bool(cursor.rowcount == 0)

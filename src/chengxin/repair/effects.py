"""What the verbs of the two procedures bring about, in the transaction of the decision."""

from __future__ import annotations

from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Taken
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
from chengxin.repair import models
from chengxin.repair.deadlines import statement_day
from chengxin.repair.disclosure import PURPOSE
from chengxin.repair.queries import absent


def grant(taken: Taken) -> None:
    """End publicity, sharing and use of one line at once and tell whoever received it; no other line changes."""
    row = _locked(taken)
    _require(taken)
    row.mark_id = records.mark(
        subject_id=row.subject_id,
        record_id=row.record_id,
        kind=MarkKind.REPAIRED,
        reason=taken.reasons,
        reference=row.number,
        actor=taken.actor,
        now=taken.at,
    )
    row.granted_at = row.closed_at = taken.at
    row.save(update_fields=["mark_id", "granted_at", "closed_at"])


def close(taken: Taken) -> None:
    """Close an application that was refused or withdrawn; the line stays as it was."""
    row = _locked(taken)
    row.closed_at = taken.at
    row.save(update_fields=["closed_at"])


def require_heard(taken: Taken) -> None:
    """Refuse to propose a revocation before the time to state one's case is over or was used."""
    steps = casework.timeline(taken.case.id, actor=taken.actor)
    if any(step.verb == "state" for step in steps):
        return
    told_on = legal_day(taken.case.opened_at)
    last_day = statement_day(told_on)
    if legal_day(taken.at) <= last_day:
        raise Refused(
            Refusal(
                code="REPAIR-NOT-HEARD",
                what="陈述申辩的期限还没有满，现在不能提出撤销。",
                why="作出不利决定以前，要先告知并听取当事人的意见。",
                next_step="{day}以后才能继续；当事人提前陈述的除外。",
                values={"day": last_day},
                basis=("APL/45", "D/statement-window"),
            )
        )


def revoke(taken: Taken) -> None:
    """Lift the mark of a repair whose promise was untrue; publicity does not resume by itself."""
    row = _locked(taken)
    _require(taken)
    if row.mark_id is None or row.revoked_at is not None:
        raise Refused(absent())
    records.lift(row.mark_id, actor=taken.actor, now=taken.at)
    row.revoked_at = taken.at
    row.save(update_fields=["revoked_at"])


def _locked(taken: Taken) -> models.Application:
    row = models.Application.objects.select_for_update().filter(id=UUID(taken.case.ref.id)).first()
    if row is None:
        raise Refused(absent())
    return row


def _require(taken: Taken) -> None:
    resource = Resource(kind="repair", body=taken.case.body, subject_id=taken.case.ref.subject_id)
    access.require(taken.actor, action="repair.handle", resource=resource, purpose=PURPOSE, now=taken.at)

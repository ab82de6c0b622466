"""Let a hall clerk fill in what a person at the counter asks for (窗口代填), and end it when they are done."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.law.facade import cites
from chengxin.notices import facade as notices
from chengxin.representation import models, queries
from chengxin.representation.contracts import Ground, Mandate
from chengxin.representation.rules import end_day
from chengxin.representation.scopes import scopes_for
from chengxin.subjects import facade as subjects

FILING = "filing_at_counter"
BASIS = ("PIPL/44", "PIPL/50")
LASTS = timedelta(hours=1)


@cites("PIPL/50", "D/filing-at-counter")
def attend(
    actor: Actor, subject_id: UUID, *, number: str, visit_id: UUID, place: str, identified: str, now: datetime
) -> Mandate:
    """Lay what lets a clerk fill in for the person the context attends, who is told at once; `place` is the hall."""
    (sealed,) = subjects.seal_many([subject_id], [place.encode()], aads=[queries.name_aad(visit_id)])
    row = models.Mandate.objects.create(
        id=visit_id,
        number=number,
        subject_id=subject_id,
        ground=Ground.COUNTER.value,
        scopes=list(scopes_for(Ground.COUNTER)),
        sealed_name=sealed,
        holder_key=actor.key,
        granted_at=now,
        granted_by=f"visit:{visit_id}",
        accepted_at=now,
        ends_on=end_day(1, on=legal_day(now)),
    )
    _tell(actor, row, identified=identified, now=now)
    return queries.mandate_of(row)


def leave(actor: Actor, mandate_id: UUID, *, now: datetime) -> None:
    """End what a clerk fills in for a person: from here on nothing of theirs is open at the counter."""
    me = actor.as_person()
    with access.acting_for(me, channel=Channel.SELF, purpose=queries.PURPOSE):
        models.Mandate.objects.filter(
            id=mandate_id, holder_key=me.key, ground=Ground.COUNTER.value, ended_at__isnull=True
        ).update(ended_at=now, ended_by=me.key)


def _tell(actor: Actor, row: models.Mandate, *, identified: str, now: datetime) -> None:
    """Write for the person that it began and by which document they were identified, and tell them."""
    audit.record_event(
        Event(
            kind=Kind.DECIDE,
            actor=actor,
            at=now,
            purpose=FILING,
            channel=Channel.COUNTER,
            subject_id=row.subject_id,
            basis=BASIS,
            reference=row.number,
            reason=identified,
        )
    )
    notices.serve(
        kind=f"{FILING}.begin",
        text=FILING,
        parameters={"number": row.number, "day": legal_day(now).isoformat()},
        reference=row.number,
        to_subject=row.subject_id,
        actor=actor,
        now=now,
    )

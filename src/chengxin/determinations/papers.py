"""Open the proof of a service before signing: each opening is a line in the case and the log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.determinations import models
from chengxin.determinations.actions import absent, require_handling
from chengxin.determinations.drafts import PURPOSE
from chengxin.files import facade as files
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused


def open_paper(actor: Actor, determination_id: UUID, which: str, *, now: datetime) -> bytes:
    """Return the proof of the service of the `notice` or of the `decision`."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = models.Determination.objects.filter(id=determination_id).first()
        digest = {"notice": row.notice_proof, "decision": row.service_proof}.get(which, "") if row else ""
        if row is None or not digest:
            raise Refused(absent())
        basis = require_handling(actor, row, now=now)
        casework.open_evidence(row.case_id, digest=digest, actor=actor, now=now)
        audit.record_event(
            Event(
                kind=Kind.DISCLOSE,
                actor=actor,
                at=now,
                purpose=PURPOSE,
                channel=Channel.BODY,
                subject_id=row.subject_id,
                basis=basis,
                categories=(row.item_code,),
                fields=("determination_proof",),
                reference=row.number,
            )
        )
        with files.opened(digest, unlock=audit.unlock) as path:
            return path.read_bytes()

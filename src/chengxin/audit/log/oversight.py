"""What is proved, and to whom: a person's own event, or any to the audit, whose look is an event in turn."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from chengxin.audit.actions import record_event
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.log.export import export_log
from chengxin.audit.log.reading import event_proof
from chengxin.audit.rules import ABSENT
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refused

PURPOSE: Final = "audit"


def prove_event(event_id: UUID, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return the proof of an event to the person it concerns or to the audit; to anyone else it is absent."""
    if actor.has(Role.AUDIT_ADMIN):
        with acting(Context.of(actor, channel=Channel.OFFICE, purpose=PURPOSE)):
            found = event_proof(event_id)
            _tell(actor, reference=str(event_id), now=now)
            return found
    if actor.subject_id is None:
        raise Refused(ABSENT)
    with acting(Context.of(actor, channel=Channel.SELF, purpose="own_archive")):
        return event_proof(event_id)


def export_for_audit(folder: Path, *, content: bool, actor: Actor, now: datetime) -> dict[str, int]:
    """Write the log into a folder; its content only to the audit, and that is an event itself."""
    if not content:
        return export_log(folder)
    if not actor.has(Role.AUDIT_ADMIN):
        raise Refused(ABSENT)
    with acting(Context.of(actor, channel=Channel.OFFICE, purpose=PURPOSE)):
        sizes = export_log(folder, content=True)
        _tell(actor, reference="log", now=now, count=sum(sizes.values()))
        return sizes


def _tell(actor: Actor, *, reference: str, now: datetime, count: int = 1) -> None:
    record_event(
        Event(
            kind=Kind.ADMINISTER,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.OFFICE,
            reference=reference,
            count=count,
        )
    )

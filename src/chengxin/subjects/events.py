"""The one place where this package writes to the log."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Outcome, Search
from chengxin.database.facade import present_context
from chengxin.kernel.actor import Actor


def record(
    subject_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    category: str,
    reason: str = "",
    reference: str = "",
    erased: bool = False,
) -> None:
    """Write that somebody decided on a subject's identity, for the subject to see."""
    context = present_context()
    audit.record_event(
        Event(
            kind=Kind.ERASE if erased else Kind.DECIDE,
            actor=actor,
            at=now,
            purpose=context.purpose if context else "identity_review",
            channel=context.channel if context else "",
            subject_id=subject_id,
            categories=(category,),
            reason=reason,
            reference=reference,
        )
    )


def record_verification(
    subject_id: UUID | None,
    *,
    agrees: bool,
    actor: Actor,
    now: datetime,
    purpose: str,
    channel: str,
    refused_because: str = "",
) -> None:
    """Write that a client asked whether a name and a number agree; the subject sees it, also when it was refused.

    Whose number came with another name was fetched and not taken: a near miss.
    """
    if subject_id is not None and not agrees and not refused_because:
        missed = audit.near_misses(
            [subject_id], by=Search.NUMBER, actor=actor, purpose=purpose, channel=channel, now=now
        )
        audit.record_events(missed)
        return
    audit.record_event(
        Event(
            kind=Kind.VERIFY,
            actor=actor,
            at=now,
            purpose=purpose,
            channel=channel,
            subject_id=subject_id,
            categories=("identity",),
            outcome=Outcome.REFUSED if refused_because else Outcome.DELIVERED,
            reason=refused_because,
        )
    )

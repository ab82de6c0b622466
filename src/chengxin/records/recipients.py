"""The recipients ledger (接收方台账): who received which version, how and for what; written as it is handed over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Count

from chengxin.database.facade import ask
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.ids import new_ids
from chengxin.records.contracts import Handed, Received
from chengxin.records.models import Recipient

_NOTE = "select records_note(%s::json)"


def recipient_of(actor: Actor) -> str:
    """Return how the ledger names an actor: a registered program, a body, or '' for whoever is no recipient.

    The public is none because nobody knows who it is, a subject is none of its own records.
    """
    if actor.has(Role.CLIENT):
        return actor.key
    return f"body:{actor.body}" if actor.body else ""


def addresses_of(actor: Actor) -> tuple[str, ...]:
    """Return every name under which messages reach an actor: its program's own and its body's."""
    own = recipient_of(actor)
    return tuple(dict.fromkeys(name for name in (own, f"body:{actor.body}" if actor.body else "") if name))


def note_received(
    handed: Iterable[Handed],
    *,
    recipient: Actor,
    outlet: str,
    purpose: str,
    event_id: UUID,
    now: datetime,
    reference: str = "",
) -> int:
    """Write down, in the transaction that hands records over, who receives them; return how many lines are new.

    One statement whatever the number of records. An actor who is no recipient leaves no line, and a source body none
    of what it filed itself: its filing says that it has it.
    """
    lines = ledger_lines(
        handed, recipient=recipient, outlet=outlet, purpose=purpose, event_id=event_id, now=now, reference=reference
    )
    if not lines:
        return 0
    ((noted,),) = ask(_NOTE, [orjson.dumps(lines).decode()])
    return int(noted)


def ledger_lines(
    handed: Iterable[Handed],
    *,
    recipient: Actor,
    outlet: str,
    purpose: str,
    event_id: UUID,
    now: datetime,
    reference: str = "",
) -> list[dict[str, Any]]:
    """Return the lines as the database's `records_note` takes them, for an act that is written with others."""
    name = recipient_of(recipient)
    lines = [one for one in handed if one.source_body != recipient.body] if name else []
    return [
        {
            "id": line_id,
            "subject_id": one.subject_id,
            "record_id": one.record_id,
            "version": one.version,
            "source_body": one.source_body,
            "recipient": name,
            "body": recipient.body,
            "outlet": outlet,
            "purpose": purpose,
            "reference": reference,
            "received_at": now,
            "event_id": event_id,
        }
        for line_id, one in zip(new_ids(now, len(lines)), lines, strict=True)
    ]


def list_received(subject_id: UUID, record_id: UUID) -> list[Received]:
    """Return who received a record, the first receipt first; row security shows it to its subject and its source."""
    rows = Recipient.objects.filter(subject_id=subject_id, record_id=record_id).order_by("received_at", "id")
    return [
        Received(
            recipient=row.recipient,
            body=row.body,
            version=row.version,
            outlet=row.outlet,
            purpose=row.purpose,
            received_at=row.received_at,
        )
        for row in rows
    ]


def count_received(source_body: str) -> tuple[int, int]:
    """Return how many records of a source body others received, and how many bodies they are."""
    found = Recipient.objects.filter(source_body=source_body).aggregate(
        records=Count("record_id", distinct=True), bodies=Count("body", distinct=True)
    )
    return int(found["records"]), int(found["bodies"])

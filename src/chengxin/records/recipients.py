"""The recipients ledger (接收方台账): who received which version, how and for what; written as it is handed over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count

from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.ids import new_ids
from chengxin.records.contracts import Handed, Received
from chengxin.records.models import Recipient

_NOTE = """
    insert into records_recipient (id, subject_id, record_id, version, source_body, recipient, body, outlet, purpose,
                                   reference, received_at, event_id)
    select h.id, h.subject_id, h.record_id, h.version, h.source_body, %(recipient)s, %(body)s, %(outlet)s, %(purpose)s,
           %(reference)s, %(now)s, %(event_id)s
    from unnest(%(ids)s::uuid[], %(subjects)s::uuid[], %(records)s::uuid[], %(versions)s::smallint[],
                %(sources)s::text[])
      as h (id, subject_id, record_id, version, source_body)
    on conflict do nothing
"""


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
    name = recipient_of(recipient)
    lines = [one for one in handed if one.source_body != recipient.body] if name else []
    if not lines:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTE,
            {
                "ids": new_ids(now, len(lines)),
                "subjects": [one.subject_id for one in lines],
                "records": [one.record_id for one in lines],
                "versions": [one.version for one in lines],
                "sources": [one.source_body for one in lines],
                "recipient": name,
                "body": recipient.body,
                "outlet": outlet,
                "purpose": purpose,
                "reference": reference,
                "event_id": event_id,
                "now": now,
            },
        )
        return int(cursor.rowcount)


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

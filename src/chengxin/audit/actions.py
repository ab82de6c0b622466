"""Write events and open sealed values; there is no other door to a personal field."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from chengxin.audit.contracts import DISCLOSING, Event, Kind, Outcome, Receipt, Sealed
from chengxin.audit.keyservice import open_all
from chengxin.audit.log.entries import SALT_BYTES, Entry, commit
from chengxin.audit.log.state import refuse_if_stopped
from chengxin.audit.log.writing import Writer, committed, writer
from chengxin.crypto.facade import Hash, hash_name, hash_named
from chengxin.database.facade import ask
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_ids

_TAKE_PLACES = """
    insert into audit_writer (id, process, counter, started_at) values (%s, %s, %s, %s)
    on conflict (id) do update set counter = audit_writer.counter + excluded.counter
    returning counter
"""
_COLUMNS = """
    insert into audit_event (counter, id, writer_id, at, kind, subject_id, actor_key, role, body, area, channel,
                             purpose, basis, categories, fields, outcome, reason, reference, count, salt)
"""
_ROW = """
    %s::uuid, %s::uuid, %s::timestamptz, %s, %s::uuid, %s, %s, %s, %s, %s,
    %s, %s::text[], %s::text[], %s::text[], %s, %s, %s, %s::integer, %s::bytea
"""
_QUEUE_COLUMNS = """
    insert into audit_queue (counter, queued_at, event_id, tree, writer_id, at, kind, digest, signature)
"""
_QUEUE_ROW = "clock_timestamp(), %s::uuid, %s, %s::uuid, %s::timestamptz, %s, %s::bytea, ''::bytea"
_INSERT = f"{_COLUMNS} values (%s, {_ROW})"
_PUT = f"{_QUEUE_COLUMNS} values (%s, {_QUEUE_ROW})"
# The counter comes from the place: an event itself is not always in its writer's sight.
_INSERT_ONE = f"""
    with place as ({_TAKE_PLACES}), told as ({_COLUMNS} select place.counter, {_ROW} from place),
         put as ({_QUEUE_COLUMNS} select place.counter, {_QUEUE_ROW} from place)
    select counter from place
"""


def record_events(events: Sequence[Event]) -> list[Receipt]:
    """Write events in the running transaction and return their receipts in the same order.

    Raises `TransactionManagementError` outside a transaction: an event never stands without its act. Raises `Refused`
    when something is to be given away while the log stands still.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event is written in the transaction of its act.")
    if not events:
        return []
    if any(event.kind in DISCLOSING and event.outcome is Outcome.DELIVERED for event in events):
        refuse_if_stopped()
    own, new = writer(), hash_named(hash_name())
    ids = new_ids(events[0].at, len(events))
    salts = [os.urandom(SALT_BYTES) for _ in events]
    digests = [_digest(event, salt, new) for event, salt in zip(events, salts, strict=True)]
    rows = [_row(*told, own.id) for told in zip(events, ids, salts, strict=True)]
    puts = [
        (event_id, event.kind.tree, own.id, event.at, event.kind, digest)
        for event, event_id, digest in zip(events, ids, digests, strict=True)
    ]
    first = _insert(rows, puts, own=own, at=events[0].at)
    receipts = [
        _receipt(event, event_id, digest, own=own, counter=counter, new=new)
        for counter, (event, event_id, digest) in enumerate(zip(events, ids, digests, strict=True), first)
    ]
    transaction.on_commit(partial(committed, own, receipts))
    return receipts


def _insert(rows: list[tuple[Any, ...]], puts: list[tuple[Any, ...]], *, own: Writer, at: datetime) -> int:
    """Insert events with their places in the queue of the log and return the counter of the first."""
    place: tuple[Any, ...] = (own.id, os.environ.get("CHENGXIN_PROCESS", "web"), len(rows), at)
    if len(rows) == 1:
        ((counter,),) = ask(_INSERT_ONE, [*place, *rows[0], *puts[0]])
        return int(counter)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_PLACES, place)
        first = int(cursor.fetchone()[0]) - len(rows) + 1
        cursor.executemany(_INSERT, [(counter, *row) for counter, row in enumerate(rows, first)])
        cursor.executemany(_PUT, [(counter, *put) for counter, put in enumerate(puts, first)])
    return first


def record_event(event: Event) -> Receipt:
    """Write one event in the running transaction."""
    return record_events([event])[0]


def disclose(
    sealed: Sequence[Sealed],
    *,
    actor: Actor,
    purpose: str,
    channel: str,
    now: datetime,
    basis: tuple[str, ...] = (),
    categories: tuple[str, ...] = (),
    reference: str = "",
    kind: Kind = Kind.DISCLOSE,
) -> list[bytes]:
    """Write one event per subject, then open the values, in the order given.

    A subject whose key was destroyed is erased: its values come back empty.
    """
    counts = Counter(value.subject_id for value in sealed)
    fields: dict[UUID, set[str]] = {}
    for value in sealed:
        fields.setdefault(value.subject_id, set()).add(f"{value.aad.table}.{value.aad.column}")
    receipts = record_events(
        [
            Event(
                kind=kind,
                actor=actor,
                at=now,
                purpose=purpose,
                channel=channel,
                subject_id=subject_id,
                basis=basis,
                categories=categories,
                fields=tuple(sorted(fields[subject_id])),
                reference=reference,
                count=count,
            )
            for subject_id, count in counts.items()
        ]
    )
    allowed = dict(zip(counts, receipts, strict=True))
    return open_all(sealed, allowed)


def _digest(event: Event, salt: bytes, new: Hash) -> bytes:
    return commit(content_of(event), actor_key=event.actor.key, salt=salt, new=new)


def content_of(event: Event) -> dict[str, Any]:
    """Return the content of an event that the log commits to, but for the actor."""
    return {
        "area": event.actor.area,
        "basis": list(event.basis),
        "body": event.actor.body,
        "categories": list(event.categories),
        "channel": event.channel,
        "count": event.count,
        "fields": list(event.fields),
        "outcome": event.outcome,
        "purpose": event.purpose,
        "reason": event.reason,
        "reference": event.reference,
        "role": _roles(event),
        "subject": str(event.subject_id) if event.subject_id else None,
    }


def _receipt(event: Event, event_id: UUID, digest: bytes, *, own: Writer, counter: int, new: Hash) -> Receipt:
    entry = Entry(id=event_id, writer_id=own.id, counter=counter, at=event.at, kind=event.kind, digest=digest)
    return Receipt(event_id=event_id, writer_id=own.id, counter=counter, leaf=entry.leaf(new))


def _roles(event: Event) -> str:
    return ",".join(sorted(event.actor.roles))


def _row(event: Event, event_id: UUID, salt: bytes, writer_id: UUID) -> tuple[Any, ...]:
    actor = event.actor
    return (
        event_id,
        writer_id,
        event.at,
        event.kind,
        event.subject_id,
        actor.key,
        _roles(event),
        actor.body,
        actor.area,
        event.channel,
        event.purpose,
        list(event.basis),
        list(event.categories),
        list(event.fields),
        event.outcome,
        event.reason,
        event.reference,
        event.count,
        salt,
    )

"""Write events and open sealed values; there is no other door to a personal field."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from django.db import connection, transaction

from chengxin.audit.contracts import Event, Kind, Receipt, Sealed
from chengxin.audit.keyservice import open_all
from chengxin.database.facade import ask
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_ids

_writers: WeakKeyDictionary[object, UUID] = WeakKeyDictionary()

_TAKE_PLACES = """
    insert into audit_writer (id, process, counter, started_at) values (%s, %s, %s, %s)
    on conflict (id) do update set counter = audit_writer.counter + excluded.counter
    returning counter
"""
_COLUMNS = """
    insert into audit_event (counter, id, writer_id, at, kind, subject_id, actor_key, role, body, area, channel,
                             purpose, basis, categories, fields, outcome, reason, reference, count)
"""
_ROW = """
    %s::uuid, %s::uuid, %s::timestamptz, %s, %s::uuid, %s, %s, %s, %s, %s,
    %s, %s::text[], %s::text[], %s::text[], %s, %s, %s, %s::integer
"""
_INSERT = f"{_COLUMNS} values (%s, {_ROW})"
# The counter comes from the place: an event itself is not always in its writer's sight.
_INSERT_ONE = f"""
    with place as ({_TAKE_PLACES}), told as ({_COLUMNS} select place.counter, {_ROW} from place)
    select counter from place
"""


def record_events(events: Sequence[Event]) -> list[Receipt]:
    """Write events in the running transaction and return their receipts in the same order.

    Raises `TransactionManagementError` outside a transaction: an event never stands without its act.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An event is written in the transaction of its act.")
    if not events:
        return []
    writer = _writer()
    ids = new_ids(events[0].at, len(events))
    place: tuple[Any, ...] = (writer, os.environ.get("CHENGXIN_PROCESS", "web"), len(events), events[0].at)
    if len(events) == 1:
        ((counter,),) = ask(_INSERT_ONE, [*place, *_row(events[0], ids[0], writer)])
        return [Receipt(event_id=ids[0], writer_id=writer, counter=counter)]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_PLACES, place)
        first = cursor.fetchone()[0] - len(events) + 1
        receipts = [
            Receipt(event_id=event_id, writer_id=writer, counter=first + place) for place, event_id in enumerate(ids)
        ]
        rows = zip(events, receipts, strict=True)
        cursor.executemany(_INSERT, [(one.counter, *_row(event, one.event_id, writer)) for event, one in rows])
    return receipts


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


def _writer() -> UUID:
    """Return the writer of this database session; a new session is a new writer, so no two share a counter."""
    session = connection.connection
    if session not in _writers:
        _writers[session] = uuid4()
    return _writers[session]


def _row(event: Event, event_id: UUID, writer: UUID) -> tuple[Any, ...]:
    actor = event.actor
    return (
        event_id,
        writer,
        event.at,
        event.kind,
        event.subject_id,
        actor.key,
        ",".join(sorted(actor.roles)),
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
    )

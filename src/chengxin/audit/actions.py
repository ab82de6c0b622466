"""Write events and open sealed values; there is no other door to a personal field."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from chengxin.audit.commitment import commitment
from chengxin.audit.contracts import DISCLOSING, Event, Kind, Outcome, Receipt, Sealed
from chengxin.audit.keyservice import open_covered, value_of
from chengxin.audit.log.entries import SALT_BYTES, Entry, commit
from chengxin.audit.log.state import refuse_if_stopped
from chengxin.audit.log.writing import Writer, committed, writer
from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad, Covered
from chengxin.crypto.facade import Hash, hash_name, hash_named
from chengxin.database.facade import NobodyActs, ask, present_context, second_session, write_apart
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.ids import new_ids

_TAKE_PLACES = """
    insert into audit_writer (id, process, counter, started_at) values (%s, %s, %s, %s)
    on conflict (id) do update set counter = audit_writer.counter + excluded.counter
    returning counter
"""
_COLUMNS = """
    insert into audit_event (counter, id, writer_id, at, kind, subject_id, actor_key, role, body, area, channel,
                             purpose, basis, categories, fields, outcome, reason, reference, count, salt, opens)
"""
_ROW = """
    %s::uuid, %s::uuid, %s::timestamptz, %s, %s::uuid, %s, %s, %s, %s, %s,
    %s, %s::text[], %s::text[], %s::text[], %s, %s, %s, %s::integer, %s::bytea, %s::bytea
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
    _refuse_to_disclose_unlogged(events)
    own = writer(connection.connection)
    drafts = _drafts(events, own=own)
    receipts = _receipts(drafts, own=own, first=_insert(drafts, own=own))
    transaction.on_commit(partial(committed, own, receipts))
    return receipts


def record_apart(events: Sequence[Event]) -> list[Receipt]:
    """Write events in a transaction of their own, committed when this returns, and return their receipts."""
    _refuse_to_disclose_unlogged(events)
    own = writer(second_session())
    drafts = _drafts(events, own=own)
    told = write_apart([(_INSERT_ONE, [*_place(own, 1, at=one.event.at), *one.row, *one.put]) for one in drafts])
    receipts = _receipts(drafts, own=own, first=int(told[0][0][0]))
    committed(own, receipts)
    return receipts


def _refuse_to_disclose_unlogged(events: Sequence[Event]) -> None:
    """Raise `Refused` when something is to be given away while the log stands still; other acts go on."""
    if any(event.kind in DISCLOSING and event.outcome is Outcome.DELIVERED for event in events):
        refuse_if_stopped()


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event with its id, its commitment, and what goes into its row and its place in the queue of the log."""

    event: Event
    event_id: UUID
    digest: bytes
    row: tuple[Any, ...]
    put: tuple[Any, ...]


def _drafts(events: Sequence[Event], *, own: Writer) -> list[_Draft]:
    new, ids = hash_named(hash_name()), new_ids(events[0].at, len(events))
    drafts = []
    for event, event_id in zip(events, ids, strict=True):
        salt = os.urandom(SALT_BYTES)
        digest = _digest(event, salt, new)
        put = (event_id, event.kind.tree, own.id, event.at, event.kind, digest)
        drafts.append(_Draft(event, event_id, digest, _row(event, event_id, salt, own.id), put))
    return drafts


def _receipts(drafts: Sequence[_Draft], *, own: Writer, first: int) -> list[Receipt]:
    new = hash_named(hash_name())
    return [_receipt(one, own=own, counter=counter, new=new) for counter, one in enumerate(drafts, first)]


def _place(own: Writer, count: int, *, at: datetime) -> tuple[Any, ...]:
    return (own.id, os.environ.get("CHENGXIN_PROCESS", "web"), count, at)


def _insert(drafts: Sequence[_Draft], *, own: Writer) -> int:
    """Insert events with their places in the queue of the log and return the counter of the first."""
    place = _place(own, len(drafts), at=drafts[0].event.at)
    if len(drafts) == 1:
        ((counter,),) = ask(_INSERT_ONE, [*place, *drafts[0].row, *drafts[0].put])
        return int(counter)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_PLACES, place)
        first = int(cursor.fetchone()[0]) - len(drafts) + 1
        cursor.executemany(_INSERT, [(counter, *one.row) for counter, one in enumerate(drafts, first)])
        cursor.executemany(_PUT, [(counter, *one.put) for counter, one in enumerate(drafts, first)])
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
    """Write one event per subject and commit it, then have the values opened; return them in the order given.

    The event commits in a session of its own (ADR 0013). An erased subject's values come back empty.
    """
    covered: dict[UUID, list[Sealed]] = {}
    for value in sealed:
        covered.setdefault(value.subject_id, []).append(value)
    events = [
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose=purpose,
            channel=channel,
            subject_id=subject_id,
            basis=basis,
            categories=categories,
            fields=_fields(values),
            reference=reference,
            count=len(values),
        )
        for subject_id, values in covered.items()
    ]
    opened = _told_and_opened(events, list(covered.values()))
    turns = {subject_id: iter(values) for subject_id, values in zip(covered, opened, strict=True)}
    return [next(turns[value.subject_id]) for value in sealed]


def read_upload(sealed: Sequence[Sealed], *, reference: str, now: datetime) -> list[bytes]:
    """Open what guards a kept upload or its corrections, for whoever acts; one event, which names no subject yet."""
    context = present_context()
    if context is None:
        raise NobodyActs("Nobody acts, so nobody may read an upload.")
    event = Event(
        kind=Kind.READ_UPLOAD,
        actor=Actor(key=context.actor_key, roles=context.roles, body=context.body),
        at=now,
        purpose=context.purpose,
        channel=context.channel,
        fields=_fields(sealed)[:60],
        reference=reference,
        count=len(sealed),
    )
    (opened,) = _told_and_opened([event], [sealed])
    return opened


def unlock(digest: str, wrapped: bytes, aad: Aad, locked: bytes) -> bytes:
    """Open the key of a kept file (`files.Unlock`) for whoever acts; the moment is that of the log, not of a rule."""
    sealed = Sealed(subject_id=UUID(hex=digest), wrapped_key=wrapped, aad=aad, ciphertext=locked)
    return read_upload([sealed], reference=digest, now=now())[0]


def _fields(sealed: Sequence[Sealed]) -> tuple[str, ...]:
    return tuple(sorted({f"{value.aad.table}.{value.aad.column}" for value in sealed}))


def _told_and_opened(events: Sequence[Event], sealed: Sequence[Sequence[Sealed]]) -> list[list[bytes]]:
    """Commit the events, each with the values it opens, and have them opened."""
    if not events:
        return []
    crypto.stand_by()  # With nobody to open anything there is no look to tell of.
    values = [[value_of(one) for one in part] for part in sealed]
    receipts = record_apart(
        [replace(event, opens=commitment(part)) for event, part in zip(events, values, strict=True)]
    )
    return open_covered([Covered(one.event_id.bytes, part) for one, part in zip(receipts, values, strict=True)])


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
        **({"opens": event.opens.hex()} if event.opens else {}),
    }


def _receipt(draft: _Draft, *, own: Writer, counter: int, new: Hash) -> Receipt:
    event = draft.event
    entry = Entry(
        id=draft.event_id, writer_id=own.id, counter=counter, at=event.at, kind=event.kind, digest=draft.digest
    )
    return Receipt(event_id=draft.event_id, writer_id=own.id, counter=counter, leaf=entry.leaf(new))


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
        event.opens,
    )

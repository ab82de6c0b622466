"""Write events and open sealed values; there is no other door to a personal field."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

import orjson
from django.db import connection, transaction

from chengxin.audit.apart import tell_apart
from chengxin.audit.commitment import commitment
from chengxin.audit.contracts import Event, Kind, Receipt, Sealed, Search
from chengxin.audit.drafts import draft, receipts_of, refuse_to_disclose_unlogged, told
from chengxin.audit.keyservice import open_covered, value_of
from chengxin.audit.log.writing import committed, writer
from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad, Covered
from chengxin.database.facade import ask, get_context
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now

# The counter comes from the place: an event itself is not always in its writer's sight.
_TELL: Final = """
    with place as (
        insert into audit_writer (id, process, counter, started_at)
        values (%s::uuid, %s::text, %s::bigint, %s::timestamptz)
        on conflict (id) do update set counter = audit_writer.counter + excluded.counter
        returning id, counter)
    select place.counter - %s::bigint, audit_tell(place.id, place.counter - %s::bigint, %s::json) from place
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
    refuse_to_disclose_unlogged(events)
    connection.ensure_connection()
    own, drafts, count = writer(connection.connection), draft(events), len(events)
    words = orjson.dumps([told(one) for one in drafts]).decode()
    process = os.environ.get("CHENGXIN_PROCESS", "web")
    ((after, _told),) = ask(_TELL, [own.id, process, count, events[0].at, count, count, words])
    receipts = receipts_of(drafts, writer_id=own.id, after=after)
    transaction.on_commit(partial(committed, own, receipts))
    return receipts


def record_apart(events: Sequence[Event]) -> list[Receipt]:
    """Write events in a transaction of their own, committed when this returns, and return their receipts."""
    refuse_to_disclose_unlogged(events)
    return tell_apart(events)


def record_event(event: Event) -> Receipt:
    """Write one event in the running transaction."""
    return record_events([event])[0]


def near_misses(
    subject_ids: Sequence[UUID],
    *,
    by: Search,
    actor: Actor,
    purpose: str,
    channel: str,
    now: datetime,
    reference: str = "",
) -> list[Event]:
    """Return an event for each subject a search or match fetched as a candidate and did not take (未匹配).

    Only for subjects really fetched, and once a subject: nothing was given of them, nothing follows from it, and they
    see that it happened.
    """
    return [
        Event(
            kind=Kind.CANDIDATE,
            actor=actor,
            at=now,
            purpose=purpose,
            channel=channel,
            subject_id=subject_id,
            reason=by,
            reference=reference,
            count=0,
        )
        for subject_id in dict.fromkeys(subject_ids)
    ]


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

    The event commits in a session of its own (ADR 0013). An erased subject's values come back empty, and so does what
    the sweep of retention has emptied: there is nothing to open, and the look is written down all the same.
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
    whole = [[value for value in values if value.ciphertext] for values in covered.values()]
    opened = _told_and_opened(events, whole)
    turns = {subject_id: iter(values) for subject_id, values in zip(covered, opened, strict=True)}
    return [next(turns[value.subject_id]) if value.ciphertext else b"" for value in sealed]


def read_upload(sealed: Sequence[Sealed], *, reference: str, now: datetime) -> list[bytes]:
    """Open what guards a kept upload or its corrections, for whoever acts; one event, which names no subject yet."""
    context = get_context()
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

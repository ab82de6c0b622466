"""Events on their way into the log: each with its id, its salt and its commitment, as the database takes them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chengxin.audit.contracts import DISCLOSING, Event, Outcome, Receipt
from chengxin.audit.log.entries import SALT_BYTES, Entry, commit
from chengxin.audit.log.state import refuse_if_stopped
from chengxin.crypto.facade import hash_name, hash_named
from chengxin.database.contracts import Channel, door_of
from chengxin.kernel.ids import new_ids


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that is not written yet."""

    event: Event
    event_id: UUID
    salt: bytes
    digest: bytes


def draft(events: Sequence[Event]) -> list[Draft]:
    """Return events ready to be written, in their order."""
    new, ids = hash_named(hash_name()), new_ids(events[0].at, len(events))
    salts = [os.urandom(SALT_BYTES) for _ in events]
    return [
        Draft(event, event_id, salt, commit(content_of(event), actor_key=event.actor.key, salt=salt, new=new))
        for event, event_id, salt in zip(events, ids, salts, strict=True)
    ]


def refuse_to_disclose_unlogged(events: Sequence[Event]) -> None:
    """Raise `Refused` when something is to be given away while the log stands still; other acts go on."""
    if any(event.kind in DISCLOSING and event.outcome is Outcome.DELIVERED for event in events):
        refuse_if_stopped()


def told(one: Draft) -> dict[str, Any]:
    """Return an event as `audit_tell` reads it."""
    event, actor = one.event, one.event.actor
    return {
        "id": one.event_id,
        "at": event.at,
        "kind": event.kind,
        "subject_id": event.subject_id,
        "actor_key": actor.key,
        "role": _roles(event),
        "body": actor.body,
        "area": actor.area,
        "channel": _door(event),
        "purpose": event.purpose,
        "basis": event.basis,
        "categories": event.categories,
        "fields": event.fields,
        "outcome": event.outcome,
        "reason": event.reason,
        "reference": event.reference,
        "count": event.count,
        "salt": _bytes(one.salt),
        "opens": _bytes(event.opens) if event.opens is not None else None,
        "tree": event.kind.tree,
        "digest": _bytes(one.digest),
    }


def receipts_of(drafts: Sequence[Draft], *, writer_id: UUID, after: int) -> list[Receipt]:
    """Return the receipts of events that a writer wrote after so many others."""
    new = hash_named(hash_name())
    return [
        Receipt(
            event_id=one.event_id,
            writer_id=writer_id,
            counter=counter,
            leaf=Entry(
                id=one.event_id,
                writer_id=writer_id,
                counter=counter,
                at=one.event.at,
                kind=one.event.kind,
                digest=one.digest,
            ).leaf(new),
        )
        for counter, one in enumerate(drafts, after + 1)
    ]


def content_of(event: Event) -> dict[str, Any]:
    """Return the content of an event that the log commits to, but for the actor."""
    return {
        "area": event.actor.area,
        "basis": list(event.basis),
        "body": event.actor.body,
        "categories": list(event.categories),
        "channel": _door(event),
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


def _roles(event: Event) -> str:
    """Return the roles somebody acted in; of who acts for another, with the ground on which they may."""
    roles = ",".join(sorted(event.actor.roles))
    return f"{roles}:{event.actor.ground}" if event.actor.is_representative else roles


def _door(event: Event) -> str:
    """Return the door of an event: nobody but a subject itself comes through its own."""
    return door_of(event.actor, Channel(event.channel)) if event.actor.is_representative else event.channel


def _bytes(value: bytes) -> str:
    return rf"\x{value.hex()}"

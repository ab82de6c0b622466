"""Write down who was asked about and who received what, in the transaction whose commit lets the answer leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Search
from chengxin.matching.contracts import Hit
from chengxin.matching.people import Person
from chengxin.records import facade as records
from chengxin.records.contracts import Handed

OPERATORS: Final = "public.lists"
PERSONS: Final = "matching.persons"
"""The outlets the hits leave by."""


def events_of(
    batch: Event, found: Mapping[int, Sequence[Hit]], people: Mapping[int, Person], nearly: Sequence[UUID]
) -> list[Event]:
    """Return the event of the batch, one for whoever was hit, one for each person on file, hit or not.

    `nearly` are those whose name alone was tried. That a person is on no list is told of them too.
    """
    count: dict[UUID, int] = {one.subject_id: 0 for one in people.values() if one.subject_id is not None}
    for hit in (hit for hits in found.values() for hit in hits):
        count[hit.subject_id] = count.get(hit.subject_id, 0) + 1
    missed = audit.near_misses(
        nearly,
        by=Search.NAME,
        actor=batch.actor,
        purpose=batch.purpose,
        channel=batch.channel,
        reference=batch.reference,
        now=batch.at,
    )
    return [
        batch,
        *(replace(batch, subject_id=subject_id, count=times) for subject_id, times in sorted(count.items())),
        *missed,
    ]


def lines_of(
    batch: Event, found: Mapping[int, Sequence[Hit]], people: Mapping[int, Person], *, event_id: UUID
) -> list[dict[str, Any]]:
    """Return the lines of the recipients ledger: whoever receives an entry is told when it changes."""
    by_outlet = ((PERSONS, people.keys()), (OPERATORS, found.keys() - people.keys()))
    return [
        line
        for outlet, places in by_outlet
        for line in records.ledger_lines(
            _handed([hit for at in sorted(places) for hit in found[at]]),
            recipient=batch.actor,
            outlet=outlet,
            purpose=batch.purpose,
            event_id=event_id,
            now=batch.at,
            reference=batch.reference,
        )
    ]


def tell_hits(event: Event, hits: Sequence[Hit], *, is_person: bool) -> UUID:
    """Write what was handed over about one subject, for it and for whoever else was hit; return the event's id.

    The recipient is the body of the event's actor.
    """
    others = sorted({hit.subject_id for hit in hits} - {event.subject_id})
    first, *_rest = audit.record_events([event, *(replace(event, subject_id=other) for other in others)])
    records.note_received(
        _handed(hits),
        recipient=event.actor,
        outlet=PERSONS if is_person else OPERATORS,
        purpose=event.purpose,
        event_id=first.event_id,
        now=event.at,
        reference=event.reference,
    )
    return first.event_id


def _handed(hits: Sequence[Hit]) -> list[Handed]:
    """Return each record once that hits hand over."""
    once = {hit.record_id: hit for hit in hits}
    return [
        Handed(subject_id=hit.subject_id, record_id=hit.record_id, version=hit.version, source_body=hit.body)
        for hit in once.values()
    ]

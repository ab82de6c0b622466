"""Write down who was asked about and who received what, in the transaction whose commit lets the answer leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
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


def tell(
    batch: Event, found: Mapping[int, Sequence[Hit]], people: Mapping[int, Person], nearly: Sequence[UUID]
) -> None:
    """Write one event of the batch, one for whoever was hit, and one for each person on file, hit or not.

    `nearly` are those whose name alone was tried. That a person is on no list is told of them too, and whoever
    receives an entry is told when it changes.
    """
    count: dict[UUID, int] = {one.subject_id: 0 for one in people.values() if one.subject_id is not None}
    for hit in (hit for hits in found.values() for hit in hits):
        count[hit.subject_id] = count.get(hit.subject_id, 0) + 1
    each = [replace(batch, subject_id=subject_id, count=times) for subject_id, times in sorted(count.items())]
    receipts = audit.record_events([batch, *each])
    audit.record_near_misses(
        nearly,
        by=Search.NAME,
        actor=batch.actor,
        purpose=batch.purpose,
        channel=batch.channel,
        reference=batch.reference,
        now=batch.at,
    )
    for outlet, places in ((PERSONS, people.keys()), (OPERATORS, found.keys() - people.keys())):
        _note(batch, outlet, [hit for at in sorted(places) for hit in found[at]], event_id=receipts[0].event_id)


def tell_hits(event: Event, hits: Sequence[Hit], *, is_person: bool) -> UUID:
    """Write what was handed over about one subject, for it and for whoever else was hit; return the event's id.

    The recipient is the body of the event's actor.
    """
    others = sorted({hit.subject_id for hit in hits} - {event.subject_id})
    first, *_rest = audit.record_events([event, *(replace(event, subject_id=other) for other in others)])
    _note(event, PERSONS if is_person else OPERATORS, hits, event_id=first.event_id)
    return first.event_id


def _note(event: Event, outlet: str, hits: Sequence[Hit], *, event_id: UUID) -> None:
    handed = {hit.record_id: hit for hit in hits}
    records.note_received(
        [
            Handed(subject_id=hit.subject_id, record_id=hit.record_id, version=hit.version, source_body=hit.body)
            for hit in handed.values()
        ],
        recipient=event.actor,
        outlet=outlet,
        purpose=event.purpose,
        event_id=event_id,
        now=event.at,
        reference=event.reference,
    )

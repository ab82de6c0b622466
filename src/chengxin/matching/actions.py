"""Match batches against the lists (自动比对): asked for a matter, read again, written, then answered.

Whoever asks at the same moment is answered together: one look at the index, one reading of the hits, one commit; each
batch under its own right, in its own name, and as if it had been asked alone (ADR 0113).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import chain, islice
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Receipt
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import ask
from chengxin.jobs import facade as jobs
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.matching.admission import Batch, BodyOf, admitted
from chengxin.matching.contracts import Answer, Asked, Hit, Outcome, Row, State
from chengxin.matching.history import logged
from chengxin.matching.index import KEEPER, Index
from chengxin.matching.operators import match_operators
from chengxin.matching.people import NUMBER, Person, match_people, namesakes_of
from chengxin.matching.rules import PURPOSE, action_for, why_degraded
from chengxin.matching.telling import events_of, lines_of
from chengxin.screening.contracts import Kind, Query

KEPT: Final = "lists.moved"
Told: TypeAlias = tuple[Answer, Sequence[Receipt]]
_CLEARED: Final = """
    select query_tag, entry_tag, entry_id, ends_on from matching_clearance
     where body = %s and query_tag = any(%s::bytea[]) and ends_on > %s and withdrawn_at is null
       and (not needs_second or confirmed_at is not null)
"""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Answers to several that may leave once their looks are written, and who was refused: `told` does both."""

    tried: Sequence[Batch | Refused]
    answers: Sequence[Answer]
    acts: Sequence[audit.Act]

    def told(self) -> list[Told | Exception]:
        """Write the looks in one commit; return each answer with its receipts, or why there is none."""
        written: Sequence[list[Receipt] | Exception] = ()
        if self.acts:
            with transaction.atomic():
                written = audit.write_acts(self.acts)
        answered = iter(zip(self.answers, written, strict=True))
        return [_told(*next(answered)) if isinstance(one, Batch) else one for one in self.tried]


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What a batch is answered with: hits of each row that can be answered, persons among them, near misses."""

    hits: Mapping[int, Sequence[Hit]]
    people: Mapping[int, Person]
    nearly: Sequence[UUID]


def screen(actor: Actor, asked: Asked, *, now: datetime) -> Answer:
    """Answer who of a batch may be on which list; each hit is written where its subject sees it before it is said.

    Nothing is applied: a named officer proposes a measure (`measures.propose`), or clears the hit.
    """
    (told,) = screen_together([(actor, asked)], now=now)
    if isinstance(told, Exception):
        raise told
    return told[0]


def screen_together(wishes: Sequence[tuple[Actor, Asked]], *, now: datetime) -> list[Told | Exception]:
    """Answer several who ask at the same moment: each with its answer and receipts, or with why it has none.

    When this returns, what was told stands, unless a transaction was under way before. What it raises goes to all.
    """
    return compared_together(wishes, now=now).told()


def compared_together(wishes: Sequence[tuple[Actor, Asked]], *, now: datetime) -> Compared:
    """Compare for several and say nothing yet: while one group is written, the next can be compared (ADR 0144)."""
    body_of = cache(access.get_body)
    tried = [_tried(actor, asked, now=now, body_of=body_of) for actor, asked in wishes]
    batches = [one for one in tried if isinstance(one, Batch)]
    if not batches:
        return Compared(tried=tried, answers=(), acts=())
    index, stale = KEEPER.current(at=now), why_degraded(jobs.started_at(KEPT), at=now)
    found = _cleared(batches, _matched(index, batches, at=now), on=legal_day(now))
    answers = [_answer(batch, one, index, stale) for batch, one in zip(batches, found, strict=True)]
    return Compared(tried=tried, answers=answers, acts=_acts(batches, found, answers))


def _tried(actor: Actor, asked: Asked, *, now: datetime, body_of: BodyOf) -> Batch | Refused:
    try:
        return admitted(actor, asked, now=now, body_of=body_of)
    except Refused as refused:
        return refused


def _told(answer: Answer, written: list[Receipt] | Exception) -> Told | Exception:
    return written if isinstance(written, Exception) else (answer, written)


def _matched(index: Index, batches: Sequence[Batch], *, at: datetime) -> list[_Found]:
    """Return what each batch is answered with; those on the same lists are compared and read again as one."""
    found: dict[UUID, _Found] = {}
    for kinds in dict.fromkeys(batch.kinds for batch in batches):
        alike = [batch for batch in batches if batch.kinds == kinds]
        queries = [query for batch in alike for query in batch.queries]
        hits, people = _match(index, queries, [fault for batch in alike for fault in batch.faults], kinds, at=at)
        begin = 0
        for batch in alike:
            lines = range(begin, begin + len(batch.queries))
            found[batch.id] = _Found(
                hits={line - begin: hits[line] for line in lines if line in hits},
                people={line - begin: people[line] for line in lines if line in people},
                nearly=_nearly(batch),
            )
            begin = lines.stop
    return [found[batch.id] for batch in batches]


def _match(
    index: Index, queries: Sequence[Query], faults: Sequence[tuple[str, str]], kinds: Sequence[str], *, at: datetime
) -> tuple[dict[int, list[Hit]], dict[int, Person]]:
    """Return the hits of each row that can be answered, and what is known of each person among them."""
    places: dict[str, list[int]] = {kind: [] for kind in Kind}
    for place, (query, (code, _said)) in enumerate(zip(queries, faults, strict=True)):
        if not code:
            places[query.kind].append(place)
    firms, persons = places[Kind.ENTERPRISE], places[Kind.PERSON]
    found = dict(zip(firms, match_operators(index, [queries[one] for one in firms], kinds, at=at), strict=True))
    people = dict(zip(persons, match_people([queries[one] for one in persons], kinds, at=at), strict=True))
    return found | {place: list(person.hits) for place, person in people.items()}, people


def _nearly(batch: Batch) -> list[UUID]:
    nameless = [query for query, (code, _) in zip(batch.queries, batch.faults, strict=True) if code == NUMBER]
    return namesakes_of(nameless, batch.kinds)


def _cleared(batches: Sequence[Batch], found: Sequence[_Found], *, on: date) -> list[_Found]:
    """Mark the hits that an officer of the asker's body has cleared, while both sides are what they were."""
    tags: dict[Actor, set[bytes]] = {}
    for batch, one in zip(batches, found, strict=True):
        if of_batch := {hit.query_tag for hits in one.hits.values() for hit in hits}:
            tags.setdefault(batch.actor, set()).update(of_batch)
    until = {actor: _clearances(actor, wanted, on=on) for actor, wanted in tags.items()}

    def marked(hit: Hit, actor: Actor) -> Hit:
        ends_on = until[actor].get((hit.query_tag, hit.entry_tag, hit.entry_id))
        if ends_on is None:
            return hit
        return replace(hit, action=action_for(hit.action, has_objection=False, is_cleared=True), cleared_until=ends_on)

    return [
        replace(one, hits={at: [marked(hit, batch.actor) for hit in hits] for at, hits in one.hits.items()})
        for batch, one in zip(batches, found, strict=True)
    ]


def _clearances(actor: Actor, tags: set[bytes], *, on: date) -> dict[tuple[bytes, bytes, UUID], date]:
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = ask(_CLEARED, [actor.body, list(tags), on])
    return {(bytes(one), bytes(other), entry_id): ends_on for one, other, entry_id, ends_on in rows}


def _answer(batch: Batch, found: _Found, index: Index, stale: Refusal | None) -> Answer:
    lines = enumerate(zip(batch.queries, batch.faults, strict=True))
    return Answer(
        id=batch.id,
        as_of=batch.at,
        purpose=batch.measure.code,
        basis=batch.measure.basis,
        state=State.DEGRADED if stale else State.COMPLETE,
        code=stale.code if stale else "",
        said=stale.text() if stale else "",
        index=index.version,
        rules=index.rules,
        places={kind: index.places.get(kind, 0) for kind in batch.kinds},
        rows=[_row(query, fault, found.hits.get(at), is_stale=stale is not None) for at, (query, fault) in lines],
    )


def _acts(batches: Sequence[Batch], found: Sequence[_Found], answers: Sequence[Answer]) -> list[audit.Act]:
    """Return what is written before each is answered: its looks, who received what, and the answer itself."""
    events = [
        events_of(batch.event, one.hits, one.people, one.nearly) for batch, one in zip(batches, found, strict=True)
    ]
    drafts = iter(audit.draft(list(chain.from_iterable(events))))
    of_each = [list(islice(drafts, len(some))) for some in events]
    return [_act(*one) for one in zip(batches, found, of_each, logged(answers, batches), strict=True)]


def _act(batch: Batch, found: _Found, drafts: Sequence[audit.Draft], log: dict[str, Any]) -> audit.Act:
    lines = lines_of(batch.event, found.hits, found.people, event_id=drafts[0].event_id)
    return audit.Act(
        context=Context.of(batch.actor, channel=Channel.BODY, purpose=PURPOSE),
        drafts=drafts,
        beside=[*([("records_note", lines)] if lines else []), ("matching_log", log)],
    )


def _row(query: Query, fault: tuple[str, str], hits: Sequence[Hit] | None, *, is_stale: bool) -> Row:
    code, said = fault
    if hits is None:
        return Row(id=query.id, outcome=Outcome.UNANSWERED, code=code, said=said)
    code, said = _doubt(query)
    empty = Outcome.DEGRADED if is_stale else Outcome.NONE
    return Row(id=query.id, outcome=Outcome.HITS if hits else empty, hits=hits, code=code, said=said)


def _doubt(query: Query) -> tuple[str, str]:
    """Return what is wrong with the credit code of a row that was answered by name all the same."""
    written = compact(query.uscc) if query.uscc else ""
    if query.kind != Kind.ENTERPRISE or len(written) != 18:
        return "", ""
    fault = check_number(written, kind=IdentifierKind.USCC)
    return ("", "") if fault is NumberFault.NONE else (fault.code, f"{fault.message}。")

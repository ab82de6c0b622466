"""Match a batch against the lists (自动比对): asked for a matter, read again, written, then answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Event
from chengxin.audit.contracts import Kind as EventKind
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel
from chengxin.jobs import facade as jobs
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import refuse_if
from chengxin.lists import facade as lists
from chengxin.matching import models
from chengxin.matching.contracts import Answer, Asked, Hit, Outcome, Row, State
from chengxin.matching.history import log_answer
from chengxin.matching.index import KEEPER, Index
from chengxin.matching.operators import match_operators
from chengxin.matching.people import NUMBER, Person, fault_of, match_people, namesakes_of
from chengxin.matching.rules import (
    MOST_ROWS,
    PURPOSE,
    action_for,
    held,
    is_object,
    lists_of,
    why_degraded,
    why_not_ask,
    why_not_persons,
)
from chengxin.matching.telling import tell
from chengxin.measures import facade as measures
from chengxin.measures.contracts import Measure
from chengxin.screening.contracts import Kind, Query
from chengxin.screening.facade import reason_text, tidied, why_unreadable

KEPT: Final = "lists.moved"
NOT_OBJECT: Final = gettext_noop("这项措施不对这类主体实施，所以不比对。")


def screen(actor: Actor, asked: Asked, *, now: datetime) -> Answer:
    """Answer who of a batch may be on which list; each hit is written where its subject sees it before it is said.

    Nothing is applied: a named officer proposes a measure (`measures.propose`), or clears the hit.
    """
    may_ask(actor, now=now)
    persons = sum(query.kind.strip().lower() == Kind.PERSON for query in asked.queries)
    measure, kinds = matter_of(
        actor, asked.purpose, lists_named=asked.lists, rows=len(asked.queries), persons=persons, now=now
    )
    queries = [tidied(query) for query in asked.queries]
    faults = [_fault(measure, query) for query in queries]
    index = KEEPER.current(at=now)
    found, people = _match(index, queries, faults, kinds, at=now)
    nearly = namesakes_of([one for one, (code, _) in zip(queries, faults, strict=True) if code == NUMBER], kinds)
    stale = why_degraded(_kept_at(), at=now)
    answer_id = new_id(now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        found = _cleared(actor, found, on=legal_day(now))
        tell(_batch(answer_id, actor, measure, kinds, count=len(queries), now=now), found, people, nearly)
        answer = Answer(
            id=answer_id,
            as_of=now,
            purpose=measure.code,
            basis=measure.basis,
            state=State.DEGRADED if stale else State.COMPLETE,
            code=stale.code if stale else "",
            said=stale.text() if stale else "",
            index=index.version,
            rules=index.rules,
            places={kind: index.places.get(kind, 0) for kind in kinds},
            rows=[
                _row(query, faults[at], found.get(at), is_stale=stale is not None) for at, query in enumerate(queries)
            ],
        )
        log_answer(answer, queries, body=actor.body, asked_by=actor.key)
    return answer


def _batch(
    answer_id: UUID, actor: Actor, measure: Measure, kinds: Sequence[str], *, count: int, now: datetime
) -> Event:
    return Event(
        kind=EventKind.SEARCH,
        actor=actor,
        at=now,
        purpose=PURPOSE,
        channel=Channel.BODY,
        basis=measure.basis,
        categories=held([lists.get_kind(kind) for kind in kinds]),
        reference=str(answer_id),
        count=count,
    )


def may_ask(actor: Actor, *, now: datetime) -> None:
    """Refuse whoever may not match at all."""
    resource = Resource(kind="list", body=actor.body)
    access.require(actor, action="list.match", resource=resource, purpose=PURPOSE, now=now)


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


def matter_of(
    actor: Actor,
    purpose: str,
    *,
    rows: int,
    persons: int,
    now: datetime,
    lists_named: Sequence[str] = (),
    most_rows: int = MOST_ROWS,
) -> tuple[Measure, tuple[str, ...]]:
    """Return the measure that is asked for and the lists to look at, or refuse: who, on which law, about how many."""
    measure, known, on = measures.measures().get(purpose), lists.kinds(), legal_day(now)
    refuse_if(why_not_ask(measure, lists=lists_named, known=known, rows=rows, most=most_rows))
    assert measure is not None
    fields = access.get_body(actor.body).fields_of_work
    refuse_if(measures.why_not_by(measure, body_fields=fields, on=on, pack=settings.LAW_PACK))
    most = int(consents.LAW.value("statutory.most_persons", on=on, pack=settings.LAW_PACK).number)
    refuse_if(why_not_persons(measure, persons=persons, most=most))
    return measure, tuple(dict.fromkeys(lists_named)) or lists_of(measure, known)


def _fault(measure: Measure, query: Query) -> tuple[str, str]:
    """Return code and words of why one row is not answered, or empty ones."""
    if code := why_unreadable(query):
        return code, reason_text(code)
    if not is_object(measure, query.kind):
        return "MATCH-OBJECT", NOT_OBJECT
    return fault_of(query) if query.kind == Kind.PERSON else ("", "")


def _kept_at() -> datetime | None:
    """Return when the lists were last brought up to date."""
    run = jobs.find_run(KEPT)
    return run.started_at if run else None


def _cleared(actor: Actor, found: Mapping[int, Sequence[Hit]], *, on: date) -> dict[int, list[Hit]]:
    """Mark the hits that an officer of the actor's body has cleared, while both sides are what they were."""
    tags = {hit.query_tag for hits in found.values() for hit in hits}
    rows = models.Clearance.objects.filter(
        Q(needs_second=False) | Q(confirmed_at__isnull=False),
        body=actor.body,
        query_tag__in=tags,
        ends_on__gt=on,
        withdrawn_at__isnull=True,
    ).values_list("query_tag", "entry_tag", "entry_id", "ends_on")
    until = {(bytes(one), bytes(other), entry_id): ends_on for one, other, entry_id, ends_on in rows}

    def marked(hit: Hit) -> Hit:
        ends_on = until.get((hit.query_tag, hit.entry_tag, hit.entry_id))
        if ends_on is None:
            return hit
        action = action_for(hit.action, has_objection=False, is_cleared=True)
        return replace(hit, action=action, cleared_until=ends_on)

    return {at: [marked(hit) for hit in hits] for at, hits in found.items()}


def _row(query: Query, fault: tuple[str, str], hits: Sequence[Hit] | None, *, is_stale: bool) -> Row:
    code, said = fault
    if hits is None:
        return Row(id=query.id, outcome=Outcome.UNANSWERED, code=code, said=said)
    code, said = _doubt(query)
    empty = Outcome.DEGRADED if is_stale else Outcome.NONE
    return Row(id=query.id, outcome=Outcome.HITS if hits else empty, hits=hits, code=code, said=said)


def _doubt(query: Query) -> tuple[str, str]:
    """Return what is wrong with the credit code of a row that was answered by name all the same."""
    written = compact(query.uscc)
    if query.kind != Kind.ENTERPRISE or len(written) != 18:
        return "", ""
    fault = check_number(written, kind=IdentifierKind.USCC)
    return ("", "") if fault is NumberFault.NONE else (fault.code, f"{fault.message}。")

"""Who may ask for which matter, about how many, on which lists; and which rows of a batch can be answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop

from chengxin.access import facade as access
from chengxin.access.contracts import Body, Resource
from chengxin.audit.contracts import Event
from chengxin.audit.contracts import Kind as EventKind
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import refuse_if
from chengxin.lists import facade as lists
from chengxin.matching.contracts import Asked
from chengxin.matching.people import fault_of
from chengxin.matching.rules import (
    MOST_ROWS,
    PURPOSE,
    held,
    is_object,
    lists_of,
    why_not_ask,
    why_not_persons,
)
from chengxin.measures import facade as measures
from chengxin.measures.contracts import Measure
from chengxin.screening.contracts import Kind, Query
from chengxin.screening.facade import reason_text, tidied, why_unreadable

NOT_OBJECT: Final = gettext_noop("这项措施不对这类主体实施，所以不比对。")
BodyOf = Callable[[str], Body]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """A batch that may be asked: by whom, for which matter, on which lists, and what is wrong with each row, or ''."""

    id: UUID
    actor: Actor
    at: datetime
    measure: Measure
    kinds: tuple[str, ...]
    queries: Sequence[Query]
    faults: Sequence[tuple[str, str]]

    @cached_property
    def event(self) -> Event:
        """Return the event that tells of the batch as a whole."""
        return Event(
            kind=EventKind.SEARCH,
            actor=self.actor,
            at=self.at,
            purpose=PURPOSE,
            channel=Channel.BODY,
            basis=self.measure.basis,
            categories=held([lists.get_kind(kind) for kind in self.kinds]),
            reference=str(self.id),
            count=len(self.queries),
        )


def admitted(actor: Actor, asked: Asked, *, now: datetime, body_of: BodyOf = access.get_body) -> Batch:
    """Return what somebody asks as a batch, or refuse it."""
    may_ask(actor, now=now)
    persons = sum(query.kind.strip().lower() == Kind.PERSON for query in asked.queries)
    measure, kinds = matter_of(
        actor,
        asked.purpose,
        lists_named=asked.lists,
        rows=len(asked.queries),
        persons=persons,
        now=now,
        body_of=body_of,
    )
    queries = [tidied(query) for query in asked.queries]
    return Batch(
        id=new_id(now),
        actor=actor,
        at=now,
        measure=measure,
        kinds=kinds,
        queries=queries,
        faults=[_fault(measure, query) for query in queries],
    )


def may_ask(actor: Actor, *, now: datetime) -> None:
    """Refuse whoever may not match at all."""
    resource = Resource(kind="list", body=actor.body)
    access.require(actor, action="list.match", resource=resource, purpose=PURPOSE, now=now)


def matter_of(
    actor: Actor,
    purpose: str,
    *,
    rows: int,
    persons: int,
    now: datetime,
    lists_named: Sequence[str] = (),
    most_rows: int = MOST_ROWS,
    body_of: BodyOf = access.get_body,
) -> tuple[Measure, tuple[str, ...]]:
    """Return the measure that is asked for and the lists to look at, or refuse: who, on which law, about how many."""
    measure, known, on = measures.measures().get(purpose), lists.kinds(), legal_day(now)
    refuse_if(why_not_ask(measure, lists=lists_named, known=known, rows=rows, most=most_rows))
    assert measure is not None
    fields = body_of(actor.body).fields_of_work
    refuse_if(measures.why_not_by(measure, body_fields=fields, on=on, pack=settings.LAW_PACK))
    if persons:
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

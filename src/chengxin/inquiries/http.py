"""Queries over the API: by consent with its result, and for a statutory duty."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.consents.contracts import Result
from chengxin.inquiries import facade as inquiries
from chengxin.inquiries.contracts import Answer, Fact, Person, Procedure, Statutory
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import problem_response

router = Router(tags=["queries"])
SCOPE = "record.query"
FORBIDDEN = 403


class QueryIn(BaseModel):
    """Which consent is used, for which purpose rule."""

    model_config = ConfigDict(extra="forbid")

    consent: UUID
    rule: Annotated[str, Field(min_length=1, max_length=60)]


class FactOut(BaseModel):
    """One record within scope; `mark` says that it is disputed, `statement` is what the person says of it."""

    record: UUID
    version: int
    item: str
    title: str
    source: str
    dated: date | None
    fields: dict[str, Any]
    mark: str
    statement: str


class AnswerOut(BaseModel):
    """Facts, never a verdict; no fact says only that there is none within scope."""

    query: UUID
    as_of: datetime
    subject: str
    facts: list[FactOut]
    delete_by: datetime
    result_by: date | None
    needs_human: bool
    only_easier: bool


class ResultIn(BaseModel):
    """What came of a query; an adverse result names the items it rests on and was decided by a person."""

    model_config = ConfigDict(extra="forbid")

    result: Annotated[str, Field(min_length=1, max_length=200)]
    adverse: bool = False
    items_used: Annotated[list[str], Field(max_length=60)] = []
    by_person: bool = False


class ResultOut(BaseModel):
    """The result as it is kept; whether the person was told."""

    query: UUID
    result: str
    adverse: bool
    told: bool


@router.post("/authorised-queries", auth=access.client_auth(SCOPE), response=AnswerOut, summary="Query by consent")
@outlet("query.authorised")
def authorised_query(request: HttpRequest, body: QueryIn) -> AnswerOut | HttpResponse:
    """Answer with the fields of rule ∩ consent; without a live consent 403, and the person sees the attempt."""
    try:
        answer = inquiries.query(access.actor_of(request), consent_id=body.consent, rule=body.rule, now=now())
    except Refused as refused:
        return problem_response(refused.refusal, FORBIDDEN)
    return answer_out(answer)


@router.post(
    "/authorised-queries/{query_id}/result",
    auth=access.client_auth(SCOPE),
    response=ResultOut,
    summary="Post the result",
)
@no_records
def result(request: HttpRequest, query_id: UUID, body: ResultIn) -> ResultOut:
    """Keep the result of a query, once; an adverse one is told to the person at once."""
    said = Result(
        result=body.result, is_adverse=body.adverse, items_used=tuple(body.items_used), by_person=body.by_person
    )
    kept = inquiries.post_result(access.actor_of(request), query_id, said, now=now())
    return ResultOut(query=kept.id, result=kept.result, adverse=kept.is_adverse, told=kept.is_adverse)


def _fact_out(fact: Fact) -> FactOut:
    return FactOut(
        record=fact.record_id,
        version=fact.version,
        item=fact.item_code,
        title=fact.title,
        source=fact.source_body,
        dated=fact.dated,
        fields=dict(fact.fields),
        mark="objection" if fact.has_objection else "",
        statement=fact.statement,
    )


def answer_out(answer: Answer) -> AnswerOut:
    """Return an answer as it is written."""
    return AnswerOut(
        query=answer.query_id,
        as_of=answer.as_of,
        subject=answer.subject,
        facts=[_fact_out(fact) for fact in answer.facts],
        delete_by=answer.delete_by,
        result_by=answer.result_by,
        needs_human=answer.needs_human,
        only_easier=answer.is_only_easier,
    )


class PersonIn(BaseModel):
    """One person of the announced list."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=40)]
    number: Annotated[str, Field(min_length=4, max_length=24)]


class StatutoryIn(BaseModel):
    """A statutory query: purpose rule, article, announced procedure, named persons, at most the rule's fields."""

    model_config = ConfigDict(extra="forbid")

    rule: Annotated[str, Field(min_length=1, max_length=60)]
    basis: Annotated[str, Field(max_length=40)] = ""
    procedure_number: Annotated[str, Field(max_length=80)] = ""
    announced_on: date
    announced_at: Annotated[str, Field(max_length=300)] = ""
    announced_count: Annotated[int, Field(ge=1, le=10_000)]
    matter: Annotated[str, Field(min_length=1, max_length=200)]
    persons: Annotated[list[PersonIn], Field(max_length=200)]
    items: dict[str, list[str]] | None = None


class StatutoryOut(BaseModel):
    """Where a statutory query stands; nothing of a person is told."""

    id: UUID
    number: str
    state: str
    persons: int


class FoundOut(BaseModel):
    """The facts about one person, by the place in the list."""

    place: int
    facts: list[FactOut]


REQUEST_SCOPE = "statutory.request"


@router.post(
    "/statutory-queries",
    auth=access.client_auth(REQUEST_SCOPE),
    response=StatutoryOut,
    summary="Ask by statute",
)
@no_records
def statutory_query(request: HttpRequest, body: StatutoryIn) -> StatutoryOut:
    """Take a statutory query; a second person of the organ approves it on its page before anything is read."""
    actor = access.actor_of(request)
    query_id = inquiries.request(
        actor,
        rule=body.rule,
        basis=body.basis,
        procedure=Procedure(
            number=body.procedure_number,
            announced_on=body.announced_on,
            address=body.announced_at,
            announced_count=body.announced_count,
            matter=body.matter,
        ),
        persons=[Person(name=one.name, number=one.number) for one in body.persons],
        items=body.items,
        now=now(),
    )
    return _statutory_out(inquiries.get_query(actor, query_id, now=now()))


@router.get("/statutory-queries/{query_id}", auth=access.client_auth(REQUEST_SCOPE), response=StatutoryOut)
@no_records
def statutory_state(request: HttpRequest, query_id: UUID) -> StatutoryOut:
    """Tell whether a statutory query was approved."""
    return _statutory_out(inquiries.get_query(access.actor_of(request), query_id, now=now()))


@router.post("/statutory-queries/{query_id}/facts", auth=access.client_auth(SCOPE), response=list[FoundOut])
@outlet("query.statutory")
def statutory_facts(request: HttpRequest, query_id: UUID) -> list[FoundOut] | HttpResponse:
    """Answer with the facts within scope, never a verdict; each person gets a line in their history."""
    try:
        found = inquiries.read_facts(access.actor_of(request), query_id, now=now())
    except Refused as refused:
        return problem_response(refused.refusal, FORBIDDEN)
    return [FoundOut(place=one.place, facts=[_fact_out(fact) for fact in one.facts]) for one in found]


def _statutory_out(asked: Statutory) -> StatutoryOut:
    return StatutoryOut(id=asked.id, number=asked.number, state=asked.state, persons=len(asked.persons))

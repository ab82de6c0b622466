"""Matching over HTTP: a batch for one matter; each hit with its evidence, nothing decided."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.kernel.clock import now
from chengxin.matching import facade
from chengxin.matching.contracts import Answer, Asked, Outcome, State
from chengxin.matching.written import hit_values
from chengxin.records.facade import outlet
from chengxin.screening.contracts import Action, Query, Tier

router = Router(tags=["lists"])
SCOPE = "list.match"
Cell = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(max_length=20_000)]


class QueryIn(BaseModel):
    """Whom one row is about, as in the files of `chengxin screen`; `kind` is person or enterprise, aliases by `|`."""

    model_config = ConfigDict(extra="forbid")

    id: Cell
    kind: Cell
    name: Name = ""
    alias: Name = ""
    id_no: Cell = ""
    uscc: Cell = ""
    birth_date: Cell = ""
    region: Cell = ""


class ScreenIn(BaseModel):
    """For which measure of the published list is asked, on which of its lists (all, if none is named), about whom."""

    model_config = ConfigDict(extra="forbid")

    purpose: Cell = ""
    lists: Annotated[list[Cell], Field(max_length=60)] = []
    queries: list[QueryIn]

    def asked(self) -> Asked:
        """Return what is asked, as the package knows it."""
        return Asked(
            purpose=self.purpose,
            lists=tuple(self.lists),
            queries=[Query(**row.model_dump()) for row in self.queries],
        )


class HitOut(BaseModel):
    """One entry a row may be about; both values are empty for a natural person, of whom nothing is opened."""

    entry: UUID
    list: str
    record: UUID
    version: int
    score: float
    tier: Tier
    action: Action
    rule: str
    query_value: str
    entry_value: str
    alignment: str
    explanation: str
    would_change: str
    document: str
    reason: str
    legal_basis: str
    source: str
    valid_from: date | None
    valid_until: date | None
    mark: str
    cleared_until: date | None


class RowOut(BaseModel):
    """The answer to one row; `degraded` and `unanswered` do not mean that nobody is listed."""

    id: str
    outcome: Outcome
    code: str
    said: str
    hits: list[HitOut]


class ScreenOut(BaseModel):
    """The answer: as of when, by which index and rules, up to which change of each list."""

    screening: UUID
    as_of: datetime
    purpose: str
    basis: list[str]
    state: State
    code: str
    said: str
    index: str
    rules: str
    places: dict[str, int]
    results: list[RowOut]


@router.post("/screen", auth=access.client_auth(SCOPE), response=ScreenOut, summary="Match a batch against the lists")
@outlet("public.lists", "matching.persons")
def screen(request: HttpRequest, body: ScreenIn) -> HttpResponse:
    """Propose; an officer decides. A person is matched by number alone, and sees that they were."""
    return json_response(facade.screen(access.actor_of(request), body.asked(), now=now()))


def json_response(answer: Answer) -> HttpResponse:
    """Return an answer as `ScreenOut` describes it, written straight: a batch may be a thousand rows."""
    said = {
        "screening": answer.id,
        "as_of": answer.as_of,
        "purpose": answer.purpose,
        "basis": list(answer.basis),
        "state": answer.state,
        "code": answer.code,
        "said": answer.said,
        "index": answer.index,
        "rules": answer.rules,
        "places": dict(answer.places),
        "results": [
            {
                "id": row.id,
                "outcome": row.outcome,
                "code": row.code,
                "said": row.said,
                "hits": [hit_values(hit) for hit in row.hits],
            }
            for row in answer.rows
        ],
    }
    return HttpResponse(orjson.dumps(said), content_type="application/json; charset=utf-8")

"""Leads over HTTP: a platform reports one (报送线索) and reads what came of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.kernel.clock import now
from chengxin.leads import facade
from chengxin.leads.contracts import Filed, Grade, Outcome
from chengxin.records.facade import no_records

router = Router(tags=["leads"])
SCOPE = "market.file"
Reference = Annotated[str, Field(min_length=1, max_length=64)]


class Kind(StrEnum):
    """The seven behaviours: what the platform thinks should be looked into."""

    BRUSHING = "brushing"
    REVIEWS = "reviews"
    TRAFFIC = "traffic"
    MISMATCH = "mismatch"
    COUNTERFEIT = "counterfeit"
    PRICE = "price"
    GOODS = "goods"


class Standing(StrEnum):
    """Whose word it is: the platform's own (平台认定) until an authority has looked into it."""

    PLATFORM = "platform"
    AUTHORITY = "authority"


class LeadIn(BaseModel):
    """One lead about a shop: its window [first_day, end_day), what was measured, the orders if any; no names."""

    model_config = ConfigDict(extra="forbid")

    reference: Reference
    shop: Reference
    kind: Kind
    first_day: date
    end_day: date
    measured: Annotated[dict[Annotated[str, Field(max_length=40)], int | float], Field(min_length=1, max_length=20)]
    orders: Annotated[list[Reference], Field(max_length=1000)] = []


class LeadOut(BaseModel):
    """What became of it: whose word it is, grade A to C, whether it is looked into, the result code at the end."""

    reference: str
    standing: Standing
    grade: Grade
    state: str
    result: Outcome
    filed_at: datetime


@router.post("/leads", auth=access.client_auth(SCOPE), response=LeadOut, summary="Report a lead")
@no_records
def report(request: HttpRequest, body: LeadIn) -> LeadOut:
    """Take a platform's lead; the same reference again changes nothing."""
    finding = facade.reported(
        body.kind.value,
        shop=body.shop,
        first_day=body.first_day,
        end_day=body.end_day,
        orders=body.orders,
        measured=body.measured,
    )
    return _out(facade.report(access.actor_of(request), finding, reference=body.reference, now=now()))


@router.get("/leads/{reference}", auth=access.client_auth(SCOPE), response=LeadOut, summary="What became of a lead")
@no_records
def result(request: HttpRequest, reference: str) -> LeadOut:
    """Answer with the result code of one's own report."""
    return _out(facade.get_report(access.actor_of(request), reference, now=now()))


def _out(filed: Filed) -> LeadOut:
    return LeadOut(
        reference=filed.reference,
        standing=Standing.AUTHORITY if filed.is_decided else Standing.PLATFORM,
        grade=Grade(filed.grade),
        state=filed.state,
        result=filed.outcome,
        filed_at=filed.filed_at,
    )

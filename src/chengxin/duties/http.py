"""What platforms owe over HTTP: a program files, reads what is owed, and reads its ledger; measures need a person."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.duties import facade
from chengxin.duties.contracts import Action, PlatformFiling, Report
from chengxin.kernel.clock import legal_day, now
from chengxin.market import facade as market
from chengxin.market.contracts import Platform
from chengxin.records.facade import no_records

router = Router(tags=["platform duties"])
SCOPE = "market.file"
Code = Annotated[str, Field(min_length=1, max_length=20)]
Answer = Annotated[str, Field(max_length=500)]


class FilingIn(BaseModel):
    """One filing: a month (`2027-01`), or the day something happened; answers by field, in words that name nobody."""

    model_config = ConfigDict(extra="forbid")

    duty: Code
    period: Annotated[str, Field(max_length=7)] = ""
    happened_on: date | None = None
    answers: Annotated[dict[Code, Answer], Field(max_length=20)]


class FilingOut(BaseModel):
    """A filing as it stands for good, its answers with numbers of people masked."""

    number: str
    duty: str
    period: str
    happened_on: date | None
    answers: dict[str, str]
    due_on: date
    filed_on: date
    is_late: bool
    is_supplement: bool


class OwedOut(BaseModel):
    """A filing that is owed: from which day it can be filed, and its last day."""

    duty: str
    period: str
    opens_on: date
    due_on: date
    is_overdue: bool


class ActionOut(BaseModel):
    """One measure or class of the platform's ledger."""

    number: str
    shop: str
    shop_id: UUID
    kind: str
    grade: str
    rule: str
    rule_version: int
    article: str
    reasons: str
    decided_on: date
    starts_on: date
    ends_on: date | None
    lifted_on: date | None
    is_public: bool


@router.post("/platform-filings", auth=access.client_auth(SCOPE), response=FilingOut, summary="File what is owed")
@no_records
def file_report(request: HttpRequest, body: FilingIn) -> FilingOut:
    """Take a filing; the same one again is answered with the one that stands and adds nothing."""
    report = Report(duty=body.duty, answers=body.answers, period=body.period, happened_on=body.happened_on)
    return _filing(facade.file_report(access.actor_of(request), report, now=now(), once=True))


@router.get("/platform-filings", auth=access.client_auth(SCOPE), response=list[FilingOut], summary="What was filed")
@no_records
def filings(request: HttpRequest) -> list[FilingOut]:
    """Answer with what one's own platform filed, the newest first, at most 200."""
    return [_filing(one) for one in facade.list_filings(_own(request).body)]


@router.get("/platform-filings/owed", auth=access.client_auth(SCOPE), response=list[OwedOut], summary="What is owed")
@no_records
def owed(request: HttpRequest) -> list[OwedOut]:
    """Answer with what one's own platform has still to file, the nearest last day first."""
    at = now()
    return [
        OwedOut(
            duty=one.duty,
            period=one.period,
            opens_on=one.opens_on,
            due_on=one.due_on,
            is_overdue=one.is_overdue(legal_day(at)),
        )
        for one in facade.list_owed(_own(request), now=at)
    ]


@router.get("/platform-actions", auth=access.client_auth(SCOPE), response=list[ActionOut], summary="The own ledger")
@no_records
def actions(request: HttpRequest) -> list[ActionOut]:
    """Answer with one's own measures and classes, the newest first, at most 50; who takes one is a named person."""
    _own(request)
    return [_action(one) for one in facade.list_of_platform(access.actor_of(request))]


def _own(request: HttpRequest) -> Platform:
    return market.platform_of(access.actor_of(request), now=now())


def _filing(one: PlatformFiling) -> FilingOut:
    return FilingOut(
        number=one.number,
        duty=one.report.duty,
        period=one.report.period,
        happened_on=one.report.happened_on,
        answers=dict(one.report.answers),
        due_on=one.due_on,
        filed_on=one.filed_on,
        is_late=one.filed_on > one.due_on,
        is_supplement=one.is_supplement,
    )


def _action(one: Action) -> ActionOut:
    taken = one.measure
    return ActionOut(
        number=one.number,
        shop=taken.shop,
        shop_id=one.shop_id,
        kind=taken.kind,
        grade=taken.grade,
        rule=one.rule.text.code,
        rule_version=one.rule.version,
        article=taken.article,
        reasons=taken.reasons,
        decided_on=one.decided_on,
        starts_on=taken.starts_on,
        ends_on=taken.ends_on,
        lifted_on=one.lifted_on,
        is_public=one.is_public,
    )

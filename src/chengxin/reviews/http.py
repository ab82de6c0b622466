"""Trades and reviews over HTTP: a platform files them and says what it shows; everybody reads a ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.kernel.clock import now
from chengxin.records.facade import no_records
from chengxin.reviews import facade
from chengxin.reviews.contracts import About, Side, Taken, Trade, Written
from chengxin.ui.facade import words_of

router = Router(tags=["reviews"])
SCOPE = "market.file"
Reference = Annotated[str, Field(min_length=1, max_length=64)]


class TradeIn(BaseModel):
    """One completed trade; order, buyer and parcel are kept as keyed hashes alone, the courier company by its name."""

    model_config = ConfigDict(extra="forbid")

    shop: Reference
    order: Reference
    buyer: Reference
    completed_at: AwareDatetime
    parcel: Annotated[str, Field(max_length=64)] = ""
    courier: Annotated[str, Field(max_length=80)] = ""


class TradesIn(BaseModel):
    """Up to 1000 completed trades."""

    model_config = ConfigDict(extra="forbid")

    trades: Annotated[list[TradeIn], Field(min_length=1, max_length=1000)]


class ReviewIn(BaseModel):
    """What one side wrote about a trade: marks by dimension, or as a follow-up words alone; of a parcel marks alone."""

    model_config = ConfigDict(extra="forbid")

    order: Reference
    side: Side
    marks: dict[str, int] = {}
    text: Annotated[str, Field(max_length=4000)] = ""
    written_at: AwareDatetime
    is_followup: bool = False
    about: About = About.TRADE


class ReviewsIn(BaseModel):
    """Up to 1000 reviews."""

    model_config = ConfigDict(extra="forbid")

    reviews: Annotated[list[ReviewIn], Field(min_length=1, max_length=1000)]


class SnapshotIn(BaseModel):
    """The orders whose buyers' reviews a platform shows of a shop at a moment."""

    model_config = ConfigDict(extra="forbid")

    shop: Reference
    as_of: AwareDatetime
    orders: Annotated[list[Reference], Field(max_length=100_000)]


class TakenOut(BaseModel):
    """What became of one: taken, when it opens, how many numbers of people were masked; or why not taken."""

    order: str
    taken: bool
    id: UUID | None = None
    opens_at: datetime | None = None
    masked: int = 0
    fault: dict[str, str] | None = None


class ComparedOut(BaseModel):
    """How many reviews were shown, how many are no longer shown without a ground, and the case about them if any."""

    listed: int
    missing: int
    case: str


@router.post("/trades", auth=access.client_auth(SCOPE), response=list[TakenOut], summary="File completed trades")
@no_records
def file_trades(request: HttpRequest, body: TradesIn) -> list[TakenOut]:
    """Take completed trades; without one, no review is taken."""
    trades = [Trade(**one.model_dump()) for one in body.trades]
    return [_out(one) for one in facade.file_trades(access.actor_of(request), trades, now=now())]


@router.post("/reviews", auth=access.client_auth(SCOPE), response=list[TakenOut], summary="File reviews")
@no_records
def file_reviews(request: HttpRequest, body: ReviewsIn) -> list[TakenOut]:
    """Take reviews of matched trades; the same again changes nothing, and nothing changes or deletes one."""
    written = [Written(**one.model_dump()) for one in body.reviews]
    return [_out(one) for one in facade.file_reviews(access.actor_of(request), written, now=now())]


@router.post("/reviews/snapshots", auth=access.client_auth(SCOPE), response=ComparedOut, summary="Say what is shown")
@no_records
def snapshot(request: HttpRequest, body: SnapshotIn) -> dict[str, Any]:
    """Compare what the platform shows of a shop with what is kept."""
    actor = access.actor_of(request)
    found = facade.compare_snapshot(actor, body.shop, orders=body.orders, as_of=body.as_of, now=now())
    return {"listed": found.listed, "missing": found.missing, "case": found.case_number}


def _out(taken: Taken) -> TakenOut:
    if taken.refusal is not None:
        fault = {"code": taken.refusal.code, "field": taken.refusal.field, **words_of(taken.refusal)}
        return TakenOut(order=taken.order, taken=False, fault=fault)
    return TakenOut(order=taken.order, taken=True, id=taken.id, opens_at=taken.opens_at, masked=taken.masked)

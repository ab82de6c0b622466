"""Shops over HTTP: a platform files them, everybody reads what a badge answers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal
from chengxin.market import facade
from chengxin.market.contracts import BadgeState, Exemption, Filed, Filing, Seller, Standing
from chengxin.market.warning_display import words_of_warning
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import words_of

router = Router(tags=["market"])
SCOPE = "market.file"
Short = Annotated[str, Field(max_length=200)]


class ShopIn(BaseModel):
    """One shop; of an individual seller only number, host, categories and why they need not register."""

    model_config = ConfigDict(extra="forbid")

    number: Annotated[str, Field(min_length=1, max_length=40)]
    seller: Seller
    address: Short
    categories: Annotated[list[str], Field(max_length=20)]
    verified_on: date
    opened_on: date
    closed_on: date | None = None
    uscc: Annotated[str, Field(max_length=40)] = ""
    name: Short = ""
    title: Annotated[str, Field(max_length=80)] = ""
    exemption: Exemption | None = None


class ShopsIn(BaseModel):
    """Up to 500 shops; filed again under the same number a shop is replaced."""

    model_config = ConfigDict(extra="forbid")

    shops: Annotated[list[ShopIn], Field(min_length=1, max_length=500)]


class FaultOut(BaseModel):
    """Why one was not taken: what happened, why, what to do, and a code that never changes."""

    code: str
    field: str
    what: str
    why: str
    next_step: str


class ShopOut(BaseModel):
    """What became of one: taken, with what the register answered and until when to verify again; or why not."""

    number: str
    taken: bool
    id: UUID | None = None
    standing: Standing | None = None
    verify_by: date | None = None
    fault: FaultOut | None = None


class BadgeOut(BaseModel):
    """What the badge of a shop answers to a site, and the same signed (compact JWS, `typ` shop-badge+jws)."""

    state: BadgeState
    address: str
    statement: str


class WarnedShopOut(BaseModel):
    """A shop a warning is about."""

    platform: str
    number: str


class WarningOut(BaseModel):
    """One warning: the entry of the list it rests on, its text in the asked language, and the shops it is about."""

    entry: UUID
    kind: str
    text: str
    uscc: str
    has_objection: bool
    shops: list[WarnedShopOut]


@router.post("/merchants", auth=access.client_auth(SCOPE), response=list[ShopOut], summary="File shops")
@no_records
def file_shops(request: HttpRequest, body: ShopsIn) -> list[ShopOut]:
    """Take shops in; one that is refused stops none of the others, and the same again changes nothing."""
    filings = [
        Filing(**{**one.model_dump(), "categories": tuple(one.categories), "exemption": one.exemption or ""})
        for one in body.shops
    ]
    return [_out(one) for one in facade.file_shops(access.actor_of(request), filings, now=now())]


@router.get("/shops/{shop_id}/badge", response=BadgeOut, summary="What a shop's badge answers", url_name="shop_badge")
@outlet("public.shops")
def badge(request: HttpRequest, shop_id: UUID, site: Annotated[str, Query(max_length=300)] = "") -> dict[str, Any]:  # noqa: ARG001
    """Answer for the site that is named; without one, that none was said."""
    shop, at = facade.get_shop(shop_id), now()
    return {
        "state": facade.state(shop, site, now=at),
        "address": shop.address,
        "statement": facade.statement(shop, site, now=at),
    }


@router.get("/warnings", response=list[WarningOut], summary="Warnings to buyers that stand", url_name="warnings")
@outlet("public.lists")
def warnings(
    request: HttpRequest,  # noqa: ARG001
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[dict[str, Any]]:
    """Answer with every warning that stands and its text; what is not here any more is shown nowhere any more.

    A platform is told of each by its outbox (`market.warning`) and answers `replaced` once it shows it, `deleted` once
    it took it off; the minutes are public.
    """
    return [
        {
            "entry": one.entry.id,
            "kind": one.entry.kind,
            "text": words_of_warning(one.entry),
            "uscc": one.entry.uscc,
            "has_objection": one.entry.has_objection,
            "shops": [{"platform": shop.platform, "number": shop.number} for shop in one.shops],
        }
        for one in facade.list_warned(now=now(), limit=limit, offset=offset)
    ]


def fault_of(refusal: Refusal) -> FaultOut:
    """Return a refusal as one answer among others."""
    return FaultOut(code=refusal.code, field=refusal.field, **words_of(refusal))


def _out(filed: Filed) -> ShopOut:
    if filed.shop is None:
        assert filed.refusal is not None
        return ShopOut(number=filed.number, taken=False, fault=fault_of(filed.refusal))
    shop = filed.shop
    return ShopOut(number=shop.number, taken=True, id=shop.id, standing=shop.standing, verify_by=shop.due_on)

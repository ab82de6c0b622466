"""A firm's shop on a platform with one trade, a market regulator over the place, and a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tests.worlds import world

from chengxin.access import facade as access
from chengxin.disputes import facade
from chengxin.disputes.contracts import Contact, Received, Told
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.kernel.actor import Actor, Role
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, ground, market, shop_of, sold, today
from chengxin.objections.tests.conftest import officer
from chengxin.reviews.tests.conftest import firm, trade

__all__ = ["firm", "ground", "market", "sold", "today"]
DAY = timedelta(days=1)
WHO = Contact(name="丁一平", phone="13900000000", address="云汀市禾木路3号")
TEXT = "买的保温杯漏水，客服说自己负责。"


@dataclass(frozen=True)
class Town:
    """A shop, its operator, its platform's clerk, the officer of the market regulator, and an outsider."""

    shop: Shop
    merchant: Actor
    clerk: Actor
    regulator: Actor
    outsider: Actor


@world
def town(market: Office, sold: Sold, firm: UUID) -> Town:
    """Return a shop with one completed trade, `O-1` in parcel `YT001`."""
    shop = shop_of(sold)
    trade(sold, parcel="YT001")
    account = access.open_account("firm", actor=SETUP, now=NOW, subject_id=firm)
    found = access.find_account_by_id(account.id, on=NOW.date())
    assert found is not None
    return Town(
        shop=shop,
        merchant=access.actor_for_account(found, on=NOW.date()),
        clerk=sold.clerk,
        regulator=officer("sj-officer", market.body, Role.CASE_OFFICER),
        outsider=sold.office,
    )


def complain(shop: Shop, *, now: datetime = NOW, **changed: Any) -> Received:
    """Complain about a shop as somebody with a parcel in the hand."""
    plain: dict[str, Any] = {"matter": "quality", "asks": "refund", "text": TEXT, "asked_fen": 5900, "order": "YT001"}
    return facade.receive(Told(shop_id=shop.id, **{**plain, **changed}), now=now)

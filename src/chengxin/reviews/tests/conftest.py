"""A firm's shop on a registered platform, trades in it, and what both sides wrote."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import polars as pl
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, SETUP
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import (
    FIRM,
    NAME,
    Sold,
    ground,
    market,
    shop_of,
    sold,
    today,
)
from chengxin.reviews import facade
from chengxin.reviews.contracts import Side, Taken, Trade, Written
from chengxin.subjects import facade as subjects

__all__ = ["ground", "market", "sold", "today"]
DONE = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)
EARLY = datetime(2026, 11, 3, 3, 0, tzinfo=UTC)
FIVE = {"goods": 5, "service": 5, "delivery": 5}


@world
def firm(ground: None) -> UUID:
    """Return a firm that the register knows; it needs no record here."""
    claim = {"row": [0], "kind": ["legal_person"], "id_kind": ["uscc"], "number": [FIRM], "name": [NAME]}
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        found = subjects.resolve_many(pl.DataFrame(claim, schema_overrides={"row": pl.UInt32}), now=NOW, actor=SETUP)
    return UUID(found["subject_id"][0])


@world
def shop(sold: Sold, firm: UUID) -> Shop:
    """Return the firm's shop with one completed trade, `O-1` of buyer `B-1`."""
    found = shop_of(sold)
    trade(sold)
    assert found.subject_id == firm
    return found


def trade(sold: Sold, order: str = "O-1", **changed: Any) -> Taken:
    plain = {"shop": "S-1", "order": order, "buyer": order.replace("O", "B"), "completed_at": DONE}
    (taken,) = facade.file_trades(sold.clerk, [Trade(**{**plain, **changed})], now=NOW)
    return taken


def review(sold: Sold, order: str = "O-1", *, now: datetime = NOW, **changed: Any) -> Taken:
    plain = {"order": order, "side": Side.BUYER, "marks": FIVE, "text": "和描述一样。", "written_at": EARLY}
    (taken,) = facade.file_reviews(sold.clerk, [Written(**{**plain, **changed})], now=now)
    return taken


def of_buyer(sold: Sold, order: str = "O-1", *, now: datetime = NOW, **changed: Any) -> Taken:
    """File how the seller rated the buyer."""
    plain = {"side": Side.SELLER, "marks": {"conduct": 4}, "text": "付款及时。"}
    return review(sold, order, now=now, **{**plain, **changed})


def code(taken: Taken) -> str:
    return taken.refusal.code if taken.refusal else ""

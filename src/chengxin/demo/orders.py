"""What was ordered on the platform of the province: honest trade, sales days, rings with their papers.

Orders go back eighteen months, so that a ring has a past it is measured by; papers go back sixty days, reviews
longer. The same day and seed give the same rows. Shops named in `data/orders.yaml` are registered; the others sell
from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import polars as pl

from chengxin.demo.places import read_data

_BEIJING = ZoneInfo("Asia/Shanghai")
_HOUR = timedelta(hours=1)
_PAPERS = timedelta(days=60)
_REVIEWS = timedelta(days=150)
_GRAMS = 800


@dataclass(frozen=True, kw_only=True)
class Order:
    """One order with what its papers are to say; where `odd` names nothing they agree."""

    number: str
    shop: str
    buyer: str
    at: datetime
    device: str
    fen: int
    odd: frozenset[str] = frozenset()


@dataclass
class Trade:
    """The orders of a market, and the tables a platform hands in of them."""

    today: date
    seed: int
    orders: list[Order] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let honest buyers order, sales days draw strangers, and rings do what the story tells of them."""
        lot, told = Random(self.seed), read_data("orders.yaml")  # noqa: S311 - a story, nothing secret
        self._honest(lot, told["honest"])
        for name, party in told["parties"].items():
            self._party(lot, name, party)

    def tables(self) -> Iterator[tuple[str, pl.DataFrame]]:
        """Yield each table a platform hands in, in the lake's names."""
        recent = [one for one in self.orders if self.today - one.at.date() <= _PAPERS]
        yield "orders", _frame(_order(one) for one in self.orders)
        yield "order_lines", _frame(_line(one) for one in recent)
        yield "payments", _frame(row for one in recent for row in _payments(one))
        yield "waybills", _frame(_waybill(one) for one in recent)
        yield "parcel_scans", _frame(row for one in recent for row in _scans(one))
        yield "reviews", _frame(_review(one) for one in self.orders if self.today - one.at.date() <= _REVIEWS)

    def _honest(self, lot: Random, told: Mapping[str, Any]) -> None:
        shops = [*told["shops"], *(f"N-{place}" for place in range(told["others"]))]
        liked = [lot.paretovariate(1.2) for _shop in shops]
        zeal = [lot.paretovariate(1.6) for _buyer in range(told["buyers"])]
        for place, shop in enumerate(lot.choices(shops, liked, k=told["orders"])):
            (buyer,) = lot.choices(range(told["buyers"]), zeal)
            ago = lot.randrange(6, told["days"])
            # A day is a file of the lake: of what has no papers any more every third day is enough.
            self._add(lot, f"H-{place}", shop, f"b{buyer}", ago=ago if ago <= _PAPERS.days else ago - ago % 3)

    def _party(self, lot: Random, name: str, told: Mapping[str, Any]) -> None:
        """Add a group of accounts that order within a few days, honest or not."""
        first, last = told["days"]
        for account in range(told["accounts"]):
            buyer = f"b{lot.randrange(900)}" if told.get("known") else f"{name}-{account}"
            for turn, shop in enumerate(lot.sample(told["shops"], told["each"])):
                self._add(
                    lot,
                    f"{name}-{account}-{turn}",
                    shop,
                    buyer,
                    ago=lot.randrange(last, first + 1),
                    odd=told.get("odd", ()),
                    device=told.get("device", ""),
                )

    def _add(
        self, lot: Random, number: str, shop: str, buyer: str, *, ago: int, odd: Sequence[str] = (), device: str = ""
    ) -> None:
        at = datetime.combine(self.today - timedelta(days=ago), time(8 + lot.randrange(14)), _BEIJING)
        fen = 100 * lot.randrange(20, 400)
        device = device or f"d-{buyer}"
        self.orders.append(
            Order(number=number, shop=shop, buyer=buyer, at=at, device=device, fen=fen, odd=frozenset(odd))
        )


def _frame(rows: Iterator[Mapping[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), infer_schema_length=None)


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


def _order(one: Order) -> Mapping[str, Any]:
    return {
        "order_id": one.number,
        "seller_id": one.shop,
        "created_at": one.at.isoformat(),
        "status": "completed",
        "goods_amount": _yuan(one.fen),
        "buyer": one.buyer,
        "device": one.device,
    }


def _line(one: Order) -> Mapping[str, Any]:
    said = {"order_id": one.number, "line_no": 1, "created_at": one.at.isoformat(), "sku": f"sku-{one.shop}"}
    return {**said, "quantity": 1, "unit_price": _yuan(one.fen), "unit_weight_g": _GRAMS}


def _payments(one: Order) -> Iterator[Mapping[str, Any]]:
    """Yield what was paid; where money goes round, somebody else paid, and has it back after the parcel came."""
    payer = f"purse-{one.shop}" if "loop" in one.odd else one.buyer
    plain = {"order_id": one.number, "amount": _yuan(one.fen)}
    paid = (one.at + _HOUR / 6).isoformat()
    yield {**plain, "payment_id": f"P-{one.number}", "kind": "pay", "paid_at": paid, "payer": payer, "payee": one.shop}
    if "loop" in one.odd:
        back = (_signed(one) + timedelta(days=1)).isoformat()
        refund = {"payment_id": f"Q-{one.number}", "kind": "refund", "paid_at": back, "payer": one.shop}
        yield {**plain, **refund, "payee": payer}


def _waybill(one: Order) -> Mapping[str, Any]:
    said = {"waybill_no": f"W-{one.number}", "order_id": one.number, "courier": "云捷速递（虚构）"}
    way = {"created_at": (one.at + _HOUR).isoformat(), "from_area": "390101", "to_area": "390202"}
    return {**said, **way, "measured_g": 14 if "empty" in one.odd else _GRAMS + 40}


def _scans(one: Order) -> Iterator[Mapping[str, Any]]:
    way = {"collected": one.at + 5 * _HOUR, "transit": one.at + 20 * _HOUR, "signed": _signed(one)}
    for kind, at in way.items():
        if kind == "signed" or "unseen" not in one.odd:
            yield {"waybill_no": f"W-{one.number}", "scanned_at": at.isoformat(), "kind": kind, "site": "s"}


def _review(one: Order) -> Mapping[str, Any]:
    at = _signed(one) - 10 * _HOUR if "early" in one.odd else _signed(one) + 30 * _HOUR
    score = 5 if "early" in one.odd else 1 if "slander" in one.odd else _honest_score(one)
    return {"review_id": f"R-{one.number}", "order_id": one.number, "reviewed_at": at.isoformat(), "score": score}


def _honest_score(one: Order) -> int:
    return 4 if crc32(one.number.encode()) % 12 else 2


def _signed(one: Order) -> datetime:
    return one.at + 52 * _HOUR

"""An invented market with fakes whose makers slip here and there: another model than `orders.py` and the rules' tests.

Honest papers are lacking, late and odd too: gifts paid by family, parts refunded, papers never handed in. Five kinds
of fakes each have the slips of their trade, every slip with a chance of its own, so that some leave one trace or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import polars as pl

from benches.orders import DAY, FIRST

HOUR: Final = 3600
Row = dict[str, Any]
Slips = Callable[[np.random.Generator, Row], None]


def fakes(
    draw: np.random.Generator, orders: int, *, share: float = 0.05
) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    """Return tables by the name of their dataset, and of each faked order its kind."""
    rows, kinds = [], {}
    names = sorted(KINDS)
    for number in range(orders):
        row = _honest(draw, f"F{number}", orders)
        if draw.random() < share:
            kinds[row["order_id"]] = kind = names[number % len(names)]
            KINDS[kind](draw, row)
        rows.append(row)
    return _tables(draw, rows), kinds


def _honest(draw: np.random.Generator, name: str, orders: int) -> Row:
    buyer, shop = f"b{draw.integers(orders)}", f"s{draw.integers(max(2, orders // 150))}"
    at = int(FIRST + draw.integers(60) * DAY + np.clip(draw.normal(15, 4, 1)[0], 0, 23.9) * HOUR)
    there = ("390100", "390200", "400100")[int(draw.choice(3, p=(0.3, 0.4, 0.3)))]
    price, grams = int(draw.lognormal(8.5, 0.9)) + 300, int(draw.lognormal(6.3, 0.8)) + 20
    collected = at + int(draw.lognormal(2.6, 0.6) * HOUR)
    signed = collected + int((draw.lognormal(3.6, 0.4) + (8 if there == "390100" else 14)) * HOUR)
    freight = int(draw.integers(0, 1_000))
    gift, returns = draw.random() < 0.02, draw.random() < 0.04
    refund = (signed + int(draw.exponential(5 * DAY)), draw.random(), buyer) if returns else None
    return {
        "order_id": name, "seller_id": shop, "buyer": buyer, "device": f"d{buyer}", "at": at, "price": price,
        "freight": freight, "discount": int(price * draw.random() * 0.2) if draw.random() < 0.3 else 0,
        "off": 1.0, "payer": f"x{buyer}" if gift else buyer, "grams": grams,
        "weighed": int(grams * draw.normal(1, 0.08) + draw.integers(20, 80)), "area": there, "waybill_no": f"W{name}",
        "collected": collected, "transit": True, "signed": signed, "refund": refund,
        "reviewed": signed + int(draw.exponential(2 * DAY) - (DAY if draw.random() < 0.003 else -HOUR)), "score": 5,
    }  # fmt: skip


def _empty(draw: np.random.Generator, row: Row) -> None:
    """Send a light envelope; some write the review when the parcel has hardly left."""
    row["weighed"] = int(draw.integers(15, 90))
    if draw.random() < 0.7:
        row["reviewed"] = row["collected"] + int(draw.integers(1, 30)) * HOUR


def _ghost(draw: np.random.Generator, row: Row) -> None:
    """Send nothing: a number bought from another parcel, signed for without a way there."""
    if draw.random() < 0.6:
        row["waybill_no"] = f"W-bought-{draw.integers(40)}"
    if draw.random() < 0.8:
        row["collected"], row["transit"] = None, False


def _loop(draw: np.random.Generator, row: Row) -> None:
    """Pay from the shop's purse, and give it back after the parcel; the accounts sit on a few telephones."""
    row["payer"] = f"purse-{row['seller_id']}"
    share = draw.uniform(0.85, 1)
    row["refund"] = (row["signed"] + int(draw.integers(1, 40)) * DAY, share, row["payer"])
    if draw.random() < 0.8:
        row["seller_id"], row["device"] = "s0", f"farm-{draw.integers(12)}"
        row["reviewed"] = row["signed"] + HOUR


def _rush(draw: np.random.Generator, row: Row) -> None:
    """Scan everything in one go at the counter, and review at once."""
    row["signed"] = row["collected"] + int(draw.uniform(0.2, 14) * HOUR)
    row["reviewed"] = row["signed"] + int(draw.uniform(-6, 6) * HOUR)


def _cheap(draw: np.random.Generator, row: Row) -> None:
    """Order at the list price and pay a token; what is sent is a gift of a few grams."""
    row["off"] = draw.uniform(0.02, 0.99)
    if draw.random() < 0.7:
        row["weighed"] = int(draw.integers(10, 120))


KINDS: Final[Mapping[str, Slips]] = {"empty": _empty, "ghost": _ghost, "loop": _loop, "rush": _rush, "cheap": _cheap}


def _tables(draw: np.random.Generator, rows: list[Row]) -> dict[str, pl.DataFrame]:
    """Return the papers of all orders; of every kind a few were never handed in."""

    def papers(lacking: float, *made: Callable[[Row], Row | None]) -> pl.DataFrame:
        kept = [row for row in rows if draw.random() >= lacking]
        found = [paper for row in kept for make in made if (paper := make(row)) is not None]
        return pl.DataFrame([{"platform": "p", **paper} for paper in found], infer_schema_length=None)

    return {
        "orders": papers(0, _order),
        "order_lines": papers(0.03, _line),
        "payments": papers(0.05, _payment, _refund),
        "waybills": papers(0.04, _waybill),
        "parcel_scans": papers(0.04, *(_scan(kind) for kind in ("collected", "transit", "signed"))),
        "reviews": papers(
            0.4, lambda r: {**_key(r), "review_id": r["order_id"], "reviewed_at": r["reviewed"], "score": r["score"]}
        ),
    }


def _key(row: Row) -> Row:
    return {"order_id": row["order_id"]}


def _order(row: Row) -> Row:
    taken = {name: row[name] for name in ("seller_id", "buyer", "device", "freight", "discount")}
    return {**_key(row), **taken, "created_at": row["at"], "goods_amount": row["price"], "status": "completed"}


def _line(row: Row) -> Row:
    stated = {"quantity": 1, "unit_price": row["price"], "unit_weight_g": row["grams"]}
    return {**_key(row), "line_no": 1, "sku": "k", "created_at": row["at"], **stated}


def _paid(row: Row) -> int:
    return int((row["price"] + row["freight"] - row["discount"]) * row["off"])


def _payment(row: Row) -> Row:
    told = {"kind": "pay", "paid_at": row["at"] + 90, "amount": _paid(row), "payer": row["payer"], "payee": "shop"}
    return {**_key(row), "payment_id": "P" + row["order_id"], **told}


def _refund(row: Row) -> Row | None:
    if row["refund"] is None:
        return None
    at, share, payee = row["refund"]
    told = {"kind": "refund", "paid_at": at, "amount": int(_paid(row) * share), "payer": "shop", "payee": payee}
    return {**_key(row), "payment_id": "R" + row["order_id"], **told}


def _waybill(row: Row) -> Row:
    areas = {"from_area": "390100", "to_area": row["area"]}
    return {
        **_key(row),
        "waybill_no": row["waybill_no"],
        "courier": "c",
        "created_at": row["at"],
        "measured_g": row["weighed"],
        **areas,
    }


def _scan(kind: str) -> Callable[[Row], Row | None]:
    def scanned(row: Row) -> Row | None:
        middle = (row["collected"] or row["signed"]) // 2 + row["signed"] // 2 if row["transit"] else None
        at = {"collected": row["collected"], "transit": middle, "signed": row["signed"]}[kind]
        return None if at is None else {"waybill_no": row["waybill_no"], "kind": kind, "scanned_at": at, "site": "x"}

    return scanned

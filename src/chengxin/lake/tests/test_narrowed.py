"""Who needs some columns and rows of an answer gets those, and the rules over documents lose nothing by it."""

from __future__ import annotations

import random
from typing import Any

import polars as pl
import pytest

from chengxin.lake.comparing import differences
from chengxin.lake.engines import DuckDB
from chengxin.lake.running import rows_of, run
from chengxin.lake.spark import open_spark, why_not_spark
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import Send, order, payment, scan, waybill
from chengxin.lake.tests.test_running import END, FIRST, filled
from chengxin.reputation import facade as reputation

__all__ = ["filled"]
SPAN = {"from_day": FIRST, "until_day": END}
ORDERS = 240


@pytest.fixture
def messy(store: Store, send: Send) -> Store:
    """Return a lake in which every paper is sometimes missing, doubled, shared, early or wrong."""
    draw = random.Random(5)
    orders = {n: f"2026-03-{1 + n % 20:02d}T" for n in range(ORDERS)}
    send("orders", *(_order(draw, n, at) for n, at in orders.items()))
    send("order_lines", *(_line(n, at) for n, at in orders.items() if n % 9))
    back = [
        payment(f"R{n}", order_id=f"A{n}", kind="refund", payee=f"x{n}", paid_at="2026-03-29T10:00:00+08:00")
        for n in orders
        if n % 6 == 1
    ]
    send("payments", *(_payment(draw, n) for n in orders if n % 7), *back)
    send("reviews", *(_review(n, at) for n, at in orders.items() if n % 3))
    send("declarations", *(_declaration(draw, n, at) for n, at in orders.items() if n % 13 == 0))
    _send_parcels(draw, send, {n: at for n, at in orders.items() if n % 11})
    return store


def _send_parcels(draw: random.Random, send: Send, orders: dict[int, str]) -> None:
    parcels = {n: f"W{draw.choice((n - n % 2, n, n))}" for n in orders}
    send("waybills", *(waybill(w, order_id=f"A{n}", measured_g=510 if n % 8 else 20) for n, w in parcels.items()))
    collected = [
        scan("collected", f"{orders[n]}{draw.choice(('09', '13'))}:00:00+08:00", w)
        for n, w in parcels.items()
        if n % 10
    ]
    signed = [
        scan("signed", f"{orders[n]}{draw.choice(('11', '15', '23'))}:00:00+08:00", w)
        for n, w in parcels.items()
        if n % 5 != 1
    ]
    send("parcel_scans", *collected, *signed)


def _order(draw: random.Random, n: int, at: str) -> dict[str, Any]:
    buyer, device = draw.choice((None, f"b{n % 60}", f"b{n}")), draw.choice((None, f"d{n % 6}", f"d{n}"))
    return order(f"A{n}", created_at=f"{at}10:00:00+08:00", buyer=buyer, device=device, seller_id=f"s{n % 3}")


def _line(n: int, at: str) -> dict[str, Any]:
    line = {"line_no": 1, "sku": "k", "quantity": 1, "unit_price": "100.00", "unit_weight_g": 500}
    return {**line, "order_id": f"A{n}", "created_at": f"{at}10:00:00+08:00"}


def _payment(draw: random.Random, n: int) -> dict[str, Any]:
    return payment(f"P{n}", order_id=f"A{n}", amount=draw.choice(("60.00", "100.00", "100.00")), payer=f"x{n}")


def _review(n: int, at: str) -> dict[str, Any]:
    return {"review_id": f"V{n}", "order_id": f"A{n}", "reviewed_at": f"{at}14:00:00+08:00", "score": 5}


def _declaration(draw: random.Random, n: int, at: str) -> dict[str, Any]:
    declared = {"goods_amount": "100.00", "payer": "somebody", "identity_proven": "no", "order_id": f"A{n}"}
    orderer = draw.choice(("somebody", "another", None))
    return {**declared, "declaration_no": f"D{n}", "declared_at": f"{at}12:00:00+08:00", "orderer": orderer}


def test_some_columns_and_rows_are_those_of_the_whole(filled: Store) -> None:
    whole = run("document_facts", **SPAN, engine=DuckDB(), store=filled)
    some = run("document_facts", **SPAN, columns={"signed_at"}, where="signed_at > 0", engine=DuckDB(), store=filled)
    kept = rows_of(whole).filter(pl.col("signed_at") > 0).select("platform", "order_id", "signed_at")
    assert (some.id != whole.id, some.rows, some.columns) == (True, 20, ("platform", "order_id", "signed_at"))
    assert rows_of(some).equals(kept)
    again = run("document_facts", **SPAN, columns={"signed_at"}, where="signed_at > 0", engine=DuckDB(), store=filled)
    assert (again.was_there, again.columns) == (True, some.columns)


def test_judging_the_rows_on_which_a_rule_may_fire_finds_what_judging_all_finds(messy: Store) -> None:
    whole = rows_of(run("document_facts", **SPAN, engine=DuckDB(), store=messy))
    some = rows_of(run("document_facts", **SPAN, **_wanted(), engine=DuckDB(), store=messy))
    one, other = reputation.judge(whole), reputation.judge(some, orders=ORDERS)
    assert min(one.fired.values()) > 0  # Else some rule would be judged on nothing.
    assert (one.orders, one.fired, one.noted) == (other.orders, other.fired, other.noted)
    assert len(one.leads) > 20
    assert one.leads.equals(other.leads)
    assert len(some) < len(whole)


@pytest.mark.skipif(why_not_spark() is not None, reason="uv sync --extra spark")
def test_spark_finds_the_same_rows_on_which_a_rule_may_fire(messy: Store) -> None:
    spark = open_spark("local[1]")
    try:
        one = run("document_facts", **SPAN, **_wanted(), engine=DuckDB(), store=messy)
        other = run("document_facts", **SPAN, **_wanted(), engine=spark, store=messy)
        assert one.rows > 20
        assert differences(one, other) == []
    finally:
        spark.close()


def _wanted() -> dict[str, Any]:
    return {"columns": reputation.document_columns(), "where": reputation.document_condition()}

"""What the queries answer, worked out by hand from the rows; unknown is never failed."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chengxin.lake.contracts import Mode
from chengxin.lake.engines import DuckDB
from chengxin.lake.running import rows_of, run
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import Send, order, payment, scan, waybill

LATER = datetime(2026, 5, 1, tzinfo=UTC)
MARCH = {"from_day": date(2026, 3, 1), "until_day": date(2026, 4, 1)}


def answer(store: Store, query: str, **given: Any) -> list[dict[str, Any]]:
    made = run(query, **{**MARCH, **given}, engine=DuckDB(), store=store)
    return rows_of(made).to_dicts()


def test_a_shop_has_its_orders_and_its_visits_of_each_day(store: Store, send: Send) -> None:
    send("orders", order("A1"), order("A2"), order("A3", buyer=None, status="canceled"))
    visit = {"visit_id": "v1", "seller_id": "shop-1", "started_at": "2026-03-02T10:00:00+08:00", "dwell_ms": 500}
    send("visits", {**visit, "device": "d1"}, {**visit, "visit_id": "v2", "device": "d1"})
    first, second = answer(store, "seller_day")
    assert (first["day"], first["orders"], first["canceled"], first["goods_fen"]) == (date(2026, 3, 1), 3, 1, 30000)
    assert (first["buyers"], first["unknown_buyers"], first["visits"]) == (1, 1, 0)
    assert (second["day"], second["orders"], second["visits"]) == (date(2026, 3, 2), 0, 2)
    assert (second["visitors"], second["dwell_ms"]) == (1, 1000)


def test_a_lane_counts_what_is_known_apart_from_what_is_not(store: Store, send: Send) -> None:
    send("waybills", *(waybill(f"W{n}") for n in range(1, 6)), waybill("X1", to_area=None))
    send(
        "parcel_scans",
        scan("collected", "2026-03-01T13:00:00+08:00", "W1"),
        scan("signed", "2026-03-02T13:00:00+08:00", "W1"),
        scan("collected", "2026-03-01T14:00:00+08:00", "W2"),
        scan("signed", "2026-04-20T14:00:00+08:00", "W2"),
        scan("collected", "2026-03-01T15:00:00+08:00", "W3"),
        scan("collected", "2026-03-02T10:00:00+08:00", "W4"),
        scan("signed", "2026-03-02T09:00:00+08:00", "W4"),
        now=LATER,
    )
    elsewhere, lane = answer(store, "lane_courier")
    assert (elsewhere["to_city"], elsewhere["parcels"], elsewhere["without_scan"]) == ("", 1, 1)
    assert (lane["from_city"], lane["to_city"], lane["parcels"], lane["without_scan"]) == ("3901", "3902", 5, 1)
    assert (lane["handover_known"], lane["handover_seconds"]) == (4, 3600 + 7200 + 10800 + 22 * 3600)
    assert (lane["transit_known"], lane["fastest_seconds"]) == (2, 86400)
    assert (lane["quantile_seconds"], lane["slowest_seconds"]) == (86400, 50 * 86400)
    assert (lane["underway"], lane["backwards"]) == (1, 1)


def test_the_thousandth_quantile_is_the_first_rank_that_reaches_it(store: Store, send: Send) -> None:
    parcels = range(1001)
    send("waybills", *(waybill(f"W{n:04d}") for n in parcels))
    signed = [f"2026-03-02T{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}+08:00" for n in parcels]
    collected = [scan("collected", "2026-03-01T12:00:00+08:00", f"W{n:04d}") for n in parcels]
    send("parcel_scans", *collected, *(scan("signed", signed[n], f"W{n:04d}") for n in parcels))
    (lane,) = answer(store, "lane_courier")
    # Of 1 001 transits the second smallest is the first that at least 0.1 % do not exceed.
    assert (lane["transit_known"], lane["quantile_seconds"] - lane["fastest_seconds"]) == (1001, 1)


def test_lanes_of_any_size_hold_the_transit_that_sorting_them_all_gives(store: Store, send: Send) -> None:
    draw, begun = random.Random(11), datetime(2026, 3, 2, tzinfo=UTC)
    # Around the sizes where the rank changes; ties, hours apart and one parcel alone.
    transits = {
        f"c{size}": [draw.choice((draw.randrange(3 * 86400), 7200, 7199, 0)) for _ in range(size)]
        for size in (1, 999, 1000, 1001, 1999, 2001)
    }
    transits["hourly"] = [3600 * hour for hour in range(1000)]
    parcels = [(courier, n, seconds) for courier, many in transits.items() for n, seconds in enumerate(many)]
    send("waybills", *(waybill(f"{courier}-{n}", courier=courier) for courier, n, _ in parcels))
    send("parcel_scans", *(scan("collected", begun.isoformat(), f"{courier}-{n}") for courier, n, _ in parcels))
    send(
        "parcel_scans",
        *(scan("signed", (begun + timedelta(seconds=s)).isoformat(), f"{courier}-{n}") for courier, n, s in parcels),
        mode=Mode.LATE,
        now=LATER,
    )
    found = {
        lane["courier"]: (lane["transit_known"], lane["quantile_seconds"]) for lane in answer(store, "lane_courier")
    }
    assert found == {
        courier: (len(many), sorted(many)[-(-len(many) // 1000) - 1]) for courier, many in transits.items()
    }


def test_a_shop_is_late_only_where_the_first_scan_is_known(store: Store, send: Send) -> None:
    due = "2026-03-02T10:00:00+08:00"
    send(
        "orders",
        *(order(f"A{n}", handover_due_at=due) for n in range(1, 4)),
        order("A4"),
        order("A5", status="canceled"),
    )
    send("waybills", *(waybill(f"W{n}", order_id=f"A{n}") for n in (1, 2, 4)))
    send(
        "parcel_scans",
        scan("collected", "2026-03-02T10:00:00+08:00", "W1"),
        scan("collected", "2026-03-02T10:00:01+08:00", "W2"),
        scan("collected", "2026-03-05T10:00:00+08:00", "W4"),
    )
    (shop,) = answer(store, "seller_handover")
    assert (shop["month"], shop["orders"], shop["handed_over"], shop["late"]) == (202603, 4, 3, 1)
    assert (shop["due_unknown"], shop["not_known"]) == (1, 1)
    assert shop["handling_seconds"] == 86400 + 86401 + 4 * 86400


@pytest.mark.clause("E2.3b")
def test_orders_and_payments_are_reconciled_and_the_unknown_is_counted_apart(store: Store, send: Send) -> None:
    send("orders", *(order(f"A{n}", freight="5.00", discount="5.00") for n in range(1, 6)))
    send(
        "payments",
        payment("P1", order_id="A1", amount="105.00"),
        payment("P2", order_id="A2", amount="105.01"),
        payment("P3", order_id="A3", amount="94.99"),
        payment("P4", order_id="A4", amount="60.00"),
        payment("P5", order_id="A4", amount="40.00", paid_at="2026-03-09T10:00:00+08:00"),
        payment("R4", order_id="A4", amount="40.00", kind="refund", paid_at="2026-03-12T10:00:00+08:00"),
        payment("P6", order_id="elsewhere", amount="9.00"),
        payment("P7", order_id=None, amount="1.00", paid_at="2026-03-09T10:00:00+08:00"),
    )
    lone, shop, later = answer(store, "payment_reconciliation")
    assert (shop["seller_id"], shop["orders"], shop["payment_unknown"]) == ("shop-1", 5, 1)
    assert (shop["agreeing"], shop["paid_more"], shop["paid_less"]) == (2, 1, 1)
    assert (shop["ordered_fen"], shop["paid_fen"], shop["refunded_fen"]) == (50000, 40500, 4000)
    assert (lone["seller_id"], lone["order_unknown"], lone["order_unknown_fen"]) == ("", 1, 900)
    assert (later["day"], later["order_unknown"], later["orders"]) == (date(2026, 3, 9), 1, 0)


def test_complaints_are_held_against_the_orders_of_the_month(store: Store, send: Send) -> None:
    send("orders", order("A1", status="delivered"), order("A2", created_at="2026-03-31T23:59:59+08:00", buyer="b2"))
    (shop,) = answer(store, "complaint_base")
    assert (shop["month"], shop["orders"], shop["delivered"], shop["buyers"]) == (202603, 2, 1, 2)


def test_an_order_without_papers_is_unknown_in_every_column(store: Store, send: Send) -> None:
    send("orders", order("A1"))
    (facts,) = answer(store, "document_facts")
    assert (facts["ordered_fen"], facts["status"]) == (10000, "paid")
    unknown = ["line_count", "payment_count", "paid_fen", "payer", "waybill_no", "scan_count", "signed_at", "score"]
    assert [facts[name] for name in [*unknown, "declaration_no", "measured_g"]] == [None] * 10


def test_the_papers_of_an_order_stand_in_one_row(store: Store, send: Send) -> None:
    send("orders", order("A1", buyer="shop-1-owner"), order("A2"))
    line = {"order_id": "A1", "created_at": "2026-03-01T10:00:00+08:00", "sku": "s", "quantity": 2, "unit_price": "50"}
    send("order_lines", {**line, "line_no": 1, "unit_weight_g": 400}, {**line, "line_no": 2, "unit_weight_g": None})
    send("payments", payment("P1", payer="shop-1-owner"), payment("R1", kind="refund", amount="20", payee="buyer-1"))
    send("waybills", waybill("W1", measured_g=30), waybill("W1", order_id="A2", measured_g=30))
    send("parcel_scans", scan("collected", "2026-03-01T13:00:00+08:00"), scan("signed", "2026-03-02T13:00:00+08:00"))
    send("reviews", {"review_id": "r", "order_id": "A1", "reviewed_at": "2026-03-02T09:00:00+08:00", "score": 5})
    send(
        "declarations",
        {
            "declaration_no": "D1",
            "order_id": "A1",
            "declared_at": "2026-03-01T11:00:00+08:00",
            "goods_amount": "100",
            "tax": "9.10",
            "orderer": "buyer-1",
            "payer": "shop-1-owner",
        },
    )
    facts, other = answer(store, "document_facts")
    assert facts["buyer"] == facts["payer"] == facts["payee"] == facts["declared_payer"] != facts["orderer"]
    assert facts["refund_payee"] == facts["orderer"]
    assert (facts["line_count"], facts["lines_fen"], facts["stated_g"]) == (2, 20000, None)
    assert (facts["payment_count"], facts["paid_fen"], facts["refunded_fen"]) == (1, 10000, 2000)
    assert (facts["orders_on_waybill"], facts["measured_g"], facts["transit_count"]) == (2, 30, 0)
    assert facts["first_reviewed_at"] < facts["signed_at"]
    assert (facts["declared_goods_fen"], facts["declared_tax_fen"], facts["declared_paid_fen"]) == (10000, 910, None)
    assert (other["waybill_no"], other["payment_count"]) == ("W1", None)

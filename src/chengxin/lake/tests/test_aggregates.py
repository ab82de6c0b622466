"""What became of parcels by lane, worked out by hand; only sums go back, and no small cell is among them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest

from chengxin.kernel.refusal import Refused
from chengxin.lake.aggregates import aggregate, count_rows, days_of, window_of
from chengxin.lake.contracts import Mode
from chengxin.lake.engines import DuckDB
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import Send, order, scan, waybill
from chengxin.lake.tests.test_queries import MARCH, answer

DUE = "2026-03-03T12:00:00+08:00"
HANDED = "2026-03-01T18:00:00+08:00"
LATER = datetime(2026, 5, 1, tzinfo=UTC)


def sent(send: Send, *parcels: tuple[str, str], **given: Any) -> None:
    """Send parcels handed over at one moment, each with its other scan: what kind, and when."""
    names = [f"{given.get('courier', 'swift')}{place}" for place in range(len(parcels))]
    due = {"handover_due_at": HANDED, "delivery_due_at": DUE}
    send("orders", *(order(f"O{name}", **due) for name in names), mode=Mode.LATE, now=LATER)
    send("waybills", *(waybill(f"W{name}", order_id=f"O{name}", **given) for name in names), mode=Mode.LATE, now=LATER)
    scans = [scan("collected", HANDED, f"W{name}") for name in names]
    scans += [scan(kind, at, f"W{name}") for name, (kind, at) in zip(names, parcels, strict=True) if kind]
    send("parcel_scans", *scans, mode=Mode.LATE, now=LATER)


@pytest.mark.clause("E2.4a")
def test_a_lane_says_what_was_in_time_out_of_sight_and_amiss(store: Store, send: Send) -> None:
    sent(
        send,
        ("signed", DUE),
        ("signed", "2026-03-03T12:00:01+08:00"),
        ("exception", "2026-03-02T12:00:00+08:00"),
        ("returned", "2026-03-05T12:00:00+08:00"),
        ("", ""),
    )
    # One that the shop handed over late is asked how long it took, and not whether it was in time.
    send("orders", order("L1", handover_due_at="2026-03-01T17:59:59+08:00", delivery_due_at=DUE), mode=Mode.LATE)
    send("waybills", waybill("WL", order_id="L1"), mode=Mode.LATE)
    send("parcel_scans", scan("collected", HANDED, "WL"), scan("signed", DUE, "WL"), mode=Mode.LATE, now=LATER)
    (lane,) = answer(store, "lane_service", parameters={"silent_before": int(LATER.timestamp())})
    assert (lane["parcels"], lane["handed"], lane["ended"], lane["silent"], lane["amiss"]) == (6, 6, 6, 2, 1)
    assert (lane["due_known"], lane["on_time"]) == (4, 1)
    seconds = 42 * 3600
    assert (lane["transit_known"], lane["transit_seconds"]) == (3, 3 * seconds + 1)
    assert lane["transit_squares"] == 2 * seconds**2 + (seconds + 1) ** 2
    # Before enough time has passed nothing is out of sight, and what is underway was in time or late to nobody.
    (early,) = answer(store, "lane_service")
    assert (early["silent"], early["ended"], early["due_known"], early["on_time"]) == (0, 4, 2, 1)


@pytest.mark.clause("E2.4a")
def test_only_sums_go_back_and_a_small_cell_is_folded_or_withheld(store: Store, send: Send) -> None:
    sent(send, *[("signed", DUE)] * 10)
    sent(send, *[("signed", DUE)] * 9, courier="small", to_area="390301")
    sent(send, *[("signed", DUE)] * 6, courier="twice", to_area="390301")
    sent(send, *[("signed", DUE)] * 6, courier="twice-", to_area="390401")
    send("waybills", *(waybill(f"Wx{n}", courier="twice", to_area="390401") for n in range(5)), mode=Mode.LATE)
    made = aggregate("lane_service", platform="market", **MARCH, engine=DuckDB(), store=store)
    cells = made.cells.select("courier", "from_city", "to_city", "parcels").rows()
    assert cells == [("swift", "3901", "3902", 10), ("twice", "", "", 11)]
    assert made.withheld == 15
    assert set(made.cells.schema.dtypes()) == {pl.String, pl.Int64}
    with pytest.raises(Refused) as refused:
        aggregate("document_facts", platform="market", **MARCH, engine=DuckDB(), store=store)
    assert refused.value.refusal.code == "L-NO-SUMS"
    assert days_of("waybills", store=store) == {"market": (date(2026, 3, 1), date(2026, 3, 1))}
    assert count_rows("waybills", platform="market", **MARCH, store=store) == 36


def test_a_window_ends_with_a_month_or_where_none_is_whole_with_the_last_day() -> None:
    first = date(2025, 1, 1)
    assert window_of(first, date(2026, 11, 29), days=90) == (date(2026, 8, 3), date(2026, 11, 1))
    assert window_of(first, date(2026, 11, 30), days=30) == (date(2026, 11, 1), date(2026, 12, 1))
    assert window_of(date(2026, 10, 31), date(2026, 11, 1), days=31) == (date(2026, 10, 1), date(2026, 11, 1))
    assert window_of(date(2026, 11, 1), date(2026, 11, 9), days=90) == (date(2026, 8, 12), date(2026, 11, 10))

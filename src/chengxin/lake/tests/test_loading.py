"""What becomes of a delivery: days replaced or added to, versions kept, rows questioned and never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from chengxin.kernel.refusal import Refused
from chengxin.lake.contracts import Mode
from chengxin.lake.datasets import explain, get_dataset
from chengxin.lake.loading import load
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import NOW, Send, order, payment, scan

FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)


def rows(store: Store, dataset: str = "orders", platform: str = "market") -> pl.DataFrame:
    known = get_dataset(dataset)
    found = [store.read(known, day) for (owner, _), day in store.standing(dataset).items() if owner == platform]
    return pl.concat(found).sort(known.key) if found else pl.DataFrame()


def test_a_row_belongs_to_the_day_in_beijing_whatever_zone_it_was_written_in(store: Store, send: Send) -> None:
    send(
        "orders",
        order("utc", created_at="2026-03-01T16:00:00Z"),
        order("wall", created_at="2026/3/1 23:59:59.999"),
        order("brazil", created_at="2026-03-01 13:00:00-03:00"),
    )
    assert dict(rows(store).select("order_id", "day").iter_rows()) == {"utc": SECOND, "wall": FIRST, "brazil": SECOND}
    at = dict(rows(store).select("order_id", "created_at").iter_rows())
    assert at["utc"] == at["brazil"] == int(datetime(2026, 3, 1, 16, tzinfo=UTC).timestamp())


def test_the_same_rows_in_three_formats_are_the_same_version(store: Store, send: Send, tmp_path: Path) -> None:
    sent = [order("A1"), order("A2", freight="6.5", device="d-1")]
    frame = pl.DataFrame(sent, infer_schema_length=None)
    frame.write_csv(tmp_path / "rows.csv")
    typed = frame.with_columns(
        pl.col("created_at").str.to_datetime("%Y-%m-%dT%H:%M:%S%z").dt.convert_time_zone("Asia/Shanghai")
    )
    typed.with_columns(pl.col("goods_amount").cast(pl.Decimal(12, 2))).write_parquet(tmp_path / "rows.parquet")
    first = send("orders", *sent)
    for name in ("rows.csv", "rows.parquet"):
        again = load(tmp_path / name, dataset="orders", platform="market", now=NOW, store=store)
        assert (again.good, again.days, again.is_nothing_new) == (2, (), True)
    assert [day.rows for day in first.days] == [2]
    assert len(list((store.root / "orders").rglob("*.parquet"))) == 1


def test_a_day_sent_again_replaces_the_day_and_both_versions_stay(store: Store, send: Send) -> None:
    send("orders", order("A1"), order("A2"), order("B1", created_at="2026-03-02T09:00:00+08:00"))
    send("orders", order("A1", goods_amount="90.00"), order("A3"))
    assert rows(store)["order_id"].to_list() == ["A1", "A3", "B1"]
    (_, old), (delivery, new) = store.history("orders", platform="market", day=FIRST)
    assert (delivery.number, new.replaced, old.rows, new.rows) == (2, old.file, 2, 2)
    assert store.read(get_dataset("orders"), old).sort("order_id")["goods_amount"].to_list() == [10000, 10000]
    assert store.standing("orders", number=1)["market", FIRST] == old


def test_a_file_sent_twice_changes_nothing(store: Store, send: Send) -> None:
    assert send("orders", order("A1")).number == 1
    assert send("orders", order("A1")).is_nothing_new
    assert len(store.list_deliveries("orders")) == 1


def test_a_day_sent_back_and_forth_stands_as_it_was_sent_last(store: Store, send: Send) -> None:
    for amount in ("100.00", "90.00", "100.00"):
        send("orders", order("A1", goods_amount=amount))
    assert rows(store)["goods_amount"].to_list() == [10000]
    assert len(store.history("orders", platform="market", day=FIRST)) == 3


def test_late_rows_join_their_day_and_an_older_state_never_wins(store: Store, send: Send) -> None:
    send("orders", order("A1", status="shipped", updated_at="2026-03-03T08:00:00+08:00"))
    made = send(
        "orders",
        order("A1", status="paid", updated_at="2026-03-01T10:01:00+08:00"),
        order("A2", status="paid", updated_at="2026-03-01T11:00:00+08:00"),
        mode=Mode.LATE,
    )
    assert (made.good, made.outdated) == (1, 1)
    assert dict(rows(store).select("order_id", "status").iter_rows()) == {"A1": "shipped", "A2": "paid"}


def test_an_event_delivered_twice_counts_once(store: Store, send: Send) -> None:
    event = scan("collected", "2026-03-01T18:00:00+08:00")
    made = send("parcel_scans", event, event, {**event, "scanned_at": "2026-03-01T10:00:00Z"})
    assert (made.read, made.good, made.repeated, made.questioned) == (3, 1, 2, 0)


def test_a_row_moved_to_another_day_stands_once(store: Store, send: Send) -> None:
    send("orders", order("A1"), order("A2"))
    made = send("orders", order("A1", created_at="2026-03-02T00:10:00+08:00"))
    assert made.moved == 1
    assert dict(rows(store).select("order_id", "day").iter_rows()) == {"A1": SECOND, "A2": FIRST}
    send("orders", order("A2", created_at="2026-03-02T00:20:00+08:00"), mode=Mode.LATE)
    assert set(store.standing("orders")) == {("market", SECOND)}


def test_platforms_do_not_touch_each_other(store: Store, send: Send) -> None:
    send("orders", order("A1"))
    send("orders", order("A1", goods_amount="1.00"), platform="other")
    assert rows(store)["goods_amount"].to_list() == [10000]
    assert rows(store, platform="other")["goods_amount"].to_list() == [100]


BAD = [
    (order("x", seller_id=""), "seller_id", "L-REQUIRED"),
    (order("x", goods_amount="-5"), "goods_amount", "L-NEGATIVE"),
    (order("x", goods_amount="5.005"), "goods_amount", "L-AMOUNT"),
    (order("x", goods_amount="１００"), "goods_amount", "L-AMOUNT"),
    (order("x", goods_amount="99999999999999.00"), "goods_amount", "L-AMOUNT"),
    (order("x", created_at="2026-02-29T10:00:00+08:00"), "created_at", "L-MOMENT"),
    (order("x", created_at="1767225600"), "created_at", "L-MOMENT"),
    (order("x", created_at="2026-04-01T12:11:00+08:00"), "created_at", "L-FUTURE"),
    (order("x", created_at="1999-12-31T23:59:59Z"), "created_at", "L-ANCIENT"),
    (order("x", status="gone"), "status", "L-CODE"),
    (order("x", deliver_area="39010"), "deliver_area", "L-AREA"),
    (order("x" * 65), "order_id", "L-LENGTH"),
    (order("x\t1"), "order_id", "L-UNSEEN"),
]


@pytest.mark.parametrize("bad", BAD, ids=[f"{code}-{place}" for place, (_, _, code) in enumerate(BAD)])
def test_a_bad_row_is_questioned_and_the_others_are_taken(
    store: Store, send: Send, sealing: Path, bad: tuple[dict[str, str], str, str]
) -> None:
    row, field, code = bad
    made = send("orders", order("A1"), row)
    assert (made.read, made.good, made.questioned, dict(made.issues)) == (2, 1, 1, {code: 1})
    assert store.questioned("orders", made.number).rows() == [(2, field, code)]
    issue = explain(2, field, code, dataset=get_dataset("orders"))
    assert issue.what.startswith("“")
    assert issue.next_step
    assert rows(store)["order_id"].to_list() == ["A1"]


def test_a_clock_a_little_ahead_is_no_question(send: Send) -> None:
    assert send("orders", order("x", created_at="2026-04-01T12:09:00+08:00")).good == 1


def test_an_hour_that_daylight_saving_skipped_is_questioned_and_a_repeated_one_is_its_first(
    store: Store, send: Send, sealing: Path
) -> None:
    skipped, repeated = "2017-10-15 00:30:00", "2018-02-17 23:30:00"
    made = send("orders", order("s", created_at=skipped), order("r", created_at=repeated), zone="America/Sao_Paulo")
    assert dict(made.issues) == {"L-CLOCK": 1}
    assert rows(store)["created_at"].to_list() == [int(datetime(2018, 2, 18, 1, 30, tzinfo=UTC).timestamp())]


def test_two_rows_that_contradict_each_other_leave_the_first_and_question_the_second(
    store: Store, send: Send, sealing: Path
) -> None:
    made = send("payments", payment("P1", amount="1.00"), payment("P1", amount="2.00"))
    assert (made.good, made.questioned, dict(made.issues)) == (1, 1, {"L-TWICE": 1})
    assert rows(store, "payments")["amount"].to_list() == [100]


def test_a_row_that_is_questioned_when_sent_again_keeps_what_stood(store: Store, send: Send, sealing: Path) -> None:
    send("orders", order("A1"), order("A2"))
    made = send("orders", order("A1", goods_amount="free"), order("A2", goods_amount="7"))
    assert (made.good, made.questioned, made.kept) == (1, 1, 1)
    assert rows(store)["goods_amount"].to_list() == [10000, 700]


def test_nothing_of_a_delivery_counts_when_it_fails_in_the_middle(store: Store, send: Send) -> None:
    send("orders", order("A1"))

    def full_disk(_path: Path) -> str:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        send("orders", order("A1", goods_amount="1"), order("A2", status="gone"), keep=full_disk)
    assert rows(store)["goods_amount"].to_list() == [10000]
    assert len(store.list_deliveries("orders")) == 1


def test_a_refund_is_a_row_of_its_own_and_its_negative_amount_is_questioned(send: Send, sealing: Path) -> None:
    good = payment("R1", kind="refund", amount="30.00", refund_of="P1")
    made = send("payments", payment("P1"), good, payment("R2", kind="refund", amount="-30.00"))
    assert (made.good, dict(made.issues)) == (2, {"L-NEGATIVE": 1})


@pytest.mark.parametrize(
    ("name", "options", "code"),
    [
        ("orders", {"platform": "市场"}, "L-PLATFORM"),
        ("orders", {"platform": "../up"}, "L-PLATFORM"),
        ("orders", {"zone": "Mars/Olympus"}, "L-ZONE"),
        ("nothing", {}, "L-NO-DATASET"),
        ("payments", {}, "L-COLUMNS"),
    ],
)
def test_what_cannot_be_placed_is_refused_and_nothing_is_written(
    store: Store, send: Send, name: str, options: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        send(name, order("A1"), **options)
    assert refused.value.refusal.code == code
    assert not store.root.exists()


def test_an_order_of_ten_thousand_lines_is_taken_whole(store: Store, send: Send) -> None:
    lines = [
        {
            "order_id": "A1",
            "line_no": n,
            "created_at": "2026-03-01T10:00:00+08:00",
            "sku": f"s{n}",
            "quantity": 1,
            "unit_price": "0.01",
        }
        for n in range(1, 10_001)
    ]
    assert send("order_lines", *lines).good == 10_000
    assert rows(store, "order_lines")["unit_price"].sum() == 10_000

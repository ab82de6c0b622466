"""A result says how it came about, is computed once, and does not depend on how the days lie or on threads."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from chengxin.kernel.refusal import Refused
from chengxin.lake.comparing import differences
from chengxin.lake.contracts import ColumnType, Input, Mode
from chengxin.lake.datasets import list_datasets
from chengxin.lake.engines import DuckDB, open_engine
from chengxin.lake.queries import list_queries
from chengxin.lake.running import WrongTypes, once, rows_of, run
from chengxin.lake.store import Store
from chengxin.lake.tests.conftest import Send, order, payment, scan, waybill

LATER = datetime(2026, 7, 1, tzinfo=UTC)
FIRST, END = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def filled(store: Store, send: Send) -> Store:
    """Return a lake with an order on each day of March, and one in February."""
    days = [(FIRST + timedelta(days=n)).isoformat() for n in range(31)]
    orders = [order(f"A{n}", created_at=f"{day}T10:00:00+08:00", buyer=f"b{n % 7}") for n, day in enumerate(days)]
    send("orders", *orders, order("old", created_at="2026-02-27T10:00:00+08:00"))
    send(
        "payments", *(payment(f"P{n}", order_id=f"A{n}", paid_at=f"{day}T11:00:00+08:00") for n, day in enumerate(days))
    )
    send(
        "waybills",
        *(waybill(f"W{n}", order_id=f"A{n}", created_at=f"{day}T12:00:00+08:00") for n, day in enumerate(days)),
    )
    collected = [scan("collected", f"{day}T13:00:00+08:00", f"W{n}") for n, day in enumerate(days)]
    signed = [scan("signed", f"{day}T{14 + n % 5}:00:00+08:00", f"W{n}") for n, day in enumerate(days) if n % 3]
    send("parcel_scans", *collected, *signed)
    reviewed = {n: f"{day}T20:00:00+08:00" for n, day in enumerate(days) if n % 4 != 3}
    send("reviews", *(_review(n, at, "no") for n, at in reviewed.items()), _review(9, reviewed[9], "yes"))
    return store


def _review(n: int, at: str, is_follow_up: str) -> dict[str, Any]:
    """Return a review of the n-th order."""
    code = f"V{n}-{is_follow_up}"
    return {"review_id": code, "order_id": f"A{n}", "reviewed_at": at, "score": 1 + n % 5, "is_follow_up": is_follow_up}


def test_every_query_runs_on_an_empty_lake_with_the_declared_columns(store: Store) -> None:
    for name, query in list_queries().items():
        made = run(name, from_day=FIRST, until_day=END, engine=DuckDB(), store=store)
        assert (made.rows, rows_of(made).columns) == (0, list(query.columns))


def test_a_result_is_computed_once_and_again_when_a_day_changes(filled: Store, send: Send) -> None:
    first = run("seller_day", from_day=FIRST, until_day=END, engine=DuckDB(), store=filled)
    again = run("seller_day", from_day=FIRST, until_day=END, engine=DuckDB(), store=filled)
    assert (first.rows, first.input_rows, first.was_there, again.was_there) == (31, 31, False, True)
    assert replace(again, was_there=False) == first
    send("orders", order("new", created_at="2026-03-05T10:00:00+08:00"))
    changed = run("seller_day", from_day=FIRST, until_day=END, engine=DuckDB(), store=filled)
    assert changed.id != first.id
    assert rows_of(first)["orders"].sum() == 31


def test_threads_and_packing_change_no_row(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list_queries():
        packed = run(name, from_day=FIRST, until_day=END, engine=DuckDB(threads=2), store=filled, fresh=True)
        before = rows_of(packed)
        assert len(before) > 0, name  # Else a query could differ between engines, and no test would see it.
        with monkeypatch.context() as context:
            context.setattr("chengxin.lake.packing.LARGEST", 0)
            bare = run(name, from_day=FIRST, until_day=END, engine=DuckDB(threads=1), store=filled, fresh=True)
        assert bare.id == packed.id
        assert bare.input_files >= packed.input_files
        assert rows_of(bare).equals(before), name


def test_the_days_around_do_not_depend_on_how_they_are_packed(store: Store, send: Send) -> None:
    send("orders", order("A1", created_at="2026-01-31T10:00:00+08:00"))
    # A payment 121 days later is outside of what the reconciliation looks at; the one before it is inside.
    send(
        "payments",
        payment("P1", paid_at="2026-05-31T10:00:00+08:00"),
        payment("P2", paid_at="2026-06-02T10:00:00+08:00"),
        payment("P3", paid_at="2026-06-03T10:00:00+08:00"),
        now=LATER,
    )
    made = run(
        "payment_reconciliation", from_day=date(2026, 1, 31), until_day=date(2026, 2, 1), engine=DuckDB(), store=store
    )
    assert rows_of(made)["paid_fen"].to_list() == [10000]


def test_an_unknown_query_engine_and_empty_span_are_refused(store: Store) -> None:
    for code, call in {
        "L-NO-QUERY": lambda: run("nothing", from_day=FIRST, until_day=END, engine=DuckDB(), store=store),
        "L-DAYS": lambda: run("seller_day", from_day=END, until_day=END, engine=DuckDB(), store=store),
        "L-ENGINE": lambda: open_engine("abacus"),
    }.items():
        with pytest.raises(Refused) as refused:
            call()
        assert refused.value.refusal.code == code


def test_a_sum_that_does_not_fit_is_an_error_and_leaves_no_result(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "rows.parquet"
    pl.DataFrame({"day": [FIRST, FIRST], "n": [2**63 - 1, 2**63 - 1]}).write_parquet(source)
    columns = {"day": ColumnType.DATE, "n": ColumnType.INTEGER}
    known = Input(columns=columns, files=(source,), first=FIRST, end=END, versions=(), rows=2)
    with pytest.raises(duckdb.ConversionException):
        DuckDB().run(
            "select cast(sum(n) as bigint) as n from rows", inputs={"rows": known}, out=tmp_path / "out.parquet"
        )


def test_an_engine_that_returns_other_types_is_found_out(filled: Store) -> None:
    class Wide(DuckDB):
        def run(self, sql: str, *, inputs: object, out: Path) -> None:
            super().run(f"select * replace (cast(orders as hugeint) as orders) from ({sql})", inputs=inputs, out=out)  # type: ignore[arg-type]

    with pytest.raises(WrongTypes, match="orders"):
        run("complaint_base", from_day=FIRST, until_day=END, engine=Wide(), store=filled)
    assert not list((filled.root / "_results").rglob("*.parquet"))


def test_two_results_are_told_apart_by_a_row_an_integer_and_the_ninth_digit(filled: Store) -> None:
    made = run("complaint_base", from_day=FIRST, until_day=END, engine=DuckDB(), store=filled)
    rows = rows_of(made)

    def changed(frame: pl.DataFrame) -> list[tuple[str, int]]:
        other = replace(made, file=made.file.with_name("other.parquet"))
        frame.write_parquet(other.file)
        return [(found.column, found.rows) for found in differences(made, other)]

    assert changed(rows) == []
    assert changed(rows.with_columns(pl.col("orders") + 1)) == [("orders", 1)]
    assert changed(rows.with_columns(seller_id=pl.lit("x"))) == [("rows", 2)]
    assert changed(rows.clear()) == [("rows", 1)]


@pytest.mark.parametrize(("apart", "is_same"), [(0.9e-9, True), (1.1e-9, False)])
def test_doubles_may_differ_by_a_billionth_and_no_more(apart: float, is_same: bool) -> None:
    from chengxin.lake.comparing import _differing

    both = pl.DataFrame(
        {"k": ["a", "b", "c"], "x": [1e6, None, float("nan")], "x@": [1e6 * (1 + apart), None, float("nan")]}
    )
    assert (_differing(both, "x", ColumnType.DOUBLE, ["k"]) == []) is is_same


def test_the_lake_can_be_used_without_spark() -> None:
    code = (
        "import sys, importlib.util; find = importlib.util.find_spec\n"
        "importlib.util.find_spec = lambda name, *rest: None if name == 'pyspark' else find(name, *rest)\n"
        "import django; django.setup()\n"
        "from chengxin.lake import facade\n"
        "assert facade.open_engine('duckdb').name == 'duckdb' and 'pyspark' not in sys.modules\n"
        "from chengxin.lake.spark import why_not_spark\n"
        "print(why_not_spark().code)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "L-NO-SPARK"


def test_every_input_of_a_query_is_a_dataset() -> None:
    for query in list_queries().values():
        assert set(query.inputs) <= set(list_datasets())
        assert set(query.order) <= set(query.columns)


def test_what_is_worked_out_from_the_same_rows_is_worked_out_once(filled: Store, send: Send) -> None:
    worked: list[int] = []

    def counted(rows: pl.DataFrame) -> dict[str, int]:
        worked.append(len(rows))
        return {"rows": len(rows)}

    def asked(name: str) -> dict[str, int]:
        made = run("who_ordered_where", from_day=FIRST, until_day=END, engine=DuckDB(), store=filled)
        return once(made, name, counted)

    assert [asked("count"), asked("count"), worked] == [{"rows": 31}, {"rows": 31}, [31]]
    assert [asked("other"), worked] == [{"rows": 31}, [31, 31]]
    send("orders", order("more", created_at="2026-03-30T10:00:00+08:00"), mode=Mode.LATE)
    assert [asked("count"), worked] == [{"rows": 32}, [31, 31, 32]]

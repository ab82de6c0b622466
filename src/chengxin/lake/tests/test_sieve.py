"""What the sieve leaves out never mattered: the same rows and leads, byte for byte, where all that can goes wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from chengxin.lake import computing, sieve
from chengxin.lake.contracts import ColumnType, Input, Work
from chengxin.lake.datasets import get_dataset
from chengxin.lake.engines import DuckDB
from chengxin.lake.keyed import Folded, Hashing, Numbered
from chengxin.lake.queries import bound, get_query
from chengxin.reputation import facade as reputation

FIRST, END = date(2026, 3, 1), date(2026, 3, 11)
START, HOUR, DAY = 1_772_294_400, 3600, 86_400
ORDERS = 1_500
QUERY = get_query("document_facts")
TYPES = {ColumnType.TEXT: pl.String, ColumnType.INTEGER: pl.Int64, ColumnType.DATE: pl.Date}


@pytest.fixture(autouse=True)
def _of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computing, "LEAST_ROWS", 0)


class Drawn:
    """A market in which every paper is sometimes missing, doubled, shared, early, unknown or wrong."""

    def __init__(self, seed: int) -> None:
        self._draw = np.random.default_rng(seed)

    def some(self, size: int, *values: object, often: float = 0.9) -> list[Any]:
        """Return the first value often, the others seldom."""
        weights = [often, *[(1 - often) / (len(values) - 1)] * (len(values) - 1)]
        return [values[at] for at in self._draw.choice(len(values), size, p=weights)]

    def numbers(self, most: int, size: int) -> Any:
        """Return whole numbers from 0."""
        return self._draw.integers(0, most, size)

    def tables(self) -> dict[str, dict[str, Any]]:
        """Return the columns of every dataset; what is not named is unknown."""
        n = ORDERS
        order, place = np.arange(n) // 2 + (self.numbers(30, n) == 0), self.some(n, "p", "q", often=0.6)
        at = START + self.numbers(12 * DAY, n) - DAY
        keys = {"platform": place, "order_id": [f"A{k}" for k in order]}
        parcel = [f"W{k - k % many}" for k, many in zip(range(n), self.some(n, 1, 2, 3), strict=True)]
        orders = {
            **keys, "created_at": at, "seller_id": [f"s{k}" for k in self.numbers(5, n)],
            "buyer": self.some(n, None, *(f"b{k}" for k in range(12)), often=0.2), "goods_amount": 10_000,
            "freight": self.some(n, None, 500), "discount": self.some(n, None, 200),
            "device": self.some(n, None, *(f"d{k}" for k in range(14)), often=0.2), "deliver_area": "390100",
        }  # fmt: skip
        payments = {
            **keys, "kind": self.some(n, "pay", "refund", often=0.8), "paid_at": at + self.numbers(9 * DAY, n),
            "amount": self.some(n, 10_000, 10_300, 10_700, 5_000, often=0.7),
            "payer": self.some(n, "x", "b1", "b2", often=0.6), "payee": self.some(n, "x", "b1", "s", often=0.6),
        }  # fmt: skip
        return {
            "orders": orders,
            "order_lines": {**keys, "quantity": 1, "unit_price": 10_000, "unit_weight_g": self.some(n, 500, None, 60)},
            "payments": payments,
            "waybills": {
                **keys, "waybill_no": parcel, "measured_g": self.some(n, 510, 20, None),
                "from_area": "390100", "to_area": self.some(n, "390200", "390100", "400100", None, often=0.5),
            },
            "parcel_scans": self._scans({"platform": place, "waybill_no": parcel}, at),
            "reviews": {**keys, "reviewed_at": at + self.numbers(5 * DAY, n), "score": self.some(n, 5, 1)},
            "declarations": {
                **keys, "orderer": self.some(n, "b1", "b2", None, often=0.6),
                "payer": self.some(n, "b1", "b2", None, often=0.6),
                "identity_proven": self.some(n, "no", "yes", None, often=0.5),
                "goods_amount": self.some(n, 10_000, 7_000),
                "paid_amount": self.some(n, 10_000, 5_000), "gross_g": self.some(n, 540, None, 3_000),
            },
        }  # fmt: skip

    def _scans(self, keys: dict[str, list[Any]], at: Any) -> dict[str, Any]:
        stations = {
            kind: at + HOUR * (delay + np.array(self.some(len(at), 0, -30, -50, often=0.94)))
            for kind, delay in (("collected", 20), ("transit", 40), ("signed", 60))
        }
        kinds = [kind for kind in stations for _ in at]
        return {
            **{name: values * 3 for name, values in keys.items()},
            "scanned_at": np.concatenate(list(stations.values())),
            "kind": kinds,
        }

    def written(self, folder: Path) -> dict[str, Input]:
        """Write seven rows in ten of every dataset, in two files, and return them as inputs."""
        inputs = {}
        for name, columns in self.tables().items():
            declared = get_dataset(name)
            rows = pl.DataFrame(columns, strict=False)
            days = (rows[declared.moment] - START) // DAY if declared.moment in columns else None
            offsets = days if days is not None else pl.Series(self.numbers(12, len(rows)) - 1)
            rows = rows.with_columns(day=pl.lit(FIRST) + pl.duration(days=offsets)).with_columns(
                pl.col("day").cast(pl.Date)
            )
            lacking = [
                pl.lit(None, TYPES[kind]).alias(c) for c, kind in declared.columns.items() if c not in rows.columns
            ]
            rows = rows.with_columns(lacking).filter(pl.Series(self.numbers(10, len(rows)) < 7))
            rows = rows.select(pl.col(c).cast(TYPES[kind]) for c, kind in declared.columns.items())
            files = (folder / f"{name}-1.parquet", folder / f"{name}-2.parquet")
            for file, half in zip(files, (rows[: len(rows) // 3], rows[len(rows) // 3 :]), strict=True):
                half.write_parquet(file)
            end = END + timedelta(days=QUERY.inputs[name][1])
            inputs[name] = Input(
                columns=declared.columns, files=files, first=FIRST, end=end, versions=(), rows=len(rows)
            )
        return inputs


def work(inputs: dict[str, Input], book: str) -> Work:
    whole = bound(QUERY, {"from_day": FIRST, "until_day": END})
    columns, condition = ", ".join(reputation.document_columns(book)), reputation.document_condition(book)
    sql = f"select {columns} from ({whole}) as answered where {condition}"
    return Work(query=QUERY, sql=sql, inputs=inputs, near=reputation.document_near(book))


def answered(asked: Work, out: Path) -> pl.DataFrame:
    computing.compute(asked, engine=DuckDB(), out=out)
    rows = pl.read_parquet(out)
    return rows.sort(rows.columns)


@pytest.mark.parametrize(("book", "seed"), [("documents", 0), ("documents", 1), ("crossborder", 2), ("crossborder", 3)])
def test_sifted_and_whole_give_the_same_rows_and_leads(tmp_path: Path, book: str, seed: int) -> None:
    asked = work(Drawn(seed).written(tmp_path), book)
    whole, sifted = answered(replace(asked, near=""), tmp_path / "whole"), answered(asked, tmp_path / "sifted")
    assert sifted.equals(whole)
    one, other = (reputation.judge(rows, orders=ORDERS, book=book) for rows in (whole, sifted))
    assert one.leads.write_csv() == other.leads.write_csv()
    assert (one.fired, len(one.leads) > 10) == (other.fired, True)
    assert min(one.fired.values()) > 0, one.fired


def test_only_orders_near_a_rule_are_joined_with_all_there_is_of_them(tmp_path: Path) -> None:
    asked = work(Drawn(7).written(tmp_path), "documents")
    near = replace(asked, near="score = 1")
    assert QUERY.sieve is not None
    (tmp_path / "kept").mkdir()
    sifted = sieve.sift(near, QUERY.sieve, folder=tmp_path / "kept")
    rows = {name: pl.read_parquet(known.files) for name, known in sifted.inputs.items()}
    before = {name: pl.read_parquet(known.files) for name, known in asked.inputs.items()}
    keys = ["platform", "order_id"]
    for name in ("order_lines", "payments", "reviews", "declarations"):
        days = pl.col("day").is_between(asked.inputs[name].first, asked.inputs[name].end, closed="left")
        wanted = before[name].filter(days).join(sifted.kept, on=keys, how="semi")
        assert rows[name].sort(rows[name].columns).equals(wanted.select(rows[name].columns).sort(rows[name].columns))
        assert 0 < len(wanted) < len(before[name])
    # Whoever shares a device or a parcel with them is read too, and is no answer.
    assert len(rows["orders"].join(sifted.kept, on=keys, how="anti")) > 0
    assert answered(near, tmp_path / "near").join(sifted.kept, on=keys, how="anti").is_empty()


def test_what_is_too_small_or_too_large_is_joined_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replace(work(Drawn(1).written(tmp_path), "documents"), near="1 = 0")
    assert answered(asked, tmp_path / "out").is_empty()
    monkeypatch.setattr(computing, "MOST_ROWS", 10)
    assert len(answered(asked, tmp_path / "out")) > 10
    monkeypatch.setattr(computing, "MOST_ROWS", 10**9)
    monkeypatch.setattr(computing, "LEAST_ROWS", 10**8)
    assert len(answered(asked, tmp_path / "out")) > 10


def test_keys_of_two_parts_are_told_apart_and_a_total_with_an_unknown_part_is_unknown() -> None:
    rows = pl.DataFrame({"platform": ["p", "q", "p", "p"], "order_id": ["A", "A", "B", "A"]})
    known = Numbered(Hashing().keys(rows, ("platform", "order_id")))
    assert (len(known), known.numbers.tolist()) == (3, [0, 1, 2, 0])
    values = pl.Series([5, None, 7, 2])
    expected = {"sum": [7, None, 7], "total": [7, None, 7], "min": [2, None, 7], "max": [5, None, 7]}
    for how, wanted in expected.items():
        folded = Folded(how, 3)
        folded.take(known.numbers, values)
        assert folded.at(np.arange(3, dtype=np.int32)).to_list() == wanted
    unknown = Folded("total", 1)
    unknown.take(np.zeros(2, np.int32), pl.Series([1, None]))
    assert unknown.at(np.zeros(1, np.int32)).to_list() == [None]

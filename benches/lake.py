"""Ask the lake each of its logical queries, beside the same question written by hand for DuckDB (`by_hand/*.sql`).

Both read the same files and write Parquet; the rows must be equal before a time counts. The best of three each, in
turns. On a machine that others use too, the ratio of CPU seconds (of all threads) says more than that by the clock.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benches.orders import inputs

TURNS = 3


def run(root: Path, *, rows: int) -> dict[str, Any]:  # noqa: ARG001 - every bench is told where the checkout lies
    """Run the bench and return its figures."""
    from chengxin.lake.datasets import list_datasets
    from chengxin.lake.engines import DuckDB
    from chengxin.lake.queries import bound, list_queries

    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as name:
        folder = Path(name)
        tables = inputs(folder, list_datasets(), rows)
        for query in list_queries().values():
            days = {"from_day": date(2026, 1, 1), "until_day": date(2027, 1, 1)}
            sql = bound(query, {**query.parameters, **days})
            known = {dataset: tables[dataset] for dataset in query.inputs}
            turns = [
                (
                    _took(lambda: DuckDB().run(sql, inputs=known, out=folder / "ours.parquet")),  # noqa: B023 - at once
                    _took(lambda: _by_hand(query.name, folder)),  # noqa: B023 - at once
                )
                for _ in range(TURNS)
            ]
            (ours, worked), (hand, toiled) = (
                [min(turn[who][clock] for turn in turns) for clock in (0, 1)] for who in (0, 1)
            )
            made, expected = (_rows(folder / f"{who}.parquet", query) for who in ("ours", "hand"))
            if not made.equals(expected):
                raise RuntimeError(f"The rows of {query.name} are not those of the yardstick.")
            figures[query.name] = {
                "rows": len(made),
                "ours s": round(ours, 3),
                "by hand s": round(hand, 3),
                "ratio": round(ours / hand, 2),
                "cpu ratio": round(worked / toiled, 2),
            }
    return figures


def _took(work: Callable[[], None]) -> tuple[float, float]:
    """Return the seconds something takes, and those of CPU."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - began, time.process_time() - worked


def _rows(file: Path, query: Any) -> pl.DataFrame:  # noqa: ANN401 - a Query, imported late
    types = {"text": pl.String, "integer": pl.Int64, "date": pl.Date, "double": pl.Float64}
    columns = [pl.col(name).cast(types[kind]) for name, kind in query.columns.items()]
    return pl.read_parquet(file).select(columns).sort(list(query.order))


def _by_hand(name: str, folder: Path) -> None:
    sql = (Path(__file__).parent / "by_hand" / f"{name}.sql").read_text("utf-8")
    with duckdb.connect() as connection:
        for table in folder.glob("*.parquet"):
            connection.execute(f"create view {table.stem} as from read_parquet('{table}')")
        connection.execute(f"copy ({sql}) to '{folder / 'hand.parquet'}' (format parquet, compression zstd)")

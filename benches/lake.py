"""Ask the lake each of its logical queries, beside the same question written by hand for DuckDB (`by_hand/*.sql`).

Both read the same files and write Parquet; the rows must be equal before a time counts. The best of three each, in
turns.
"""

from __future__ import annotations

import tempfile
import time
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
            seconds = {"ours": 1e9, "by hand": 1e9}
            for _ in range(TURNS):
                began = time.perf_counter()
                DuckDB().run(sql, inputs=known, out=folder / "ours.parquet")
                between = time.perf_counter()
                _by_hand(query.name, folder)
                seconds["ours"] = min(seconds["ours"], between - began)
                seconds["by hand"] = min(seconds["by hand"], time.perf_counter() - between)
            made, expected = (_rows(folder / f"{who}.parquet", query) for who in ("ours", "hand"))
            if not made.equals(expected):
                raise RuntimeError(f"The rows of {query.name} are not those of the yardstick.")
            figures[query.name] = {
                "rows": len(made),
                **{f"{who} s": round(value, 3) for who, value in seconds.items()},
                "ratio": round(seconds["ours"] / seconds["by hand"], 2),
            }
    return figures


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

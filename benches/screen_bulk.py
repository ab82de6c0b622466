"""Exact matching of a CSV of millions against a list: our stage on columns beside DuckDB's join."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

from chengxin.screening.bulk import Exact
from chengxin.screening.contracts import COLUMNS, Query
from chengxin.screening.facade import build, check_rows

LISTED = 100_000


def bulk(rows: int) -> dict[str, Any]:
    """Return the seconds of the matching stage for a CSV with credit codes and names, and of DuckDB's join."""
    draw = np.random.default_rng(5)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "queries.csv"
        numbers = pl.Series(draw.integers(10**16, 9 * 10**16, rows)).cast(pl.String)
        pl.DataFrame({"id": np.arange(rows), "uscc": "9" + numbers, "name": "云汀" + numbers + "有限公司"}).write_csv(
            path
        )
        began = time.perf_counter()
        frame = pl.read_csv(path, infer_schema=False).with_columns(id_no=pl.lit(""))
        read = time.perf_counter() - began
    chosen = random.Random(5).sample(range(rows), LISTED // 2)
    known = frame[chosen].select("uscc", "name")
    entries = [
        Query(f"L{k}", "enterprise", name if k % 2 else "", uscc="" if k % 2 else uscc)
        for k, (uscc, name) in enumerate(known.iter_rows())
    ]
    entries += [Query(f"X{k}", "enterprise", f"海岚{k}号商行") for k in range(LISTED - len(entries))]
    segment = build(check_rows(pl.DataFrame(entries, schema=list(COLUMNS), orient="row")).frame)
    exact = Exact(segment)
    ours, found = _best(lambda: int(exact.rows(frame).sum()))
    database = duckdb.connect()
    with tempfile.TemporaryDirectory() as folder:
        for name, table in (("listed", segment.entries), ("asked", frame)):
            table.select("uscc", "name").write_parquet(Path(folder) / f"{name}.parquet", compression="uncompressed")
            database.execute(f"create table {name} as from '{folder}/{name}.parquet'")
    text = (
        "select count(*) from asked where uscc in (select uscc from listed where uscc <> '') "
        "or name in (select name from listed where name <> '')"
    )
    theirs, also = _best(lambda: int(database.execute(text).fetchall()[0][0]))
    return {
        f"exact, {rows:,} × {LISTED:,}": {
            "read CSV s": round(read, 2),
            "matching s": round(ours, 2),
            "DuckDB join s": round(theirs, 2),
            "ratio": round(theirs / ours, 2),
            "rows found": found,
            "DuckDB found": also,
        }
    }


def _best(work: Callable[[], int]) -> tuple[float, int]:
    """Return the seconds of the better of two runs, and what it found."""
    taken = []
    found = 0
    for _ in range(2):
        began = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - began)
    return min(taken), found

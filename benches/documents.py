"""Judge the papers of so many orders: the lake hands over the orders on which a rule may fire, then the rules judge.

Ours and the yardstick by hand run twice each, in turns; the second time counts, when loops are compiled and files read.
On a machine that others use too, only CPU seconds (of all threads) and their ratio say something.

Then the rules judge an invented market of another model (`fakes.py`; `--seed` repeats it): of each kind of fakes the
share that becomes a lead, and of honest orders the number among 10,000.

Yardsticks: two of the rules (time order, amounts) written by hand for DuckDB over the same files, and in pandas over
the same tables already in memory; both must count what ours counts.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

from benches.fakes import fakes
from benches.orders import inputs, stored

FAKED = 20_000  # Orders of the market with fakes.


def run(
    root: Path,  # noqa: ARG001 - every bench is told where the checkout lies
    *,
    rows: int,
    seed: int | None = None,
) -> dict[str, Any]:
    """Run the bench and return its figures."""
    seed = int(np.random.default_rng().integers(2**31)) if seed is None else seed
    return {**_speed(rows), "seed": seed, **found_fakes(np.random.default_rng(seed), FAKED)}


def found_fakes(draw: np.random.Generator, orders: int) -> dict[str, Any]:
    """Return of each kind of fakes the share that becomes a lead, and how many honest orders of 10,000 do."""
    with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as name:
        tables, kinds = fakes(draw, orders)
        work = _work(stored(Path(name), _query().inputs, tables, orders))
        judged, _joining, _worked = _ours(work, Path(name) / "facts.parquet", orders)
    led = set(judged.leads["order_id"])
    shares = {
        kind: round(float(np.mean([order in led for order, one in kinds.items() if one == kind])), 3)
        for kind in sorted(set(kinds.values()))
    }
    return {"fakes that are leads": shares, "honest leads of 10,000": round(1e4 * len(led - set(kinds)) / orders, 2)}


def _query() -> Any:  # noqa: ANN401 - loaded late
    from chengxin.lake.queries import get_query

    return get_query("document_facts")


def _work(written: dict[str, Any]) -> Any:  # noqa: ANN401 - loaded late
    from chengxin.lake.contracts import Work
    from chengxin.lake.queries import bound
    from chengxin.reputation.facade import document_columns, document_condition, document_near

    whole = bound(_query(), {"from_day": date(2026, 1, 1), "until_day": date(2027, 1, 1)})
    sql = f"select {', '.join(document_columns())} from ({whole}) as answered where {document_condition()}"
    return Work(query=_query(), sql=sql, inputs=written, near=document_near())


def _speed(rows: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as name:
        folder = Path(name)
        work = _work(inputs(folder, _query().inputs, rows))
        for _ in range(2):
            judged, (joining, ours), worked = _ours(work, folder / "facts.parquet", rows)
            expected = (judged.fired["R5"], judged.fired["R7"])
            by_hand = _timed(_by_hand, folder, expected)
        yardsticks = {"yardstick: two by hand": by_hand, **_pandas(folder, expected)}
    return {
        "orders": judged.orders,
        "cpu_seconds": round(worked, 2),
        "leads": len(judged.leads),
        "join_seconds": round(joining, 2),
        "rules_seconds": round(ours - joining, 2),
        "orders_per_second": round(judged.orders / ours),
        "orders_per_cpu_second": round(judged.orders / worked),
        **{
            name: {
                "orders/s": round(judged.orders / seconds),
                "ratio": round(seconds / ours, 2),
                "cpu ratio": round(cpu / worked, 2),
            }
            if seconds
            else "not installed: uv sync --inexact --extra yardsticks"
            for name, (seconds, cpu) in yardsticks.items()
        },
    }


def _ours(work: Any, out: Path, orders: int) -> tuple[Any, tuple[float, float], float]:  # noqa: ANN401 - loaded late
    """Return what was judged, the seconds of joining and in all, and those of CPU."""
    from chengxin.lake.computing import compute
    from chengxin.lake.engines import DuckDB
    from chengxin.reputation.facade import judge

    began, worked = time.perf_counter(), time.process_time()
    compute(work, engine=DuckDB(), out=out)
    joined = time.perf_counter()
    judged = judge(pl.read_parquet(out), orders=orders)
    return judged, (joined - began, time.perf_counter() - began), time.process_time() - worked


def _timed(count: Callable[..., tuple[int, int]], what: Any, expected: tuple[int, int]) -> tuple[float, float]:  # noqa: ANN401
    """Return the seconds, and those of CPU, in which a yardstick counts what ours counted."""
    began, worked = time.perf_counter(), time.process_time()
    if count(what) != expected:
        raise RuntimeError("The yardstick counts other orders.")
    return time.perf_counter() - began, time.process_time() - worked


def _pandas(folder: Path, expected: tuple[int, int]) -> dict[str, tuple[float, float]]:
    try:
        import pandas as pd
    except ImportError:
        return {"yardstick: two in pandas": (0.0, 0.0)}
    wanted = {
        "orders": ["order_id", "goods_amount", "created_at"],
        "payments": ["order_id", "amount"],
        "waybills": ["order_id", "waybill_no"],
        "parcel_scans": ["waybill_no", "kind", "scanned_at"],
    }
    tables = {
        name: pd.DataFrame(pl.read_parquet(folder / f"{name}.parquet", columns=columns).to_dict())
        for name, columns in wanted.items()
    }
    return {"yardstick: two in pandas": _timed(_in_pandas, tables, expected)}


def _in_pandas(tables: dict[str, Any]) -> tuple[int, int]:
    scans = tables["parcel_scans"]
    collected = scans[scans.kind == "collected"].groupby("waybill_no").scanned_at.min().rename("collected")
    signed = scans[scans.kind == "signed"].groupby("waybill_no").scanned_at.max().rename("signed")
    paid = tables["payments"].groupby("order_id").amount.sum().rename("paid")
    rows = tables["orders"].merge(paid, how="left", on="order_id").merge(tables["waybills"], how="left", on="order_id")
    rows = rows.merge(collected, how="left", on="waybill_no").merge(signed, how="left", on="waybill_no")
    is_disordered = (rows.signed < rows.collected) | (rows.collected < rows.created_at)
    is_short = (rows.paid - rows.goods_amount).abs() * 100 > rows.goods_amount * 5
    return int(is_disordered.sum()), int(is_short.sum())


def _by_hand(folder: Path) -> tuple[int, int]:
    [counted] = duckdb.sql(f"""
        with paid as (select order_id, sum(amount) fen from '{folder}/payments.parquet' group by 1),
             scans as (select waybill_no, min(scanned_at) filter (kind = 'collected') collected,
                              max(scanned_at) filter (kind = 'signed') signed
                       from '{folder}/parcel_scans.parquet' group by 1)
        select count(*) filter (signed < collected or collected < o.created_at),
          count(*) filter (abs(fen - goods_amount) * 20 > goods_amount)
        from '{folder}/orders.parquet' o left join paid using (order_id)
          left join '{folder}/waybills.parquet' w using (order_id) left join scans s on s.waybill_no = w.waybill_no
    """).fetchall()
    return counted

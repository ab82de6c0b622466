"""Judge the papers of so many orders: the lake's facts of each order on DuckDB, then every rule in one pass.

Yardstick: two rules (time order, amounts) written by hand for DuckDB over the same files.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import polars as pl

DAY, FIRST = 86_400, 1_772_294_400  # 2026-03-01, Beijing


def run(root: Path, *, rows: int) -> dict[str, Any]:  # noqa: ARG001 - every bench is told where the checkout lies
    """Run the bench and return its figures."""
    from chengxin.lake.contracts import Input
    from chengxin.lake.datasets import get_dataset
    from chengxin.lake.engines import DuckDB
    from chengxin.lake.queries import bound, get_query
    from chengxin.reputation.facade import judge

    with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as name:
        folder, query = Path(name), get_query("document_facts")
        tables = _tables(rows)
        inputs = {}
        for dataset in query.inputs:
            columns = get_dataset(dataset).columns
            file = folder / f"{dataset}.parquet"
            _as_declared(tables.get(dataset, pl.DataFrame()), columns).write_parquet(file)
            inputs[dataset] = Input(
                columns=columns, files=(file,), first=date(2026, 1, 1), end=date(2027, 1, 1), versions=(), rows=rows
            )
        sql = bound(query, {"from_day": date(2026, 1, 1), "until_day": date(2027, 1, 1)})
        began = time.perf_counter()
        DuckDB().run(sql, inputs=inputs, out=folder / "facts.parquet")
        joined = time.perf_counter()
        judged = judge(pl.read_parquet(folder / "facts.parquet"))
        ended = time.perf_counter()
        yardstick = _by_hand(folder)
    return {
        "orders": judged.orders,
        "leads": len(judged.leads),
        "join_seconds": round(joined - began, 2),
        "rules_seconds": round(ended - joined, 2),
        "orders_per_second": round(judged.orders / (ended - began)),
        "rules_orders_per_second": round(judged.orders / (ended - joined)),
        "two_rules_by_hand_orders_per_second_yardstick": round(judged.orders / yardstick),
        "ratio": round(yardstick / (ended - began), 2),
    }


def _tables(rows: int) -> dict[str, pl.DataFrame]:
    """Return honest orders with their lines, payments, parcels and reviews."""
    draw = np.random.default_rng(3)
    number = pl.Series(np.arange(rows)).cast(pl.String)
    at = pl.Series(FIRST + draw.integers(0, 90 * DAY, rows))
    price = pl.Series(draw.integers(500, 50_000, rows))
    base = pl.DataFrame({"platform": ["p"] * rows, "order_id": "A" + number, "created_at": at})
    collected, signed = at + 20 * 3600, at + 70 * 3600
    scans = [
        base.select("platform", waybill_no="order_id", scanned_at=moment, kind=pl.lit(kind), site=pl.lit("x"))
        for moment, kind in ((collected, "collected"), (at + 40 * 3600, "transit"), (signed, "signed"))
    ]
    buyer = ("b" + pl.Series(draw.integers(0, rows, rows)).cast(pl.String)).alias("buyer")
    seller = ("s" + pl.Series(draw.integers(0, max(1, rows // 200), rows)).cast(pl.String)).alias("seller_id")
    return {
        "orders": base.with_columns(
            seller, buyer, goods_amount=price, status=pl.lit("completed"), device=buyer, deliver_area=pl.lit("390100")
        ),
        "order_lines": base.with_columns(
            line_no=pl.lit(1), sku=pl.lit("k"), quantity=pl.lit(1), unit_price=price, unit_weight_g=pl.lit(500)
        ),
        "payments": base.select(
            "platform",
            "order_id",
            payment_id="order_id",
            kind=pl.lit("pay"),
            paid_at=at + 60,
            amount=price,
            payer=buyer,
            payee=pl.lit("x"),
        ),
        "waybills": base.with_columns(waybill_no="order_id", courier=pl.lit("c"), measured_g=pl.lit(510)),
        "parcel_scans": pl.concat(scans),
        "reviews": base.select(
            "platform", "order_id", review_id="order_id", reviewed_at=signed + DAY, score=pl.lit(5)
        ).head(rows // 2),
    }


def _as_declared(rows: pl.DataFrame, columns: dict[str, Any]) -> pl.DataFrame:
    """Return a table with the columns a dataset stores; what it lacks is unknown."""
    types = {"text": pl.String, "integer": pl.Int64, "date": pl.Date}
    typed = [
        (pl.col(name) if name in rows.columns else pl.lit(None)).cast(types[kind]).alias(name)
        for name, kind in columns.items()
        if name != "day"
    ]
    return rows.select(*typed).with_columns(day=pl.lit(date(2026, 3, 1))).select(list(columns))


def _by_hand(folder: Path) -> float:
    began = time.perf_counter()
    duckdb.sql(f"""
        with paid as (select order_id, sum(amount) fen from '{folder}/payments.parquet' group by 1),
             scans as (select waybill_no, min(scanned_at) filter (kind = 'collected') collected,
                              max(scanned_at) filter (kind = 'signed') signed
                       from '{folder}/parcel_scans.parquet' group by 1)
        select count(*) filter (abs(fen - goods_amount) * 20 > goods_amount or signed < collected)
        from '{folder}/orders.parquet' o left join paid using (order_id)
          left join '{folder}/waybills.parquet' w using (order_id) left join scans s on s.waybill_no = w.waybill_no
    """).fetchall()
    return time.perf_counter() - began

"""Invented orders with their lines, payments, parcels, scans, reviews and visits, as the lake stores them.

Of 97 orders one is paid a tenth less than it costs, of 101 one is signed for before it was collected.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

DAY, FIRST = 86_400, 1_772_294_400  # 2026-03-01, Beijing


def inputs(folder: Path, names: Any, rows: int) -> dict[str, Any]:  # noqa: ANN401 - names of datasets
    """Write the named datasets of so many orders into a folder, and return them as a query takes them."""
    return stored(folder, names, _tables(rows), rows)


def stored(folder: Path, names: Any, tables: dict[str, pl.DataFrame], rows: int) -> dict[str, Any]:  # noqa: ANN401 - as above
    """Write tables into a folder as the lake stores them, and return them as a query takes them."""
    from chengxin.lake.contracts import Input
    from chengxin.lake.datasets import get_dataset

    written = {}
    for dataset in names:
        declared = get_dataset(dataset)
        columns, file = declared.columns, folder / f"{dataset}.parquet"
        _as_declared(tables.get(dataset, pl.DataFrame()), columns, declared.moment).write_parquet(file)
        written[dataset] = Input(
            columns=columns, files=(file,), first=date(2026, 1, 1), end=date(2027, 1, 1), versions=(), rows=rows
        )
    return written


def _tables(rows: int) -> dict[str, pl.DataFrame]:
    """Return the tables by the name of their dataset."""
    draw = np.random.default_rng(3)
    number = pl.Series(np.arange(rows)).cast(pl.String)
    at = pl.Series(FIRST + draw.integers(0, 90 * DAY, rows))
    price = pl.Series(draw.integers(500, 50_000, rows))
    base = pl.DataFrame({"platform": ["p"] * rows, "order_id": "A" + number, "created_at": at})
    index = np.arange(rows)
    collected = at + 20 * 3600
    signed = at + pl.Series(np.where(index % 101 == 0, 19 * 3600, 70 * 3600 + draw.integers(0, DAY, rows)))
    paid = price - pl.Series(np.where(index % 97 == 0, price.to_numpy() // 10, 0))
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
            amount=paid,
            payer=buyer,
            payee=pl.lit("x"),
        ),
        "waybills": base.with_columns(waybill_no="order_id", courier=pl.lit("c"), measured_g=pl.lit(510)),
        "parcel_scans": pl.concat(scans),
        "visits": base.select(
            "platform", seller, visit_id="order_id", started_at=at - 600, dwell_ms=pl.lit(30_000), device=buyer
        ),
        "reviews": base.select(
            "platform", "order_id", review_id="order_id", reviewed_at=signed + DAY, score=pl.lit(5)
        ).head(rows // 2),
    }


def _as_declared(rows: pl.DataFrame, columns: dict[str, Any], moment: str) -> pl.DataFrame:
    """Return a table with the columns a dataset stores; what it lacks is unknown."""
    types = {"text": pl.String, "integer": pl.Int64, "date": pl.Date}
    typed = [
        (pl.col(name) if name in rows.columns else pl.lit(None)).cast(types[kind]).alias(name)
        for name, kind in columns.items()
        if name != "day"
    ]
    since = pl.duration(days=(pl.col(moment) - FIRST) // DAY)
    return rows.select(*typed).with_columns(day=(pl.lit(date(2026, 3, 1)) + since).cast(pl.Date)).select(list(columns))

"""Read Olist's published tables (kaggle.com/datasets/olistbr/brazilian-ecommerce) as deliveries of one platform.

The tables are the user's own copy; none of their rows is part of this project. Times are local Brazil without a zone,
amounts are reais and stand where yuan do. Olist knows no payer, no weight and no scans: an order that was handed over
or delivered has a waybill of its own number with one scan for each, and nothing is invented beside.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from chengxin.files import facade as files
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lake.contracts import Delivery
from chengxin.lake.loading import Keep, Progress, load
from chengxin.lake.store import Store

PLATFORM: Final = "olist"
ZONE: Final = "America/Sao_Paulo"
COURIER: Final = "olist"
_TABLES: Final = ("orders", "order_items", "order_payments", "order_reviews", "customers", "sellers", "products")


def import_olist(
    folder: Path,
    *,
    now: datetime,
    store: Store,
    keep: Keep = files.keep,
    progress: Progress = lambda _what, _rows: None,
    platform: str = PLATFORM,
) -> list[Delivery]:
    """Take in Olist's tables from a folder, as published or shortened, plain or gzipped."""
    tables = {name: _table(folder, name) for name in _TABLES}
    deliveries = []
    with _written(_deliveries(tables)) as written:
        for dataset, file in written.items():
            deliveries.append(
                load(
                    file,
                    dataset=dataset,
                    platform=platform,
                    now=now,
                    zone=ZONE,
                    store=store,
                    keep=keep,
                    progress=progress,
                )
            )
    return deliveries


def _table(folder: Path, name: str) -> pl.LazyFrame:
    for spelled in (f"{name}.csv.gz", f"{name}.csv", f"olist_{name}_dataset.csv", f"olist_{name}_dataset.csv.gz"):
        if (folder / spelled).exists():
            return pl.read_csv(folder / spelled, infer_schema=False).lazy()
    raise Refused(
        Refusal(
            code="L-OLIST",
            what="文件夹里没有 {name} 表。",
            next_step="请放入 Olist 公布的各张 CSV 表（可以是 gzip 压缩）。",
            values={"name": name},
        )
    )


def _deliveries(tables: dict[str, pl.LazyFrame]) -> dict[str, pl.LazyFrame]:
    items = tables["order_items"].join(
        tables["products"].select("product_id", category="product_category_name", weight="product_weight_g"),
        on="product_id",
        how="left",
    )
    orders = tables["orders"].join(tables["customers"], on="customer_id", how="left")
    of_order = items.group_by("order_id").agg(
        # An order of several sellers is filed under the one of its first line, as Olist shows it.
        pl.col("seller_id", "category").sort_by(pl.col("order_item_id").cast(pl.Int64)).first(),
        pl.col("price", "freight_value").cast(pl.Decimal(18, 2)).sum(),
        due=pl.col("shipping_limit_date").max(),
    )
    bought = orders.join(of_order, on="order_id", how="left")
    return {
        "orders": _orders(bought),
        "order_lines": _lines(items, orders),
        "payments": _payments(tables["order_payments"], orders),
        "waybills": _waybills(orders),
        "parcel_scans": _scans(orders),
        "reviews": _reviews(tables["order_reviews"]),
    }


def _orders(bought: pl.LazyFrame) -> pl.LazyFrame:
    return bought.select(
        "order_id",
        # An order without lines has no seller in Olist, which keeps it out of every shop's figures.
        seller_id=pl.col("seller_id").fill_null("unknown"),
        created_at="order_purchase_timestamp",
        status="order_status",
        category="category",
        goods_amount=pl.col("price").fill_null(0).cast(pl.String),
        freight=pl.col("freight_value").cast(pl.String),
        buyer="customer_unique_id",
        address="customer_zip_code_prefix",
        handover_due_at="due",
        delivery_due_at="order_estimated_delivery_date",
    )


def _lines(items: pl.LazyFrame, orders: pl.LazyFrame) -> pl.LazyFrame:
    dated = items.join(orders.select("order_id", created_at="order_purchase_timestamp"), on="order_id", how="inner")
    return dated.select(
        "order_id",
        "created_at",
        "category",
        line_no="order_item_id",
        sku="product_id",
        quantity=pl.lit("1"),
        unit_price="price",
        unit_weight_g="weight",
    )


def _payments(payments: pl.LazyFrame, orders: pl.LazyFrame) -> pl.LazyFrame:
    approved = pl.coalesce("order_approved_at", "order_purchase_timestamp")
    paid = payments.join(orders.select("order_id", paid_at=approved), on="order_id", how="inner")
    return paid.select(
        "order_id",
        "paid_at",
        payment_id=pl.col("order_id") + "-" + pl.col("payment_sequential"),
        kind=pl.lit("pay"),
        amount="payment_value",
        channel="payment_type",
    )


def _handed(orders: pl.LazyFrame) -> pl.LazyFrame:
    is_sent = pl.any_horizontal(pl.col("order_delivered_carrier_date", "order_delivered_customer_date").is_not_null())
    return orders.filter(is_sent).with_columns(waybill_no="order_id")


def _waybills(orders: pl.LazyFrame) -> pl.LazyFrame:
    made_out = pl.coalesce("order_approved_at", "order_purchase_timestamp")
    return _handed(orders).select("waybill_no", "order_id", courier=pl.lit(COURIER), created_at=made_out)


def _scans(orders: pl.LazyFrame) -> pl.LazyFrame:
    steps = {"collected": "order_delivered_carrier_date", "signed": "order_delivered_customer_date"}
    return pl.concat(
        _handed(orders)
        .filter(pl.col(column).is_not_null())
        .select("waybill_no", scanned_at=column, kind=pl.lit(kind), site=pl.lit(COURIER))
        for kind, column in steps.items()
    )


def _reviews(reviews: pl.LazyFrame) -> pl.LazyFrame:
    # Olist uses one review for several orders, so the order is part of its number.
    return reviews.select(
        "order_id",
        review_id=pl.col("review_id").str.slice(0, 32) + "-" + pl.col("order_id").str.slice(0, 31),
        reviewed_at="review_creation_date",
        score="review_score",
    )


@contextmanager
def _written(deliveries: dict[str, pl.LazyFrame]) -> Iterator[dict[str, Path]]:
    """Write each delivery as a file, for the door takes files; they are gone after the block."""
    with tempfile.TemporaryDirectory() as folder:
        written = {}
        for name, rows in deliveries.items():
            written[name] = Path(folder, f"olist-{name}.parquet")
            rows.collect().write_parquet(written[name])
        yield written

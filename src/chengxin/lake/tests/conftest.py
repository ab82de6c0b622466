"""A lake of its own for each test, and the rows a platform sends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from chengxin.lake.contracts import Delivery
from chengxin.lake.loading import load
from chengxin.lake.store import Store

NOW = datetime(2026, 4, 1, 4, tzinfo=UTC)
Send = Callable[..., Delivery]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "lake")


@pytest.fixture
def send(store: Store, tmp_path: Path) -> Send:
    """Send rows as JSON lines; a test whose rows are questioned asks for `sealing` too."""

    def send_rows(dataset: str, *rows: dict[str, Any], platform: str = "market", **options: Any) -> Delivery:
        file = tmp_path / "sent.jsonl"
        file.write_text(pl.DataFrame(rows, infer_schema_length=None).write_ndjson(), "utf-8")
        return load(file, dataset=dataset, platform=platform, store=store, **{"now": NOW, **options})

    return send_rows


@pytest.fixture
def sealing(db: None, settings: Any, tmp_path: Path) -> Path:
    """Seal questioned rows with the real key service, into a folder of the test."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def order(order_id: str = "A1", **given: Any) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "seller_id": "shop-1",
        "created_at": "2026-03-01T10:00:00+08:00",
        "status": "paid",
        "goods_amount": "100.00",
        "buyer": "buyer-1",
        **given,
    }


def payment(payment_id: str = "P1", **given: Any) -> dict[str, Any]:
    return {
        "payment_id": payment_id,
        "order_id": "A1",
        "kind": "pay",
        "paid_at": "2026-03-01T10:01:00+08:00",
        "amount": "100.00",
        "payer": "buyer-1",
        "payee": "shop-1-owner",
        **given,
    }


def waybill(waybill_no: str = "W1", **given: Any) -> dict[str, Any]:
    return {
        "waybill_no": waybill_no,
        "order_id": "A1",
        "courier": "swift",
        "created_at": "2026-03-01T12:00:00+08:00",
        "from_area": "390101",
        "to_area": "390202",
        **given,
    }


def scan(kind: str, at: str, waybill_no: str = "W1") -> dict[str, Any]:
    return {"waybill_no": waybill_no, "scanned_at": at, "kind": kind, "site": "s"}

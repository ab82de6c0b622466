"""Take in a folder of tables at once: files named as the datasets, or Olist's tables."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lake.contracts import Delivery
from chengxin.lake.datasets import list_datasets
from chengxin.lake.loading import Keep, load
from chengxin.lake.olist import import_olist
from chengxin.lake.store import Store

PLATFORM: Final = "folder"
_ENDINGS: Final = (".parquet", ".csv", ".csv.gz", ".jsonl")
_OLIST: Final = "order_items"


def load_folder(folder: Path, *, now: datetime, zone: str, store: Store, keep: Keep) -> list[Delivery]:
    """Take in every table of a folder, in the order of the datasets; `zone` is that of times without an offset."""
    if any(folder.glob(f"*{_OLIST}*")):
        return import_olist(folder, now=now, store=store, keep=keep)
    found = {
        name: folder / f"{name}{ending}"
        for name in list_datasets()
        for ending in reversed(_ENDINGS)
        if (folder / f"{name}{ending}").is_file()
    }
    if "orders" not in found:
        raise Refused(
            Refusal(
                code="L-FOLDER",
                what="文件夹里没有订单表。",
                why="订单是比对的起点，其他单据都对着订单看。",
                next_step="请放入 orders 表（Parquet、CSV 或 JSON lines），其他表按数据集名称命名。",
            )
        )
    return [
        load(file, dataset=name, platform=PLATFORM, now=now, zone=zone, store=store, keep=keep)
        for name, file in found.items()
    ]

"""Read many small days as one file per month: an engine pays milliseconds for each file it opens.

A packed month is made from the standing files of its days and named by their names, so it is never stale: other days,
other name. It is a copy that may be deleted at any time; days that are large enough are read as they are.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

import polars as pl

from chengxin.lake.contracts import Day
from chengxin.lake.store import Place, Store

LARGEST: Final = 64 << 20
KEPT_SECONDS: Final = 86_400


def pack(store: Store, dataset: str, versions: Sequence[tuple[Place, Day]], *, first: date, end: date) -> list[Path]:
    """Return the files to read for the days [first, end): packed months where days are small, else the days' own.

    `versions` are all standing days in order; a packed month also holds the days of it outside the asked ones.
    """
    found: list[Path] = []
    for (platform, month), group in groupby(versions, key=lambda one: (one[0][0], one[0][1].replace(day=1))):
        days = [day for _, day in group]
        asked = [store.root / dataset / day.file for day in days if first <= day.day < end]
        whole = [store.root / dataset / day.file for day in days]
        if len(asked) < 2 or sum(file.stat().st_size for file in whole) > LARGEST:
            found += asked
        else:
            found.append(_packed(store.root / "_packed" / dataset / platform, month, whole))
    return found


def _packed(folder: Path, month: date, files: list[Path]) -> Path:
    digest = hashlib.sha256("|".join(file.stem for file in files).encode()).hexdigest()[:24]
    place = folder / f"{month:%Y-%m}-{digest}.parquet"
    if place.exists():
        return place
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{place.name}.{os.getpid()}"
    frames = (pl.read_parquet(file, hive_partitioning=False) for file in files)
    pl.concat(frames, how="diagonal").write_parquet(draft, compression="zstd", statistics=True)
    draft.replace(place)
    _forget(folder, month, keep=place)
    return place


def _forget(folder: Path, month: date, *, keep: Path) -> None:
    """Remove older packings of the month that nobody can still be reading."""
    before = time.time() - KEPT_SECONDS
    for file in folder.glob(f"{month:%Y-%m}-*.parquet"):
        if file != keep and file.stat().st_mtime < before:
            file.unlink(missing_ok=True)

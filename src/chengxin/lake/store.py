"""Where the lake lies: one file per platform, day and version, and a list of deliveries that says which of them stand.

    ROOT/<dataset>/platform=<p>/day=<YYYY-MM-DD>/<digest>.parquet     versions of a day, named by their bytes
    ROOT/_deliveries/<dataset>/<number>.json                          what each delivery changed, in order
    ROOT/_questioned/<dataset>/<number>.parquet                       row, field and code, without values
    ROOT/_packed/<dataset>/<platform>/<month>-<digest>.parquet        copies of small days, see `packing`
    ROOT/_results/<query>/<id>.parquet and .json                      results and how they came about, see `keeping`

A delivery counts when its list appears, which is one link of a finished file: readers see all of it or nothing. A
version that was replaced stays, so that an old result can be computed again.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from chengxin.database import facade as database
from chengxin.lake.contracts import Dataset, Day, Delivery, Mode

Place = tuple[str, date]


def lake_root() -> Path:
    """Return where the lake lies: `CHENGXIN_LAKE`, or `lake` among the installation's files."""
    named = os.environ.get("CHENGXIN_LAKE")
    return Path(named) if named else database.var_dir() / "lake"


class Store:
    """The versions of the days of every dataset under one root."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @contextmanager
    def writing(self, dataset: str) -> Iterator[None]:
        """Let one delivery at a time change a dataset; the lock goes with the process that holds it."""
        folder = self._deliveries(dataset)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def list_deliveries(self, dataset: str) -> list[Delivery]:
        """Return every delivery of a dataset in order."""
        files = sorted(self._deliveries(dataset).glob("[0-9]*.json"))
        return [_delivery(json.loads(file.read_text("utf-8"))) for file in files]

    def standing(self, dataset: str, *, number: int | None = None) -> dict[Place, Day]:
        """Return the version that stands of each platform and day, now or after the delivery of a number."""
        found: dict[Place, Day] = {}
        for delivery in self.list_deliveries(dataset):
            if number is None or delivery.number <= number:
                found.update({(delivery.platform, day.day): day for day in delivery.days})
        return {place: day for place, day in sorted(found.items()) if day.file}

    def history(self, dataset: str, *, platform: str, day: date) -> list[tuple[Delivery, Day]]:
        """Return every version of one day with the delivery that brought it, oldest first."""
        return [
            (delivery, version)
            for delivery in self.list_deliveries(dataset)
            if delivery.platform == platform
            for version in delivery.days
            if version.day == day
        ]

    def read(self, dataset: Dataset, version: Day, *, columns: list[str] | None = None) -> pl.DataFrame:
        """Return the rows of one version of a day, or some of their columns."""
        return pl.read_parquet(self.root / dataset.name / version.file, columns=columns, hive_partitioning=False)

    def write(self, dataset: Dataset, rows: pl.DataFrame, *, platform: str, day: date) -> str:
        """Write a version of a day in the order of its key, and return its name inside the dataset.

        The same rows get the same name, so writing them twice leaves one file. No rows have no file.
        """
        if rows.is_empty():
            return ""
        folder = self.root / dataset.name / f"platform={platform}" / f"day={day.isoformat()}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".{os.getpid()}.draft"
        ordered = rows.select(list(dataset.columns)).sort(dataset.key)
        ordered.write_parquet(draft, compression="zstd", statistics=True)
        with draft.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()[:32]
        final = folder / f"{digest}.parquet"
        draft.replace(final)
        return final.relative_to(self.root / dataset.name).as_posix()

    def commit(self, delivery: Delivery, issues: pl.DataFrame) -> Delivery:
        """Make a delivery count, and return it with its number; the caller holds `writing`."""
        folder = self._deliveries(delivery.dataset)
        number = 1 + max((int(file.stem) for file in folder.glob("[0-9]*.json")), default=0)
        numbered = replace(delivery, number=number)
        if issues.height:
            place = self._questioned(delivery.dataset, number)
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            issues.write_parquet(place)
        publish(folder / f"{number:08d}.json", asdict(numbered))
        return numbered

    def questioned(self, dataset: str, number: int) -> pl.DataFrame:
        """Return row, field and code of every questioned cell of a delivery."""
        place = self._questioned(dataset, number)
        return pl.read_parquet(place) if place.exists() else pl.DataFrame()

    def _deliveries(self, dataset: str) -> Path:
        return self.root / "_deliveries" / dataset

    def _questioned(self, dataset: str, number: int) -> Path:
        return self.root / "_questioned" / dataset / f"{number:08d}.parquet"


def publish(place: Path, content: Mapping[str, Any]) -> None:
    """Let a finished file appear under its name, whole or not at all; a file that is there is an error."""
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, default=str, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, place)
    finally:
        draft.unlink()


def _delivery(said: dict[str, Any]) -> Delivery:
    days = tuple(Day(**{**day, "day": date.fromisoformat(day["day"])}) for day in said["days"])
    values = {
        **said,
        "days": days,
        "mode": Mode(said["mode"]),
        "received_at": datetime.fromisoformat(said["received_at"]),
        "ignored_columns": tuple(said["ignored_columns"]),
    }
    return Delivery(**values)

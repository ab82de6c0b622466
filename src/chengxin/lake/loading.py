"""Take a delivery in: read, check, pseudonymise, write the days it changes, and make it count at once."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

import polars as pl

from chengxin.files import facade as files
from chengxin.files.contracts import Limits, Sheet
from chengxin.kernel.card_numbers import heads_account
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lake.contracts import Dataset, Day, Delivery, Mode
from chengxin.lake.datasets import get_dataset
from chengxin.lake.store import Place, Store
from chengxin.lake.validation import Checked, check

LIMITS: Final = Limits(bytes=8_000_000_000, rows=20_000_000, expanded=8_000_000_000)
# A row that was sent for another day within this span is the same row, moved by its source.
MOVES_WITHIN: Final = timedelta(days=35)
_PLATFORM: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,31}")
Progress = Callable[[str, int], None]
Keep = Callable[[Path], str]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What is handed in: a file's rows for one dataset of one platform."""

    dataset: Dataset
    platform: str
    source: str
    digest: str
    mode: Mode
    zone: str
    at: datetime


def load(
    path: Path,
    *,
    dataset: str,
    platform: str,
    now: datetime,
    mode: Mode = Mode.WHOLE_DAYS,
    zone: str = "Asia/Shanghai",
    store: Store,
    keep: Keep = files.keep,
    progress: Progress = lambda _what, _rows: None,
) -> Delivery:
    """Take in one file of CSV, Parquet or JSON lines.

    With `WHOLE_DAYS` each day the file names is replaced by what the file holds of it; with `LATE` its rows are added.
    Raises `Refused` when the file cannot be read or lacks a required column; a bad row never stops the others.
    """
    known = get_dataset(dataset)
    _refuse_unknown(platform, zone)
    sheet = files.open_sheet(path, limits=LIMITS)
    sent = Sent(
        dataset=known,
        platform=platform,
        source=path.name,
        digest=files.digest_of(path),
        mode=mode,
        zone=zone,
        at=now,
    )
    _refuse_accounts(sheet)
    ignored = tuple(name for name in sheet.headings if name not in {field.name for field in known.fields})
    checked = check(_counted(_named(sheet, known), progress), known, platform=platform, zone=zone, at=now)
    with store.writing(known.name):
        return _take_in(checked, sent, ignored=ignored, store=store, keep=keep, progress=progress)


def _refuse_unknown(platform: str, zone: str) -> None:
    if not _PLATFORM.fullmatch(platform):
        raise Refused(
            Refusal(
                code="L-PLATFORM",
                what="平台代码“{platform}”不合规则。",
                why="平台代码由2至32个字母、数字、点和连字符组成，以字母或者数字开头。",
                next_step="请核对平台代码。",
                values={"platform": platform},
            )
        )
    if zone not in available_timezones():
        raise Refused(
            Refusal(
                code="L-ZONE",
                what="没有“{zone}”这个时区。",
                next_step="请写时区名称，例如 Asia/Shanghai。",
                values={"zone": zone},
            )
        )


def _refuse_accounts(sheet: Sheet) -> None:
    """Refuse a file that has a column of card or account numbers: nothing here needs one, not even to ignore it."""
    found = [name for name in sheet.headings if heads_account(name)]
    if found:
        raise Refused(
            Refusal(
                code="L-ACCOUNTS",
                what="文件里有银行卡号或者账号的列：{found}。整个文件没有收下。",
                why="核对订单、支付和寄递只用平台自己的编号；银行卡号、账号不收、不存。",
                next_step="请去掉这些列后重新报送。",
                values={"found": "、".join(found)},
            )
        )


def _named(sheet: Sheet, dataset: Dataset) -> Iterator[pl.DataFrame]:
    """Yield blocks with the columns of the dataset: an unknown column is never read, a missing one is empty."""
    place = {name: f"c{number}" for number, name in enumerate(sheet.headings)}
    missing = [field.name for field in dataset.fields if field.required and field.name not in place]
    if missing:
        raise Refused(
            Refusal(
                code="L-COLUMNS",
                what="文件缺少必填的列：{missing}。",
                next_step="请按数据说明补上这些列的表头。",
                values={"missing": "、".join(missing)},
            )
        )
    empty = pl.lit(None, pl.String)
    columns = [
        (pl.col(place[field.name]) if field.name in place else empty).alias(field.name) for field in dataset.fields
    ]
    for block in sheet.blocks:
        yield block.select("row", *columns, *(["cells"] if "cells" in block.columns else []))


def _counted(blocks: Iterator[pl.DataFrame], progress: Progress) -> Iterator[pl.DataFrame]:
    for block in blocks:
        progress("read", block.height)
        yield block


def _take_in(
    checked: Checked, sent: Sent, *, ignored: tuple[str, ...], store: Store, keep: Keep, progress: Progress
) -> Delivery:
    standing = {place: day for place, day in store.standing(sent.dataset.name).items() if place[0] == sent.platform}
    made = _Days(sent, store, standing, progress)
    made.lay(checked)
    draft = Delivery(
        number=0,
        dataset=sent.dataset.name,
        platform=sent.platform,
        received_at=sent.at,
        source=sent.source,
        digest=sent.digest,
        mode=sent.mode,
        zone=sent.zone,
        read=checked.read,
        good=checked.good.height - made.outdated,
        questioned=checked.read - checked.good.height - checked.repeated,
        repeated=checked.repeated,
        outdated=made.outdated,
        kept=made.kept,
        moved=made.moved,
        ignored_columns=ignored,
        issues=dict(sorted(checked.issues.group_by("code").len().iter_rows())),
        days=tuple(made.changed),
    )
    is_known = any(sent.digest == delivery.digest for delivery in store.list_deliveries(sent.dataset.name))
    if not draft.days and (is_known or not draft.questioned):
        return draft
    return store.commit(replace(draft, sealed=_seal(checked.questioned, keep)), checked.issues)


def _seal(questioned: pl.DataFrame, keep: Keep) -> str:
    """Keep the questioned rows as they were sent, sealed: nothing is lost, and nobody reads them in passing."""
    if questioned.is_empty():
        return ""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "questioned.parquet")
        questioned.write_parquet(place)
        return keep(place)


class _Days:
    """Lays the good rows of a delivery onto the days that stand."""

    def __init__(self, sent: Sent, store: Store, standing: Mapping[Place, Day], progress: Progress) -> None:
        self._sent, self._store, self._progress = sent, store, progress
        self._standing = {day: version for (_, day), version in standing.items()}
        self.changed: list[Day] = []
        self.outdated = self.kept = self.moved = 0

    def lay(self, checked: Checked) -> None:
        """Write a new version of each day that changes."""
        by_day = {key[0]: rows for key, rows in checked.good.drop("row").partition_by("day", as_dict=True).items()}
        bad_keys = self._keys(checked.questioned)
        for day in sorted(by_day):
            self._write(day, self._merged(by_day[day], self._standing.get(day), bad_keys))
            self._progress("written", by_day[day].height)
        if by_day:
            self._take_away(checked.good, set(by_day))

    def _keys(self, questioned: pl.DataFrame) -> pl.DataFrame:
        fields = {field.name: field for field in self._sent.dataset.fields}
        types = {name: fields[name].column_type for name in self._sent.dataset.key}
        if not set(types) <= set(questioned.columns):
            return pl.DataFrame(schema=dict.fromkeys(types, pl.String))
        return questioned.select(pl.col(name).str.strip_chars() for name in types).drop_nulls().unique()

    def _merged(self, sent: pl.DataFrame, version: Day | None, bad_keys: pl.DataFrame) -> pl.DataFrame:
        if version is None:
            return sent
        before = self._store.read(self._sent.dataset, version)
        key = list(self._sent.dataset.key)
        if self._sent.mode is Mode.LATE:
            newer = self._not_outdated(sent, before)
            self.outdated += sent.height - newer.height
            return pl.concat([newer, before.join(newer, on=key, how="anti")])
        texts = before.with_columns(pl.col(name).cast(pl.String).alias(f"@{name}") for name in key)
        held = texts.join(bad_keys, left_on=[f"@{name}" for name in key], right_on=key, how="semi")
        held = held.select(before.columns).join(sent, on=key, how="anti")
        self.kept += held.height
        return pl.concat([sent, held])

    def _not_outdated(self, sent: pl.DataFrame, before: pl.DataFrame) -> pl.DataFrame:
        newest = self._sent.dataset.newest
        if not newest:
            return sent
        stands = before.select(*self._sent.dataset.key, pl.col(newest).alias("@stands"))
        beside = sent.join(stands, on=list(self._sent.dataset.key), how="left", maintain_order="left")
        is_older = pl.col(newest).fill_null(0) < pl.col("@stands").fill_null(0)
        return beside.filter(~is_older).drop("@stands")

    def _take_away(self, good: pl.DataFrame, named: set[date]) -> None:
        """Take rows that were sent for other days away from the days they stood on: a key stands once."""
        dataset, key = self._sent.dataset, list(self._sent.dataset.key)
        if dataset.moment in key:
            return
        first, last = min(named) - MOVES_WITHIN, max(named) + MOVES_WITHIN
        for day in [day for day in self._standing if first <= day <= last and day not in named]:
            version = self._standing[day]
            if self._store.read(dataset, version, columns=key).join(good, on=key, how="semi").is_empty():
                continue
            before = self._store.read(dataset, version)
            stays = before.join(good, on=key, how="anti")
            self.moved += before.height - stays.height
            self._write(day, stays)

    def _write(self, day: date, rows: pl.DataFrame) -> None:
        before = self._standing.get(day)
        stood = before.file if before else ""
        file = self._store.write(self._sent.dataset, rows, platform=self._sent.platform, day=day)
        if file != stood:
            self.changed.append(Day(day=day, file=file, rows=rows.height, replaced=stood))

"""Read a file of who dealt with whom, and when: source, target and, if it has one, time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.reputation.times import seconds

if TYPE_CHECKING:
    from chengxin.reputation.peeling import Ids


@dataclass(frozen=True, kw_only=True)
class Edges:
    """Edges as numbers: `sources` and `targets` are the names, ascending; `days` counts from 1970-01-01.

    `days` is None when the file has no time. `aside` says how many rows could not count, by reason.
    """

    sources: pl.Series
    targets: pl.Series
    source: Ids
    target: Ids
    days: NDArray[np.int32] | None
    aside: dict[str, int]


def read_edges(path: Path) -> Edges:
    """Return the edges of a Parquet or CSV file (`.csv`, `.csv.gz`) with the columns source, target and maybe time."""
    return edges_of(_read(path))


def edges_of(frame: pl.DataFrame) -> Edges:
    """Return the edges of a table with the columns source, target and maybe time."""
    if missing := sorted({"source", "target"} - set(frame.columns)):
        raise Refused(
            Refusal(
                code="REP-EDGE-COLUMNS",
                what="文件缺少列 {missing}。",
                next_step="需要 source、target 两列，可有 time。",
                values={"missing": "、".join(missing)},
            )
        )
    timed = "time" in frame.columns
    read = len(frame)
    ends = pl.col("source", "target")
    frame = frame.select("source", "target", *([seconds(frame["time"]).alias("seconds")] if timed else []))
    if frame.schema["source"] == pl.String or frame.schema["target"] == pl.String:
        frame = frame.with_columns(ends.cast(pl.String).str.strip_chars())
        frame = frame.with_columns(pl.when(ends != "").then(ends))
    frame = frame.drop_nulls(["source", "target"])
    aside = {"incomplete": read - len(frame)}
    if timed:
        dated = frame.drop_nulls("seconds")
        aside["time_unreadable"] = len(frame) - len(dated)
        frame = dated
    if frame.is_empty():
        raise Refused(Refusal(code="REP-NO-EDGES", what="文件里没有可用的行。", next_step="请核对列名和内容。"))
    sources, source = _numbered(frame["source"])
    targets, target = _numbered(frame["target"])
    days = None
    if timed:
        days = (frame["seconds"].to_numpy() // 86_400).astype(np.int32)
    return Edges(sources=sources, targets=targets, source=source, target=target, days=days, aside=aside)


def _read(path: Path) -> pl.DataFrame:
    if not path.is_file():
        raise Refused(Refusal(code="REP-NO-FILE", what="没有找到文件。", next_step="请核对路径。"))
    wanted = ["source", "target", "time"]
    try:
        if path.suffix in {".csv", ".gz"}:
            frame = pl.read_csv(path, infer_schema=False, encoding="utf8-lossy", truncate_ragged_lines=True)
        else:
            known = pl.read_parquet_schema(path)
            frame = pl.read_parquet(path, columns=[name for name in wanted if name in known])
    except (pl.exceptions.PolarsError, OSError) as error:
        raise Refused(
            Refusal(code="REP-UNREADABLE", what="文件无法读取。", next_step="请提供 Parquet 或 UTF-8 的 CSV 文件。")
        ) from error
    return frame.select([name for name in wanted if name in frame.columns])


def _numbered(names: pl.Series) -> tuple[pl.Series, Ids]:
    """Return the distinct names ascending, and for each row the number of its name."""
    if names.dtype.is_integer():
        values, numbers = _numbered_integers(names.to_numpy())
        return pl.Series(names.name, values), numbers
    known = names.unique().sort()
    if known.dtype != pl.String:
        known, names = known.cast(pl.String), names.cast(pl.String)
        known = known.sort()
    return known, names.cast(pl.Enum(known)).to_physical().cast(pl.Int32).to_numpy()


def _numbered_integers(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], Ids]:
    """Number whole numbers by a table when they are close together, else by sorting."""
    low, high = int(values.min()), int(values.max())
    if high - low < 4 * len(values) + 1_000_000:
        seen = np.zeros(high - low + 1, bool)
        seen[values - low] = True
        number = np.cumsum(seen, dtype=np.int32) - 1
        return np.flatnonzero(seen) + low, number[values - low]
    known, inverse = np.unique(values, return_inverse=True)
    return known, inverse.astype(np.int32)

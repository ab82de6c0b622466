"""Read a file of ratings, set aside what cannot count, and say how much of it."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import polars as pl

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.reputation.contracts import Ratings
from chengxin.reputation.times import seconds

COLUMNS = ("source", "target", "rating", "time")


def read_ratings(path: Path, *, scale: tuple[float, float] | None = None, are_matched: bool = False) -> Ratings:
    """Return the latest rating of each pair; without a header the columns are source, target, rating, time."""
    frame = _typed(_raw(path))
    low, high = scale or _guessed_scale(frame["rating"].drop_nulls())
    reasons = {
        "incomplete": pl.any_horizontal(pl.col("source", "target").is_null(), pl.col("rating").is_null()),
        "self": pl.col("source") == pl.col("target"),
        "out_of_scale": ~pl.col("rating").is_between(low, high),
        "time_unreadable": pl.col("seconds").is_null(),
    }
    aside = {}
    for reason, condition in reasons.items():
        before, frame = len(frame), frame.filter(~condition.fill_null(value=False))
        aside[reason] = before - len(frame)
    before, frame = len(frame), frame.unique()
    aside["duplicate"] = before - len(frame)
    # The latest counts; of two at one moment the lower, so that the order of the rows never matters.
    frame = frame.sort("target", "source", "seconds", "rating", descending=[False, False, True, False])
    before, frame = len(frame), frame.unique(subset=["target", "source"], keep="first", maintain_order=True)
    aside["superseded"] = before - len(frame)
    if frame.is_empty():
        raise Refused(Refusal(code="REP-NO-RATINGS", what="文件里没有可用的评价。", next_step="请核对列名和内容。"))
    ordered = frame.sort("target", "seconds", "source")
    return Ratings(frame=ordered, low=low, high=high, aside=aside, are_matched=are_matched)


def _raw(path: Path) -> pl.DataFrame:
    """Return the four columns as text."""
    refusal = Refusal(code="REP-COLUMNS", what="评价文件缺少列。", next_step="需要 source,target,rating，可有 time。")
    frame = read_table(path, COLUMNS, needed=3, lacking=refusal)
    if "time" not in frame.columns:
        frame = frame.with_columns(time=pl.lit("0"))
    return frame.select(COLUMNS)


def read_table(path: Path, columns: tuple[str, ...], *, needed: int, lacking: Refusal) -> pl.DataFrame:
    """Return the known columns of a text file, trimmed, empty as null; without a header they stand in their order."""
    if not path.is_file():
        raise Refused(Refusal(code="REP-NO-FILE", what="没有找到文件。", next_step="请核对路径。"))
    try:
        with path.open("rb") as raw:
            is_packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rb") if is_packed else path.open("rb") as lines:
            first = lines.readline().decode("utf-8-sig", errors="replace")
        separator = max(",\t;", key=first.count)
        names = [name.strip().strip('"').lower() for name in first.strip().split(separator)]
        has_header = columns[0] in names
        if (has_header and not set(columns[:needed]) <= set(names)) or len(names) < needed:
            raise Refused(lacking)
        frame = pl.read_csv(
            path, has_header=False, skip_rows=int(has_header), separator=separator, infer_schema=False,
            encoding="utf8-lossy", truncate_ragged_lines=True, raise_if_empty=False,
            new_columns=names if has_header else list(columns[: len(names)]),
        )  # fmt: skip
    except (pl.exceptions.PolarsError, OSError, EOFError, zlib.error) as error:
        raise Refused(
            Refusal(
                code="REP-UNREADABLE", what="文件无法读取。", next_step="请提供 UTF-8 的 CSV 文件，可用 gzip 压缩。"
            )
        ) from error
    known = [name for name in columns if name in frame.columns]
    if frame.is_empty():
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    text = pl.col(known).str.strip_chars()
    return frame.select(pl.when(text != "").then(text))


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ratings as numbers, and moments as seconds."""
    rating = pl.col("rating").cast(pl.Float64, strict=False)
    finite = pl.when(rating.is_finite()).then(rating).alias("rating")
    return frame.select("source", "target", finite, seconds(frame["time"]).alias("seconds"))


def _guessed_scale(ratings: pl.Series) -> tuple[float, float]:
    """Return the usual scale that holds at least 97 of 100 ratings."""
    if ratings.is_empty():
        return 0.0, 1.0
    signed = ratings.lt(0).sum() >= 0.005 * len(ratings) and bool(ratings.lt(0).any())
    high = next((top for top in (1.0, 5.0, 10.0, 100.0) if ratings.abs().le(top).sum() >= 0.97 * len(ratings)), None)
    high = high or float(ratings.abs().max() or 1.0)  # type: ignore[arg-type]
    has_zero = ratings.eq(0).sum() >= 0.005 * len(ratings) and bool(ratings.eq(0).any())
    return (-high if signed else 0.0 if has_zero or high not in {5.0, 10.0} else 1.0), high


def require_place(path: Path) -> None:
    """Refuse a file of results that could not be written."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise Refused(Refusal(code="REP-OUT", what="结果文件的位置不可用。", next_step="请先建好文件夹。"))

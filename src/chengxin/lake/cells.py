"""One vectorised reader per kind of field: texts in, values out, and what makes a cell bad."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import polars as pl

from chengxin.crypto import facade as crypto
from chengxin.kernel.card_numbers import HIDDEN
from chengxin.lake.contracts import Dataset, Field, Kind

LONGEST = 64
# A source's clock may run a little ahead of ours; beyond this its moments are questioned.
SKEW = timedelta(minutes=10)
EARLIEST = 946_684_800
BEIJING_OFFSET = 8 * 3600
MOST_FEN = 10**15
_UNSEEN = r"[\x00-\x1f\x7f]"
_MOMENT = (
    r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*"
    r"(?:(Z|UTC)|([+-])(\d{2}):?(\d{2}))?$"
)
_MONEY = r"^[+-]?\d{1,16}(\.\d{1,2}0*)?$"

Condition = tuple[pl.Expr, str]


def read_columns(texts: pl.DataFrame, dataset: Dataset, *, platform: str, zone: str) -> pl.DataFrame:
    """Return the values of a block of trimmed texts; what cannot be read is null, as empty cells are."""
    read = texts.select("row", *(_reader(field, zone) for field in dataset.fields if field.kind is not Kind.PSEUDONYM))
    hashed = [pseudonyms(texts[known.name], known, platform) for known in dataset.fields if known.domain]
    day = pl.from_epoch(pl.col(dataset.moment) + BEIJING_OFFSET, time_unit="s").dt.date()
    whole = read.with_columns(*hashed, platform=pl.lit(platform), day=day)
    return whole.select("row", *dataset.columns)


def conditions(dataset: Dataset, *, received_at: datetime) -> Iterator[tuple[str, Condition]]:
    """Yield field, condition and code: true where a cell is bad. `@name` is the text the value was read from."""
    latest = int((received_at + SKEW).timestamp())
    for field in dataset.fields:
        raw, value = pl.col(f"@{field.name}"), pl.col(field.name)
        if field.required:
            yield field.name, (raw.is_null(), "L-REQUIRED")
        for condition in _faults(field, raw, value, latest):
            yield field.name, condition


def pseudonyms(texts: pl.Series, field: Field, platform: str) -> pl.Series:
    """Return keyed hashes (假名) of a column, 32 hexadecimal digits; equal only where the domain says they may be."""
    scope = "" if field.everywhere else platform
    distinct = texts.unique().drop_nulls()
    hashed = crypto.blind_many(f"lake.{field.domain}", (f"{scope}|{value}" for value in distinct))
    found = [value.hex() for value in hashed]
    return texts.replace_strict(distinct, found, default=None, return_dtype=pl.String).alias(field.name)


def _reader(field: Field, zone: str) -> pl.Expr:
    raw = pl.col(field.name)
    if field.kind is Kind.MONEY:
        plain = raw.str.replace_all(",", "", literal=True)
        read = (pl.when(plain.str.contains(_MONEY)).then(plain).cast(pl.Decimal(24, 6), strict=False) * 100).cast(
            pl.Int64, strict=False
        )
    elif field.kind is Kind.INTEGER:
        read = raw.str.replace(r"\.0+$", "").cast(pl.Int64, strict=False)
    elif field.kind is Kind.MOMENT:
        read = _moment(raw, zone)
    elif field.kind is Kind.CODE:
        read = pl.when(raw.is_in(field.codes)).then(raw)
    elif field.kind is Kind.AREA:
        read = pl.when(raw.str.contains(r"^\d{6}$")).then(raw)
    else:
        read = raw
    return read.alias(field.name)


def _naive(raw: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return the wall clock a text shows and the struct of its parts."""
    parts = raw.str.extract_groups(_MOMENT)
    at = [parts.struct.field(str(place)) for place in range(1, 7)]
    shown = pl.format("{}-{}-{} {}:{}:{}", at[0], *(part.str.zfill(2) for part in at[1:5]), at[5].fill_null("00"))
    return shown.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False), parts


def _moment(raw: pl.Expr, zone: str) -> pl.Expr:
    """Return seconds since 1970; a text without an offset is the wall clock of the zone the delivery names."""
    wall, parts = _naive(raw)
    is_utc, sign = parts.struct.field("7").is_not_null(), parts.struct.field("8")
    hours, minutes = parts.struct.field("9").cast(pl.Int64), parts.struct.field("10").cast(pl.Int64)
    offset = (hours * 3600 + minutes * 60) * pl.when(sign == "-").then(-1).otherwise(1)
    there = wall.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    shown = wall.dt.epoch("s")
    return pl.when(is_utc).then(shown).when(sign.is_not_null()).then(shown - offset).otherwise(there.dt.epoch("s"))


def _faults(field: Field, raw: pl.Expr, value: pl.Expr, latest: int) -> Iterator[Condition]:
    unreadable = raw.is_not_null() & value.is_null()
    yield raw.str.contains(HIDDEN, literal=True), "L-CARD"
    if field.kind in {Kind.TEXT, Kind.PSEUDONYM}:
        yield raw.str.contains(_UNSEEN), "L-UNSEEN"
        if field.kind is Kind.TEXT:
            yield raw.str.len_chars() > LONGEST, "L-LENGTH"
    elif field.kind is Kind.CODE:
        yield unreadable, "L-CODE"
    elif field.kind is Kind.AREA:
        yield unreadable, "L-AREA"
    elif field.kind is Kind.INTEGER:
        low, high = field.least, field.most
        bad = unreadable if low is None else unreadable | (value < low)
        yield (bad if high is None else bad | (value > high)), "L-NUMBER"
    elif field.kind is Kind.MONEY:
        yield unreadable | (value.abs() > MOST_FEN), "L-AMOUNT"
        yield value < 0, "L-NEGATIVE"
    else:
        wall, _ = _naive(raw)
        yield unreadable & wall.is_null(), "L-MOMENT"
        yield unreadable & wall.is_not_null(), "L-CLOCK"
        yield value < EARLIEST, "L-ANCIENT"
        if not field.may_be_future:
            yield value > latest, "L-FUTURE"

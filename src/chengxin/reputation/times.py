"""Moments as they are written in files, as seconds since 1970."""

from __future__ import annotations

import polars as pl

FORMATS = (
    "%Y-%m-%dT%H:%M:%S%.fZ", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%dT%H:%M",
)  # fmt: skip
OFFSETS = ("%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f%z", "%Y-%m-%dT%H:%M%z")
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日")


def seconds(written: pl.Series) -> pl.Series:
    """Return seconds since 1970 (float64) of moments, days, Unix numbers or texts; null where none is meant.

    Unix numbers may be seconds to nanoseconds, or all of them days written as 20260105; a text without an offset is
    taken as it stands, without a zone.
    """
    if written.dtype.is_temporal():
        return written.cast(pl.Datetime("us")).dt.timestamp("us") / 1e6
    column = pl.col(written.name)
    number = _unix(column.cast(pl.Float64, strict=False))
    if (written_days := _days(written)) is not None:
        return written_days
    if written.dtype != pl.String:
        return written.to_frame().select(number).to_series()
    moments = [column.str.to_datetime(form, time_unit="us", strict=False) for form in FORMATS]
    moments += [
        column.str.to_datetime(form, time_unit="us", time_zone="UTC", strict=False).dt.replace_time_zone(None)
        for form in OFFSETS
    ]
    days = [column.str.to_date(form, strict=False).cast(pl.Datetime("us")) for form in DAYS]
    meant = pl.coalesce(*moments, *days).dt.timestamp("us") / 1e6
    return written.to_frame().select(pl.coalesce(number, meant)).to_series()


def _unix(number: pl.Expr) -> pl.Expr:
    """Return seconds of a Unix number whose size says whether it counts seconds, milli-, micro- or nanoseconds."""
    finite = pl.when(number.is_finite()).then(number)
    scaled = pl.when(finite < 1e11).then(finite).when(finite < 1e14).then(finite / 1e3)
    return scaled.when(finite < 1e17).then(finite / 1e6).otherwise(finite / 1e9)


def _days(written: pl.Series) -> pl.Series | None:
    """Return seconds where every number is a day as 20260105: as seconds they would all lie in one year, 1970."""
    digits = written.drop_nulls().cast(pl.String)
    if digits.is_empty() or not digits.str.contains(r"^(19|20)\d{6}$").all():
        return None
    days = written.cast(pl.String).str.to_date("%Y%m%d", strict=False)
    if days.null_count() > written.null_count():
        return None
    return days.cast(pl.Datetime("us")).dt.timestamp("us") / 1e6

"""Moments as they are written in files, as seconds since 1970."""

from __future__ import annotations

import polars as pl

FORMATS = (
    "%Y-%m-%dT%H:%M:%S%.fZ", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M",
)  # fmt: skip
DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日")


def seconds(written: pl.Series) -> pl.Series:
    """Return seconds since 1970 (float64) of moments, days, Unix numbers or texts; null where none is meant.

    Unix numbers may be seconds to nanoseconds; a text without an offset is taken as it stands, without a zone.
    """
    if written.dtype.is_temporal():
        return written.cast(pl.Datetime("us")).dt.timestamp("us") / 1e6
    column = pl.col(written.name)
    number = _unix(column.cast(pl.Float64, strict=False))
    if written.dtype != pl.String:
        return written.to_frame().select(number).to_series()
    moments = [column.str.to_datetime(form, time_unit="us", strict=False) for form in FORMATS]
    days = [column.str.to_date(form, strict=False).cast(pl.Datetime("us")) for form in DAYS]
    meant = pl.coalesce(*moments, *days).dt.timestamp("us") / 1e6
    return written.to_frame().select(pl.coalesce(number, meant)).to_series()


def _unix(number: pl.Expr) -> pl.Expr:
    """Return seconds of a Unix number whose size says whether it counts seconds, milli-, micro- or nanoseconds."""
    finite = pl.when(number.is_finite()).then(number)
    scaled = pl.when(finite < 1e11).then(finite).when(finite < 1e14).then(finite / 1e3)
    return scaled.when(finite < 1e17).then(finite / 1e6).otherwise(finite / 1e9)

"""Say where two results of one query differ."""

from __future__ import annotations

import polars as pl

from chengxin.lake.contracts import ColumnType, Difference, Run
from chengxin.lake.queries import get_query
from chengxin.lake.running import rows_of

# What doubles of two engines may differ by, in relation to the larger of them.
DOUBLE_TOLERANCE = 1e-9


def differences(one: Run, other: Run) -> list[Difference]:
    """Return where two results of one query differ: integers, dates and texts exactly, doubles to 1e-9."""
    query = get_query(one.query)
    left, right = rows_of(one), rows_of(other)
    key = list(query.order)
    found = []
    lone = pl.concat([_without(left, right, key), _without(right, left, key)])
    if lone.height or left.height != right.height:
        rows = max(lone.height, abs(left.height - right.height))
        found.append(Difference(column="rows", rows=rows, example=str(lone.select(key).head(1).rows())))
    both = left.join(right, on=key, how="inner", nulls_equal=True, suffix="@")
    for column in one.columns:
        if column not in key:
            found += _differing(both, column, query.columns[column], key)
    return found


def _without(rows: pl.DataFrame, others: pl.DataFrame, key: list[str]) -> pl.DataFrame:
    return rows.join(others, on=key, how="anti", nulls_equal=True)


def _differing(both: pl.DataFrame, column: str, kind: ColumnType, key: list[str]) -> list[Difference]:
    one, other = pl.col(column), pl.col(f"{column}@")
    differs = one.ne_missing(other)
    if kind is ColumnType.DOUBLE:
        larger = pl.max_horizontal(one.abs(), other.abs(), pl.lit(1.0))
        is_near = (one - other).abs() <= DOUBLE_TOLERANCE * larger
        differs = differs & ~is_near.fill_null(value=False) & ~(one.is_nan() & other.is_nan()).fill_null(value=False)
    rows = both.filter(differs)
    if rows.is_empty():
        return []
    return [Difference(column=column, rows=rows.height, example=str(rows.select(*key, one, other).head(1).rows()))]

"""What goes back from the lake to the platform: sums alone, small cells folded together or withheld (聚合).

A query that may go back says in `queries.yaml` what its cells count, below how many one is small, and which keys are
given up where it is. What is small even then is left out; how much that was is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lake.contracts import Engine, Withheld
from chengxin.lake.queries import get_query
from chengxin.lake.running import rows_of, run
from chengxin.lake.store import Store


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """Sums by cell over the days [from_day, until_day); `withheld` counts what stood in cells that stayed small."""

    run: str
    from_day: date
    until_day: date
    cells: pl.DataFrame
    withheld: int


def days_of(dataset: str, *, store: Store) -> dict[str, tuple[date, date]]:
    """Return the first and the last day that each platform has handed in of a dataset."""
    found: dict[str, tuple[date, date]] = {}
    for platform, day in store.standing(dataset):
        first, last = found.get(platform, (day, day))
        found[platform] = (min(first, day), max(last, day))
    return found


def count_rows(dataset: str, *, platform: str, from_day: date, until_day: date, store: Store) -> int:
    """Return how many rows of a platform stand in the days [from_day, until_day)."""
    standing = store.standing(dataset).items()
    return sum(day.rows for (place, on), day in standing if place == platform and from_day <= on < until_day)


def window_of(first: date, last: date, *, days: int) -> tuple[date, date]:
    """Return the newest window of days that ends with a whole month, or with the last day if no month is whole yet."""
    after = last + timedelta(days=1)
    until = after.replace(day=1)
    if until <= first:
        until = after
    return until - timedelta(days=days), until


def aggregate(
    name: str,
    *,
    platform: str,
    from_day: date,
    until_day: date,
    parameters: Mapping[str, int] | None = None,
    engine: Engine,
    store: Store,
) -> Aggregate:
    """Run a query that may go back and return its sums, without a cell that is small."""
    query = get_query(name)
    if query.withheld is None:
        raise Refused(
            Refusal(
                code="L-NO-SUMS",
                what="“{name}”的结果不能离开数据湖。",
                why="只有写明怎样合并小格子的查询，才把合计交回平台。",
                next_step="请选择有 withheld 声明的查询。",
                values={"name": name},
            )
        )
    made = run(
        name,
        from_day=from_day,
        until_day=until_day,
        platform=platform,
        parameters=parameters,
        engine=engine,
        store=store,
    )
    cells, lost = without_small(rows_of(made), query.withheld, keys=query.order)
    return Aggregate(run=made.id, from_day=from_day, until_day=until_day, cells=cells, withheld=lost)


def without_small(rows: pl.DataFrame, withheld: Withheld, *, keys: tuple[str, ...]) -> tuple[pl.DataFrame, int]:
    """Return rows with small ones added up under empty keys, and how much stood in what is small even then."""
    is_small = pl.col(withheld.count) < withheld.floor
    folded = rows.with_columns(
        pl.when(is_small).then(pl.lit("")).otherwise(pl.col(key)).alias(key) for key in withheld.keys
    )
    sums = folded.group_by(keys).agg(pl.exclude(keys).sum()).sort(keys)
    return sums.filter(~is_small), int(sums.filter(is_small)[withheld.count].sum())

"""Find signs of misuse among looks, as columns: pure, the same for an hour of a county and two months of a province.

A look is one row: `row`, `clerk`, `unit`, `at` (Beijing wall clock, naive), `subject`, `order` (place of the subject
among identifiers, or null), `purpose`, `explained`, `false_reference`, `is_self`, `is_conflict`, `is_canary`,
`out_of_area` (null: not known), `persons` (how many one look covers). What is usual is the unit's own: nobody is
measured against the average of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final

import polars as pl

from chengxin.misuse.contracts import Pattern, Patterns

HITS: Final = {"pattern": pl.String, "clerk": pl.String, "day": pl.Date, "points": pl.Int32, "row": pl.UInt32}
_NOBODY_SHARE: Final = 0.002  # A unit that never does a thing is taken to do it this often, so z stays finite.
_UNTIDY: Final = 0.95  # The quantile of a unit's clerks a new one is held against.
_ENOUGH: Final = 200  # Looks before the window from which a clerk's own share is known.


def with_usual(looks: pl.DataFrame, *, chosen: Patterns) -> pl.DataFrame:
    """Add what is derived: the day, whether hour and purpose are usual for the unit, and whether a look stands alone.

    A look without explanation does not stand alone where the same clerk had an explained one at the same person within
    so many days: a case in hand of which the number was left out. What is done there is the case's, not a stranger's.
    """
    explained = looks.filter("explained").select("clerk", "subject", "at", beside=pl.lit(value=True)).sort("at")
    looks = looks.sort("at").join_asof(
        explained,
        on="at",
        by=["clerk", "subject"],
        strategy="nearest",
        tolerance=timedelta(days=chosen.beside_days),
        check_sortedness=False,
    )
    looks = (
        looks.with_columns(alone=~pl.col("explained") & pl.col("beside").is_null())
        .drop("beside")
        .with_columns(day=pl.col("at").dt.date(), hour=pl.col("at").dt.hour(), unexplained=~pl.col("explained"))
    )
    by_unit = pl.len().over("unit")
    return looks.with_columns(
        off_hours=pl.len().over("unit", "hour") / by_unit < chosen.hour_share,
        odd_purpose=pl.len().over("unit", "purpose") / by_unit < chosen.purpose_share,
    )


def find_hits(looks: pl.DataFrame, *, chosen: Patterns, among: Iterable[Pattern]) -> pl.DataFrame:
    """Return one row per sign and look: pattern, clerk, day, points, row of the look."""
    prepared = with_usual(looks, chosen=chosen)
    found = [_hits(_MEASURES[one.measure](prepared, one), one) for one in among]
    return pl.concat([pl.DataFrame(schema=HITS), *found])


def find_alerts(hits: pl.DataFrame, *, chosen: Patterns) -> pl.DataFrame:
    """Return the alerts (clerk, day, patterns, rows): enough points in the window, hits of `join_days` joined."""
    daily = hits.group_by("clerk", "day", "pattern").agg(pl.col("points").max(), pl.col("row")).sort("clerk", "day")
    alerts: list[dict[str, object]] = []
    for (clerk,), signs in daily.group_by("clerk", maintain_order=True):
        last = None
        for day in signs["day"].unique().sort():
            window = signs.filter(pl.col("day").is_between(day - pl.duration(days=chosen.window_days - 1), day))
            points = window.group_by("pattern").agg(pl.col("points").max())["points"].sum()
            if points < chosen.alert_points:
                continue
            if last is None or (day - last).days > chosen.join_days:
                rows = window["row"].explode().unique().to_list()
                alerts.append(
                    {"clerk": clerk, "day": day, "patterns": sorted(set(window["pattern"])), "rows": sorted(rows)}
                )
            last = day
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "clerk": pl.String,
        "day": pl.Date,
        "patterns": pl.List(pl.String),
        "rows": pl.List(pl.UInt32),
    }
    return pl.DataFrame(alerts, schema=schema)


def _hits(rows: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    return rows.select(
        pl.lit(pattern.code).alias("pattern"),
        pl.col("clerk").cast(pl.String),
        pl.col("day"),
        pl.lit(pattern.points, dtype=pl.Int32).alias("points"),
        pl.col("row").cast(pl.UInt32),
    )


def _flag(looks: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    return looks.filter(pl.col(pattern.column))


def _large(looks: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    return looks.filter(pl.col("persons") > pattern.number("over"))


def _rate(looks: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    """Find the looks of days on which a clerk made n within so many minutes."""
    before = pl.col("at").shift(int(pattern.number("at_least")) - 1).over("clerk")
    within = pl.col("at") - before <= pl.duration(minutes=int(pattern.number("minutes")))
    return looks.join(looks.sort("clerk", "at").filter(within), on=["clerk", "day"], how="semi")


def _sequence(looks: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    """Find runs of unexplained looks of one clerk and day whose subjects stand one after another."""
    own = looks.filter(pl.col("unexplained") & pl.col("order").is_not_null()).sort("clerk", "at")
    step = (pl.col("order") - pl.col("order").shift(1)).over("clerk", "day")
    walks = own.with_columns(goes_on=step.is_between(1, int(pattern.number("step"))).fill_null(value=False))
    walks = walks.with_columns(run=(~pl.col("goes_on")).cum_sum().over("clerk", "day"))
    return walks.filter(pl.len().over("clerk", "day", "run") >= pattern.number("at_least"))


def _repeat(looks: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    """Find looks of one clerk at one person that nothing explains, on several occasions within the window."""
    own = looks.filter("alone").sort("clerk", "subject", "at")
    before = pl.col("at").shift(int(pattern.number("at_least")) - 1).over("clerk", "subject")
    often = own.filter(pl.col("at") - before <= pl.duration(days=int(pattern.number("window_days"))))
    return own.join(often, on=["clerk", "subject"], how="semi")


def _crowd(looks: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    """Find looks that nothing explains at a person whom several clerks looked at so."""
    own = looks.filter("alone").sort("at")
    firsts = own.group_by("subject", "clerk").agg(pl.col("at").min()).sort("subject", "at")
    before = pl.col("at").shift(int(pattern.number("at_least")) - 1).over("subject")
    sought = firsts.filter(pl.col("at") - before <= pl.duration(days=int(pattern.number("window_days"))))
    return own.join(sought.select("subject").unique(), on="subject", how="semi")


def _excess(looks: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    """Find clerks whose share of a thing in the window lies z standard deviations above what is usual.

    Usual is the share of the unit or of the clerk before the window, whichever is larger: who always forgets the
    number of the case is untidy, who begins to is remarkable. A new clerk is held against the untidy of the unit.
    The variance is that of the difference of two binomial shares, so a short past proves little.
    """
    known = looks.filter(pl.col(pattern.column).is_not_null())
    thing = pl.col(pattern.column).cast(pl.Int64)
    clerks = known.group_by("unit", "clerk").agg(one=thing.mean())
    units = known.group_by("unit").agg(share=thing.mean().clip(_NOBODY_SHARE, 0.5))
    units = units.join(clerks.group_by("unit").agg(untidy=pl.col("one").quantile(_UNTIDY)), on="unit")
    daily = known.group_by("clerk", "unit", "day").agg(had=thing.sum(), of=pl.len()).sort("clerk", "unit", "day")
    period = f"{int(pattern.number('window_days'))}d"
    window = daily.rolling("day", period=period, group_by=["clerk", "unit"]).agg(had=pl.sum("had"), of=pl.sum("of"))
    past = daily.select(
        "clerk", "unit", "day", *(pl.col(one).cum_sum().over("clerk").alias(f"all_{one}") for one in ("had", "of"))
    )
    over = (
        window.join(units, on="unit")
        .join(past, on=["clerk", "unit", "day"])
        .with_columns(before=pl.col("all_of") - pl.col("of"), had_before=pl.col("all_had") - pl.col("had"))
        .filter((_z() >= pattern.number("z")) & (pl.col("had") >= pattern.number("at_least")))
    )
    return known.filter(pattern.column).join(over.select("clerk", "day"), on=["clerk", "day"], how="semi")


def _z() -> pl.Expr:
    """Return how many standard deviations the window lies above the usual share."""
    before = pl.col("before")
    own = pl.when(before >= _ENOUGH).then(pl.col("had_before") / before).otherwise(pl.col("untidy"))
    share = pl.max_horizontal("share", own)
    short_past = 1 + pl.col("of") / pl.max_horizontal(before, _ENOUGH)
    return (pl.col("had") - pl.col("of") * share) / (pl.col("of") * share * (1 - share) * short_past).sqrt()


def _burst(looks: pl.DataFrame, pattern: Pattern) -> pl.DataFrame:
    """Find days far above one's own median, unless the whole unit was as busy that day."""
    daily = looks.group_by("clerk", "unit", "day").agg(of=pl.len())
    daily = daily.with_columns(times=pl.col("of") / pl.col("of").median().over("clerk").clip(1, None))
    busy = pl.col("times").median().over("unit", "day").clip(1, None)
    far = (pl.col("times") / busy >= pattern.number("factor")) & (pl.col("of") >= pattern.number("at_least"))
    return looks.join(daily.filter(far).select("clerk", "day"), on=["clerk", "day"], how="semi")


_MEASURES: Final[dict[str, Callable[[pl.DataFrame, Pattern], pl.DataFrame]]] = {
    "flag": _flag,
    "large": _large,
    "rate": _rate,
    "sequence": _sequence,
    "repeat": _repeat,
    "crowd": _crowd,
    "excess": _excess,
    "burst": _burst,
}

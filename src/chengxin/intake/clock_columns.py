"""What follows from the dates of a block of rows: its clocks, what bars publicity, and whether it came in time."""

from __future__ import annotations

from datetime import date

import polars as pl

from chengxin.catalogue.contracts import Disclosure, ItemVersion
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.records.facade import clock_columns

_FACTS = (
    *("kind", "filed_severity", "procedure", "penalty_kinds"),
    *("ended_act_on", "determined_on", "valid_until", "declared_publicity_until"),
)


def add_clocks(frame: pl.DataFrame, *, item: ItemVersion, on: date, pack: str) -> pl.DataFrame:
    """Add `@` columns of the four clocks, `@not_public_because` and `@is_late` to a frame with its `@` facts."""
    clocks = clock_columns(
        frame.select(pl.col(f"@{name}").alias(name) for name in _FACTS),
        publicity=item.clocks.publicity,
        query=item.clocks.query,
        use=item.clocks.use,
        retention=item.clocks.retention,
        nature=item.nature,
        on=on,
        pack=pack,
    )
    frame = frame.with_columns(clocks.select(pl.all().name.prefix("@")))
    return frame.with_columns(
        pl.max_horizontal("@publicity_starts_on", "@notified_on").alias("@publicity_starts_on"),
        _barred(item).alias("@not_public_because"),
        _late(frame, item, on=on, pack=pack),
    )


def _barred(item: ItemVersion) -> pl.Expr:
    """Return the code of what bars publicity for good; a missing notice only delays it and is no bar."""
    public = [kind.value for kind, modes in item.disclosure.items() if Disclosure.PUBLIC in modes]
    return (
        pl.when(pl.col("@kind") == SubjectKind.NATURAL_PERSON)
        .then(pl.lit("R-PERSON"))
        .when(pl.col("@provenance") != "determined")
        .then(pl.lit("R-PROVENANCE"))
        .when(~pl.col("@kind").is_in(public))
        .then(pl.lit("R-MODE"))
        .otherwise(pl.col("@not_public_because"))
    )


def _late(frame: pl.DataFrame, item: ItemVersion, *, on: date, pack: str) -> pl.Series:
    """Tell which rows come after the legal deadline for filing (报送时限), once per distinct day of determination."""
    days = frame["@determined_on"]
    distinct = days.drop_nulls().unique()
    if not item.report_within or distinct.is_empty():
        return pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True).alias("@is_late")
    late = [_is_late(item.report_within, determined_on=day, on=on, pack=pack) for day in distinct]
    return days.replace_strict(distinct, late, default=False, return_dtype=pl.Boolean).alias("@is_late")


def _is_late(key: str, *, determined_on: date, on: date, pack: str) -> bool:
    try:
        return on > law.due(key, start=determined_on, on=on, pack=pack).last_day
    except law.LawNotCovered:
        return False

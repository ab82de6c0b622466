"""Compare companies on the lanes they share, and draw few parcels to the mean (同线路比较、向均值收缩).

A company that runs the mountains is not slower than one that runs the plain. On each lane that two or more companies
run, what all have there together says what was to be expected of each; `figure = mean + (own - expected) / (n + w)`,
where sums go over the parcels n on shared lanes and w = `weight` parcels are added that are just as expected. The
interval is about 80 %, `1.28 * sqrt(spread / (n + w))`, with the spread of all parcels on shared lanes. Over all
companies `own - expected` adds up to nothing. Indirect standardisation and shrinkage: reputation of carriers, ADR 0091.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Final

import polars as pl

from chengxin.couriers.contracts import Lane, Measure, Standards, Status

Z_80: Final = 1.2815515655446004
LANE: Final = ("from_city", "to_city")


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """What is said of one company in one measure."""

    courier: str
    status: Status
    parcels: int
    compared: int
    value: float | None
    mean: float | None
    figure: float | None
    low: float | None
    high: float | None
    lanes: Sequence[Lane]


def adjusted(cells: pl.DataFrame, measure: Measure, standards: Standards) -> list[Adjusted]:
    """Return one measure of every company in the cells of `lane_service` of one source, by name."""
    columns = {"n": measure.count, "total": measure.total, "squares": measure.squares}
    known = cells.select("courier", *LANE, **{name: pl.col(column) for name, column in columns.items()})
    known = known.filter(pl.col("n") > 0)
    shared = known.join(_shared_lanes(known), on=LANE, how="inner")
    mean, spread = _moments(shared)
    if measure.is_share:
        spread = _spread_of_share(shared)
    return [
        _of_company(own, shared.filter(pl.col("courier") == courier), (mean, spread), measure, standards)
        for (courier,), own in sorted(known.group_by("courier"), key=lambda pair: str(pair[0][0]))
    ]


def _shared_lanes(known: pl.DataFrame) -> pl.DataFrame:
    """Return lanes that two or more companies run, with what all have there together."""
    named = known.filter((pl.col("from_city") != "") & (pl.col("to_city") != ""))
    together = named.group_by(LANE).agg(
        n_together=pl.col("n").sum(), total_together=pl.col("total").sum(), companies=pl.col("courier").n_unique()
    )
    return together.filter(pl.col("companies") > 1)


def _moments(cells: pl.DataFrame) -> tuple[float, float]:
    """Return mean and spread of all parcels in some cells."""
    n = int(cells["n"].sum())
    if not n:
        return 0.0, 0.0
    mean = int(cells["total"].sum()) / n
    return mean, max(0.0, int(cells["squares"].sum()) / n - mean * mean)


def _spread_of_share(cells: pl.DataFrame) -> float:
    """Return the spread of a share; of nothing or everything it is not certain either: one of each is added."""
    near = (int(cells["total"].sum()) + 1) / (int(cells["n"].sum()) + 2)
    return near * (1 - near)


def _of_company(
    own: pl.DataFrame, shared: pl.DataFrame, moments: tuple[float, float], measure: Measure, standards: Standards
) -> Adjusted:
    parcels, compared = int(own["n"].sum()), int(shared["n"].sum())
    said: dict[str, Any] = {"courier": own["courier"][0], "parcels": parcels, "compared": compared}
    if parcels < standards.floor:
        nothing: dict[str, Any] = dict.fromkeys(("value", "mean", "figure", "low", "high"))
        return Adjusted(**said, **nothing, status=Status.INSUFFICIENT, lanes=())
    if compared < standards.floor:
        return Adjusted(**said, **_alone(own, measure), status=Status.ALONE, lanes=())
    mean, spread = moments
    weight = compared + standards.weight
    expected = sum(row["n"] * row["total_together"] / row["n_together"] for row in shared.iter_rows(named=True))
    figure = mean + (int(shared["total"].sum()) - expected) / weight
    values = {
        "value": int(own["total"].sum()) / parcels,
        "mean": expected / compared,
        **_around(figure, sqrt(spread / weight), measure),
    }
    scaled = {name: value / measure.scale for name, value in values.items()}
    return Adjusted(**said, **scaled, status=Status.COMPARED, lanes=_lanes(shared, measure, standards))


def _alone(own: pl.DataFrame, measure: Measure) -> dict[str, Any]:
    """Return what was counted where no other company runs the lanes: nothing it could be compared with."""
    mean, spread = _moments(own)
    n = int(own["n"].sum())
    if measure.is_share:
        spread = _spread_of_share(own)
    values = {"value": mean, **_around(mean, sqrt(spread / n), measure)}
    return {"mean": None, **{name: value / measure.scale for name, value in values.items()}}


def _around(figure: float, error: float, measure: Measure) -> dict[str, float]:
    low, high = max(0.0, figure - Z_80 * error), figure + Z_80 * error
    if measure.is_share:
        return {"figure": min(1.0, max(0.0, figure)), "low": min(1.0, low), "high": min(1.0, max(0.0, high))}
    return {"figure": max(0.0, figure), "low": low, "high": high}


def _lanes(shared: pl.DataFrame, measure: Measure, standards: Standards) -> tuple[Lane, ...]:
    """Return the largest lanes of a company, the largest first."""
    ordered = shared.sort(["n", *LANE], descending=[True, False, False]).head(standards.shown_lanes)
    return tuple(
        Lane(
            from_city=row["from_city"],
            to_city=row["to_city"],
            parcels=row["n"],
            value=row["total"] / row["n"] / measure.scale,
            together=row["total_together"] / row["n_together"] / measure.scale,
        )
        for row in ordered.iter_rows(named=True)
    )

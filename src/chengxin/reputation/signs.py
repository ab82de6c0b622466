"""Signs of a rater (评价人) in what they give: when, how much, how far from the others, and to whom.

No sign uses the value of a rating that the rater receives, and none is a day of the calendar. Counts enter as
logarithms and shares, popularity as a rank, so that a small network and a large one are measured alike.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from chengxin.kernel.compiled import Ints
from chengxin.reputation.contracts import Ratings
from chengxin.reputation.kernels import Floats, linked_pairs, near_in_time

DAY = 86_400.0
SHRINK = 3.0  # Ratings' worth of the usual rating in what the others think of a target.
EXTREME = 0.9  # Of the way from the middle of the scale to its end.


def signs(ratings: Ratings) -> pl.DataFrame:
    """Return one row of signs for each rater, in the order of their names; null where a rater has none."""
    given = _with_others(ratings)
    own = given.sort("source", "seconds", "target").with_columns(
        gap=pl.col("seconds").diff().over("source") / DAY,
        step=pl.col("value").diff().abs().over("source"),
        here=pl.col("seconds") // DAY,
    )
    table = own.group_by("source", maintain_order=True).agg(**_GIVEN, **_DEVIATION, **_TARGETS, **_ANSWERS)
    table = table.with_columns(pl.col("pace").clip(upper_bound=1.0))
    return table.join(_clustering(ratings.frame), on="source", how="left").sort("source")


def _with_others(ratings: Ratings) -> pl.DataFrame:
    """Return the ratings on the scale from -1 to 1, with what the others do at the same target."""
    span = (ratings.high - ratings.low) or 1.0
    frame = ratings.frame.with_columns(value=2 * (pl.col("rating") - ratings.low) / span - 1)
    usual = float(np.median(frame["value"].to_numpy()))
    others = pl.len().over("target") - 1
    believed = (pl.col("value").sum().over("target") - pl.col("value") + SHRINK * usual) / (others + SHRINK)
    earlier = pl.col("seconds").rank("min").over("target") - 1
    first = (
        pl.concat([frame.select(party="source", seconds="seconds"), frame.select(party="target", seconds="seconds")])
        .group_by("party")
        .agg(first=pl.col("seconds").min())
    )
    answers = frame.select(source="target", target="source", answered="seconds")
    bounds = np.concatenate(([0], np.cumsum(frame.group_by("target", maintain_order=True).len()["len"].to_numpy())))
    every = np.ones(len(frame), np.bool_)
    near = near_in_time(bounds.astype(np.int64), frame["seconds"].to_numpy(), every, DAY)
    frame = frame.with_columns(near=pl.Series(near) - 1, others=others, believed=believed, earlier=earlier)
    gives = frame.group_by("source").agg(gives=pl.len())
    volume = frame.group_by("target").agg(received=pl.len())
    volume = volume.with_columns(popularity=pl.col("received").rank("average") / pl.len())
    return (
        frame.join(volume, on="target", how="left")
        .join(gives.rename({"source": "target"}), on="target", how="left")
        .join(first.rename({"party": "target"}), on="target", how="left")
        .join(first.rename({"party": "source", "first": "own_first"}), on="source", how="left")
        .join(answers, on=["source", "target"], how="left")
        .with_columns(deviation=pl.col("value") - pl.col("believed"), lag=pl.col("seconds") - pl.col("answered"))
    )


def _share(condition: pl.Expr) -> pl.Expr:
    return condition.fill_null(value=False).mean()


_SPAN = (pl.col("seconds").max() - pl.col("seconds").min()) / DAY
_GIVEN = {
    "given": pl.len().log1p(),
    "span": _SPAN.log1p(),
    "pace": pl.len() / (_SPAN + 1),
    "usual_gap": pl.col("gap").median().log1p(),
    "short_gaps": _share(pl.col("gap") < 1 / 24),
    "busiest_day": pl.col("here").value_counts(normalize=True, sort=True).first().struct.field("proportion"),
    "active_days": pl.col("here").n_unique() / pl.len(),
    "mean": pl.col("value").mean(),
    "spread": pl.col("value").std(ddof=0),
    "lowest": pl.col("value").min(),
    "highest": pl.col("value").max(),
    "best": _share(pl.col("value") >= EXTREME),
    "worst": _share(pl.col("value") <= -EXTREME),
    "negative": _share(pl.col("value") < 0),
    "same": pl.col("value").value_counts(normalize=True, sort=True).first().struct.field("proportion"),
    "first_value": pl.col("value").first(),
}
_DEVIATION = {
    "above": pl.col("deviation").mean(),
    "away": pl.col("deviation").abs().mean(),
    "farthest": pl.col("deviation").abs().max(),
    "against": _share(pl.col("value") * pl.col("believed") < 0),
    "believed": pl.col("believed").mean(),
    "believed_low": pl.col("believed").min(),
}
_TARGETS = {
    "popularity": pl.col("popularity").mean(),
    "least_popular": pl.col("popularity").min(),
    "most_popular": pl.col("popularity").max(),
    "others": pl.col("others").log1p().mean(),
    "alone": _share(pl.col("others") == 0),
    "target_gives": pl.col("gives").fill_null(0).log1p().mean(),
    "target_age": ((pl.col("seconds") - pl.col("first")) / DAY).log1p().mean(),
    "place": ((pl.col("earlier") + 1) / (pl.col("others") + 2)).mean(),
    "crowd": (pl.col("near") / (pl.col("others") + 1)).mean(),
}
_ANSWERS = {
    "mutual": pl.col("lag").is_not_null().mean(),
    "first": _share(pl.col("lag") < 0),
    "answers_fast": _share(pl.col("lag").is_between(0, DAY)),
    "lag": (pl.col("lag").abs() / DAY).median().log1p(),
    "own_age": ((pl.col("seconds").min() - pl.col("own_first").min()) / DAY).log1p(),
}


def _clustering(frame: pl.DataFrame) -> pl.DataFrame:
    """Return for each rater which share of the pairs of their targets rate each other, either way."""
    names = pl.concat([frame["source"], frame["target"]]).unique().sort()
    kind = pl.Enum(names)
    ends = frame.select(pl.col("source", "target").cast(kind).to_physical().cast(pl.Int64))
    source, target = ends["source"].to_numpy(), ends["target"].to_numpy()
    order = np.lexsort((target, source))
    outward: Ints = np.concatenate(([0], np.cumsum(np.bincount(source, minlength=len(names))))).astype(np.int64)
    found: Floats = linked_pairs(outward, target[order])
    many = np.diff(outward)
    raters = np.flatnonzero(many)
    pairs = np.maximum(1, many * (many - 1))[raters]
    return pl.DataFrame({"source": names[raters], "clustering": found[raters] / pairs})

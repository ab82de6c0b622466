"""Weigh every rating by who gives it, how independently and when, and take a shrunk weighted mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chengxin.kernel.compiled import Ints, Mask
from chengxin.reputation.contracts import Parameters, Ratings, Scored
from chengxin.reputation.kernels import Floats, near_in_time, passing_share, shared_inflow

DAY = 86_400.0
Z_80 = 1.2815515655446004
HONEST = 0.9  # What is believed of a rater before their ratings are compared, worth three ratings.


@dataclass(frozen=True, kw_only=True)
class _Graph:
    """The ratings as arrays grouped by target; `value` lies in -1 to 1."""

    names: pl.Series
    source: Ints
    target: Ints
    value: Floats
    seconds: Floats

    @property
    def size(self) -> int:
        """Return how many parties rate or are rated."""
        return len(self.names)


def score(ratings: Ratings, parameters: Parameters | None = None) -> Scored:
    """Return the score of each target, and each rating's weight with the factors it is the product of."""
    parameters = parameters or Parameters()
    graph = _graph(ratings)
    trust, independence = _trust(graph, parameters, are_matched=ratings.are_matched)
    given = np.bincount(graph.source, minlength=graph.size)
    factors = {
        "trust": trust[graph.source],
        "independence": independence,
        "burst": _burst(graph, trust[graph.source] * independence > 0, parameters),
        "experience": (given / (given + parameters.experience))[graph.source],
        "decay": _decay(graph, parameters),
    }
    still = np.prod(list(factors.values()), axis=0)
    value, reliability, mean = _fixed_point(graph, still, parameters)
    factors["reliability"] = reliability[graph.source]
    weight = still * factors["reliability"] ** 2
    half = (ratings.high - ratings.low) / 2
    prior = ratings.low + half * (mean + 1)
    ledger = ratings.frame.select("target", "source", "rating", pl.col("seconds").alias("time")).with_columns(
        **{name: pl.Series(factor) for name, factor in factors.items()},
        weight=pl.Series(weight),
        prior_mean=pl.lit(prior),
        prior_weight=pl.lit(parameters.prior_weight),
        version=pl.lit(parameters.version),
    )
    return Scored(scores=_scores(graph, ratings, weight, (value, mean), parameters), ledger=ledger)


def _graph(ratings: Ratings) -> _Graph:
    frame = ratings.frame
    names = pl.concat([frame["source"], frame["target"]]).unique().sort()
    kind = pl.Enum(names)
    span = (ratings.high - ratings.low) or 1.0
    return _Graph(
        names=names,
        source=frame["source"].cast(kind).to_physical().cast(pl.Int64).to_numpy(),
        target=frame["target"].cast(kind).to_physical().cast(pl.Int64).to_numpy(),
        value=2 * (frame["rating"].to_numpy() - ratings.low) / span - 1,
        seconds=frame["seconds"].to_numpy(),
    )


def _pointers(keys: Ints, size: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(keys, minlength=size)))).astype(np.int64)


def _seeds(graph: _Graph, raters: Ints, parameters: Parameters) -> Ints:
    """Return the older half's parties with the most positive raters."""
    first = np.full(graph.size, np.inf)
    np.minimum.at(first, graph.source, graph.seconds)
    np.minimum.at(first, graph.target, graph.seconds)
    eligible = raters * (first <= np.quantile(first, 0.5))
    order = np.argsort(-eligible, kind="stable")[: parameters.seeds]
    seeds: Ints = order[eligible[order] > 0]
    return seeds


def _trust(graph: _Graph, parameters: Parameters, *, are_matched: bool) -> tuple[Floats, Floats]:
    """Return the trust of each party and the independence of each rating.

    Where nobody rates the raters there is no path to follow: then a matched trade vouches for a rater, or a past does.
    """
    positive = graph.value > 0
    source, target, weight = graph.source[positive], graph.target[positive], graph.value[positive]
    rated = np.bincount(target, minlength=graph.size)
    seeds = _seeds(graph, rated, parameters)
    gives = np.bincount(graph.source, minlength=graph.size) > 0
    if len(seeds) == 0 or (rated[gives] > 0).mean() < parameters.rated_raters:
        alone = np.ones(graph.size) if are_matched else _returned(graph, parameters)
        return alone, np.ones(len(graph.value))
    start = np.zeros(graph.size)
    start[seeds] = 1 / len(seeds)
    share = weight / np.bincount(source, weight, minlength=graph.size)[source]
    reached = start
    for _ in range(parameters.trust_rounds):
        inflow = np.bincount(target, share * reached[source], minlength=graph.size)
        reached = (1 - parameters.damping) * start + parameters.damping * inflow
    trust = np.minimum(1.0, reached / np.quantile(reached[reached > 0], parameters.saturation))
    flow = parameters.damping * share * reached[source]
    targets = _pointers(graph.target, graph.size)
    inward = np.lexsort((source, target))
    inflows = (_pointers(target, graph.size), source[inward], flow[inward])
    dependence = shared_inflow(targets, graph.source, inflows, reached)
    outward = np.lexsort((target, source))
    ways = (_pointers(source, graph.size), target[outward], share[outward])
    limits = (parameters.damping, parameters.path_depth, parameters.path_cutoff)
    passed = passing_share(targets, graph.source, ways, reached, limits)
    independence = 1 - np.maximum(dependence, passed)
    floor = parameters.dependence_limit
    return trust, np.maximum(0.0, (independence - floor) / (1 - floor))


def _returned(graph: _Graph, parameters: Parameters) -> Floats:
    """Return 1 for who rated again so many days after the first time, else 0 (ADR 0148).

    Where everyone chooses whom to rate, a past is the one thing that twenty accounts made this month do not have.
    """
    first, last = np.full(graph.size, np.inf), np.full(graph.size, -np.inf)
    np.minimum.at(first, graph.source, graph.seconds)
    np.maximum.at(last, graph.source, graph.seconds)
    returned: Floats = (last - first >= parameters.return_days * DAY).astype(np.float64)
    return returned


def _burst(graph: _Graph, counted: Mask, parameters: Parameters) -> Floats:
    """Return less than 1 for ratings that come in greater number than the target's other times let expect.

    Ratings that weigh nothing are not counted: else a flood of new accounts would take the weight off honest ones.
    """
    history = graph.seconds.max() - graph.seconds.min()
    if history == 0:
        return np.ones(len(graph.value))
    window = min(parameters.burst_days * DAY, history / 24)
    near = np.maximum(1, near_in_time(_pointers(graph.target, graph.size), graph.seconds, counted, window))
    first = np.full(graph.size, np.inf)
    np.minimum.at(first, graph.target, graph.seconds)
    span = np.maximum(graph.seconds.max() - first, 2 * window)[graph.target]
    total = np.bincount(graph.target, counted, minlength=graph.size)[graph.target]
    burst: Floats = np.minimum(1.0, (1 + np.maximum(0, total - near) * 2 * window / span) / near)
    return burst


def _decay(graph: _Graph, parameters: Parameters) -> Floats:
    if parameters.half_life_days == 0:
        return np.ones(len(graph.value))
    decay: Floats = 0.5 ** ((graph.seconds.max() - graph.seconds) / DAY / parameters.half_life_days)
    return decay


def _fixed_point(graph: _Graph, still: Floats, parameters: Parameters) -> tuple[Floats, Floats, float]:
    """Return scores, the reliabilities they were computed with, and the mean they shrink to."""
    mean = float((still * graph.value).sum() / still.sum()) if still.sum() > 0 else float(graph.value.mean())
    given = np.bincount(graph.source, minlength=graph.size)
    reliability, value = np.ones(graph.size), np.full(graph.size, mean)
    for turn in range(parameters.rounds):
        if turn:
            near = 1 - np.abs(graph.value - value[graph.target]) / 2
            reliability = (np.bincount(graph.source, near, minlength=graph.size) + 3 * HONEST) / (given + 3)
        weight = still * reliability[graph.source] ** 2
        total = np.bincount(graph.target, weight * graph.value, minlength=graph.size)
        amount = np.bincount(graph.target, weight, minlength=graph.size)
        value = (total + parameters.prior_weight * mean) / (amount + parameters.prior_weight)
    return value, reliability, mean


def _scores(
    graph: _Graph, ratings: Ratings, weight: Floats, level: tuple[Floats, float], parameters: Parameters
) -> pl.DataFrame:
    """Return score, 80 % interval and effective number of each target, on the scale of the ratings."""
    value, mean = level
    amount = np.bincount(graph.target, weight, minlength=graph.size)
    prior = parameters.prior_weight
    usual = ((graph.value - mean) ** 2).mean()
    squares = np.bincount(graph.target, weight * (graph.value - value[graph.target]) ** 2, minlength=graph.size)
    margin = Z_80 * np.sqrt((squares + prior * usual) / (amount + prior) / (amount + prior))
    half = (ratings.high - ratings.low) / 2
    seen = np.unique(graph.target)

    def shown(at: Floats) -> pl.Series:
        return pl.Series(ratings.low + half * (np.clip(at, -1, 1) + 1)[seen]).round(6)

    return pl.DataFrame(
        {
            "target": graph.names[seen],
            "score": shown(value),
            "low": shown(value - margin),
            "high": shown(value + margin),
            "effective_n": pl.Series(amount[seen]).round(6),
            "status": np.where(amount[seen] < parameters.enough, "insufficient", "ok"),
        }
    )

"""Buy a reputation, and slander one: how many percentile points five attacks move their targets.

On invented trust networks unlike each other that nobody knows (`--seed` repeats them; `--short`: on one small network),
on invented markets in which nobody rates the buyers, and with `--ratings FILE` on that file too.
Yardsticks of the same run: the plain mean, the Bayesian average with five ratings of prior, PageRank over positive
ratings (Page et al. 1999), fairness and goodness (Kumar et al. 2016). Usefulness: the first 70 of 100 ratings, and
whether the score tells whose later ratings are good on average (AUC).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benches.bazaar import BAZAARS, bazaar
from benches.trust import WORLDS, network, world

Reals = NDArray[np.float64]
Scorer = Callable[[pl.DataFrame], pl.DataFrame]
SIZES = (5, 20)
WITHIN = 30 * 86_400  # Bought ratings come in the last thirty days.
COLUMNS = ["source", "target", "rating", "seconds"]


@dataclass(frozen=True, kw_only=True)
class World:
    """The ratings before an attack, who could be bought, and whom to promote or slander."""

    frame: pl.DataFrame
    low: float
    high: float
    cheap: list[str]
    bottom: list[str]
    top: list[str]
    known: list[str]


def run(
    root: Path,  # noqa: ARG001 - every bench is told where the checkout lies
    *,
    rows: int,  # noqa: ARG001 - the networks have a size of their own
    seed: int | None = None,
    short: bool = False,
    ratings: Path | None = None,
) -> dict[str, Any]:
    """Run the bench and return its figures."""
    from chengxin.reputation.facade import read_ratings

    seed = int(np.random.default_rng().integers(2**31)) if seed is None else seed
    draw = np.random.default_rng(seed)
    drawn = (
        {"invented": network(draw, traders=800, trades=8000, days=1200).ratings}
        if short
        else {name: world(draw, name).ratings for name in WORLDS}
        | {name: bazaar(draw, **said) for name, said in BAZAARS.items()}
    )
    figures: dict[str, Any] = {"seed": seed}
    worlds = {name: (plain(known), -10.0, 10.0) for name, known in drawn.items()}
    if ratings:
        read = read_ratings(ratings)
        worlds[ratings.name.split(".")[0]] = (read.frame, read.low, read.high)
    for name, (whole, low, high) in worlds.items():
        figures |= {f"{name}: {what}": said for what, said in measured(whole, low, high, seed, short=short).items()}
    return figures


def plain(ratings: pl.DataFrame) -> pl.DataFrame:
    """Return drawn ratings as the scoring reads them."""
    plain = ratings.select(pl.col("source", "target").cast(pl.String), pl.col("rating", "time").cast(pl.Float64))
    return plain.rename({"time": "seconds"})


def measured(frame: pl.DataFrame, low: float, high: float, seed: int, *, short: bool) -> dict[str, Any]:
    """Return shifts in percentile points, usefulness and seconds on one network."""
    draw = np.random.default_rng(seed)
    scorers = _scorers(low, high)
    targets = 6 if short else 40
    figures: dict[str, Any] = {
        "ratings": len(frame),
        "positive": round(float((frame["rating"].to_numpy() > 0).mean()), 3),
    }
    shifts = shifted(_world(draw, frame, (low, high), targets), scorers, draw)
    for attack in ATTACKS:
        figures[attack] = {f"{who} K={size}": shifts[attack, size, who] for size in SIZES for who in scorers}
    figures["later mean AUC"] = {who: round(later_mean_auc(frame, scorer), 4) for who, scorer in scorers.items()}
    figures["seconds"] = {who: round(_seconds(frame, scorer), 4) for who, scorer in scorers.items()}
    return figures


def shifted(world: World, scorers: dict[str, Scorer], draw: np.random.Generator) -> dict[tuple[str, int, str], float]:
    """Return the mean shift of the targets for each attack, number of attackers and scorer."""
    before = {who: _percentiles(scorer(world.frame), world.known) for who, scorer in scorers.items()}
    shifts: dict[tuple[str, int, str], float] = {}
    for attack, bought in ATTACKS.items():
        for size in SIZES:
            moved: dict[str, list[float]] = {who: [] for who in scorers}
            for target in world.top if "slander" in attack else world.bottom:
                after = pl.concat([world.frame, bought(draw, world, target, size)]).sort("target", "seconds", "source")
                for who, scorer in scorers.items():
                    points = _percentiles(scorer(after), world.known)
                    moved[who].append(points[target] - before[who][target])
            shifts |= {(attack, size, who): round(float(np.mean(points)), 1) for who, points in moved.items()}
    return shifts


def _world(draw: np.random.Generator, frame: pl.DataFrame, scale: tuple[float, float], targets: int) -> World:
    """Choose the accounts that are for sale, and targets of at least three ratings from the quarters by mean."""
    given = frame.group_by("source").len().filter(pl.col("len") <= 5).sort("source")
    rated = frame.group_by("target").agg(many=pl.len(), mean=pl.col("rating").mean()).sort("mean", "target")
    enough = rated.filter(pl.col("many") >= 3)["target"]
    quarter = len(enough) // 4
    return World(
        frame=frame.sort("target", "seconds", "source"),
        low=scale[0],
        high=scale[1],
        cheap=given["source"].to_list(),
        bottom=draw.choice(enough.head(quarter).to_numpy(), targets, replace=False).tolist(),
        top=draw.choice(enough.tail(quarter).to_numpy(), targets, replace=False).tolist(),
        known=rated["target"].to_list(),
    )


def _bought(draw: np.random.Generator, world: World, pairs: list[tuple[str, str, float]]) -> pl.DataFrame:
    frame = pl.DataFrame(
        pairs, schema=dict(zip(COLUMNS[:3], (pl.String, pl.String, pl.Float64), strict=True)), orient="row"
    )
    end = float(world.frame["seconds"].max())  # type: ignore[arg-type]
    at = end - draw.random(len(frame)) * WITHIN
    return frame.with_columns(seconds=pl.Series(at)).select(world.frame.columns)


def _ring(draw: np.random.Generator, world: World, fakes: list[str], target: str) -> list[tuple[str, str, float]]:
    """Return what fake accounts give to each other, and five ratings each of camouflage."""
    inside = [(one, other, world.high) for one in fakes for other in fakes if one != other]
    usual = world.low + 0.6 * (world.high - world.low)
    others = [name for name in draw.choice(world.known, 6 * len(fakes), replace=True).tolist() if name != target]
    cover = {(fake, others[(5 * k + n) % len(others)]) for k, fake in enumerate(fakes) for n in range(5)}
    return inside + [(fake, other, usual) for fake, other in sorted(cover)]


def _promote(draw: np.random.Generator, world: World, target: str, size: int) -> pl.DataFrame:
    fakes = [f"sybil{k}" for k in range(size)]
    pairs = [(fake, target, world.high) for fake in fakes] + [(target, fake, world.high) for fake in fakes]
    return _bought(draw, world, pairs + _ring(draw, world, fakes, target))


def _layered(draw: np.random.Generator, world: World, target: str, size: int) -> pl.DataFrame:
    """Let a second tier, endorsed by the target, endorse the first, which rates the target."""
    first, second = ([f"{tier}{k}" for k in range(size)] for tier in ("sybil", "tier"))
    pairs = [(fake, target, world.high) for fake in first] + [(target, fake, world.high) for fake in second]
    pairs += [(behind, fake, world.high) for behind in second for fake in first]
    return _bought(draw, world, pairs + _ring(draw, world, first, target) + _ring(draw, world, second, target))


def _slander(draw: np.random.Generator, world: World, target: str, size: int) -> pl.DataFrame:
    fakes = [f"sybil{k}" for k in range(size)]
    return _bought(draw, world, [(fake, target, world.low) for fake in fakes] + _ring(draw, world, fakes, target))


def _hijacked(draw: np.random.Generator, world: World, target: str, size: int, *, rating: float) -> pl.DataFrame:
    done = set(world.frame.filter(pl.col("target") == target)["source"]) | {target}
    free = [name for name in world.cheap if name not in done]
    return _bought(draw, world, [(name, target, rating) for name in draw.choice(free, size, replace=False).tolist()])


ATTACKS: dict[str, Callable[[np.random.Generator, World, str, int], pl.DataFrame]] = {
    "promote": _promote,
    "layered": _layered,
    "hijack": lambda draw, world, target, size: _hijacked(draw, world, target, size, rating=world.high),
    "slander": _slander,
    "slander by hijacked": lambda draw, world, target, size: _hijacked(draw, world, target, size, rating=world.low),
}


def _percentiles(scores: pl.DataFrame, known: list[str]) -> dict[str, float]:
    """Return the percentile of each known target among them; of equals the middle."""
    among = pl.DataFrame({"target": known}).join(scores, on="target")
    rank = (among["score"].rank("average") - 0.5) / len(among) * 100
    return dict(zip(among["target"], rank, strict=True))


def later_mean_auc(frame: pl.DataFrame, scorer: Scorer) -> float:
    """Return how well scores of the first 70 of 100 ratings tell whose later mean is good."""
    from sklearn.metrics import roc_auc_score

    ordered = frame.sort("seconds", "source", "target")
    cut = int(len(ordered) * 0.7)
    later = ordered.tail(len(ordered) - cut).group_by("target").agg(mean=pl.col("rating").mean())
    both = scorer(ordered.head(cut).sort("target", "seconds", "source")).join(later, on="target").sort("target")
    return float(roc_auc_score((both["mean"] > 0).to_numpy(), both["score"].to_numpy()))


def _seconds(frame: pl.DataFrame, scorer: Scorer) -> float:
    began = time.perf_counter()
    scorer(frame)
    return time.perf_counter() - began


def _scorers(low: float, high: float) -> dict[str, Scorer]:
    """Return ours and the yardsticks; each takes ratings and returns target,score."""
    from chengxin.reputation.contracts import Ratings
    from chengxin.reputation.facade import score

    def ours(frame: pl.DataFrame) -> pl.DataFrame:
        return score(Ratings(frame=frame.sort("target", "seconds", "source"), low=low, high=high, aside={})).scores

    def mean(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.group_by("target").agg(score=pl.col("rating").mean())

    def bayes(frame: pl.DataFrame) -> pl.DataFrame:
        prior = 5 * float(frame["rating"].to_numpy().mean())
        return frame.group_by("target").agg(score=(pl.col("rating").sum() + prior) / (pl.len() + 5))

    return {
        "ours": ours,
        "mean": mean,
        "Bayes": bayes,
        "PageRank": _on_graph(_page_rank, low, high),
        "goodness": _on_graph(_goodness, low, high),
    }


def _on_graph(method: Callable[[Any, Any, Reals, int], Reals], low: float, high: float) -> Scorer:
    def scored(frame: pl.DataFrame) -> pl.DataFrame:
        names = pl.concat([frame["source"], frame["target"]]).unique().sort()
        kind = pl.Enum(names)
        source, target = (
            frame[side].cast(kind).to_physical().cast(pl.Int64).to_numpy() for side in ("source", "target")
        )
        value = 2 * (frame["rating"].to_numpy() - low) / (high - low) - 1
        given = method(source, target, value, len(names))
        seen = np.unique(target)
        return pl.DataFrame({"target": names[seen], "score": given[seen]})

    return scored


def _page_rank(source: Any, target: Any, value: Reals, size: int) -> Reals:  # noqa: ANN401 - arrays of numbers
    weight = np.maximum(value, 0)
    out = np.bincount(source, weight, size)
    share = np.divide(weight, out[source], out=np.zeros(len(weight)), where=out[source] > 0)
    reached = np.full(size, 1 / size)
    for _ in range(40):
        inflow = np.bincount(target, share * reached[source], size)
        reached = 0.85 * inflow + (1 - 0.85 * inflow.sum()) / size
    return reached


def _goodness(source: Any, target: Any, value: Reals, size: int) -> Reals:  # noqa: ANN401 - as above
    given, received = np.bincount(source, minlength=size), np.maximum(1, np.bincount(target, minlength=size))
    fairness, goodness = np.ones(size), np.ones(size)
    for _ in range(20):
        goodness = np.bincount(target, fairness[source] * value, size) / received
        away = np.bincount(source, np.abs(value - goodness[target]), size)
        fairness = 1 - away / np.maximum(1, given) / 2
    return goodness

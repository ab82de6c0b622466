"""Learn who rates falsely in one network and rank the raters of another: AUC and precision at 50, every pair.

Networks of `benches/trust.py` unlike each other, one of another model (buyers who rate shops from 1 to 5 and are rated
by nobody, among them hired praise and slander), and with `--ratings FILE --labels FILE` that one too. What is learnt
where fraud looks otherwise, or on a scale of two values, carries over least: the matrix says how much.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from benches.trust import DAY, WORLDS, Network, network, world

KNOWN = 300  # Raters whose label is known, half of them fraudulent where there are as many.
FIRST = 50


def run(
    root: Path,  # noqa: ARG001 - every bench is told where the checkout lies
    *,
    rows: int,  # noqa: ARG001 - the networks have a size of their own
    seed: int | None = None,
    short: bool = False,
    ratings: Path | None = None,
    labels: Path | None = None,
) -> dict[str, Any]:
    """Run the bench and return its figures."""
    from sklearn.metrics import roc_auc_score

    from chengxin.reputation.facade import rank_raters

    seed = int(np.random.default_rng().integers(2**31)) if seed is None else seed
    known = _networks(np.random.default_rng(seed), short=short, own=(ratings, labels))
    figures: dict[str, Any] = {"seed": seed}
    for learnt, (given, told, _whole) in known.items():
        for on, (other, _told, whole) in known.items():
            if on == learnt:
                continue
            ranked = rank_raters(given, told, other).raters.join(whole, on="source").sort("rank")
            is_false, score = ranked["fraudulent"].to_numpy(), ranked["score"].to_numpy()
            figures[f"{learnt} on {on}"] = {
                "AUC": round(float(roc_auc_score(is_false, score)), 3),
                f"precision at {FIRST}": round(float(is_false[:FIRST].mean()), 2),
                "fraudulent in all": round(float(is_false.mean()), 3),
            }
    return figures


def _networks(draw: np.random.Generator, *, short: bool, own: tuple[Path | None, Path | None]) -> dict[str, Any]:
    """Return, by name, ratings, labels to learn from, and the labels of all raters of each network."""
    from chengxin.reputation.facade import read_labels, read_ratings

    if short:
        drawn = {"small": network(draw, traders=500, trades=5000, days=800), "shops": shops(draw, buyers=1500)}
    else:
        drawn = {name: world(draw, name) for name in WORLDS if name != "small"} | {"shops": shops(draw)}
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as folder:
        for name, one in drawn.items():
            places = [Path(folder) / f"{name}-{what}.csv" for what in ("ratings", "labels", "all")]
            for place, frame in zip(
                places, (one.ratings, one.labels(draw, KNOWN), one.labels(draw, 10**9)), strict=True
            ):
                frame.write_csv(place)
            found[name] = read_ratings(places[0]), read_labels(places[1]), read_labels(places[2]).frame
    if own[0] and own[1]:
        labels = read_labels(own[1])
        found[own[0].name.split(".")[0]] = read_ratings(own[0]), labels, labels.frame
    return found


def shops(draw: np.random.Generator, *, buyers: int = 5000) -> Network:
    """Return a market in which buyers rate shops from 1 to 5; one in twenty is hired to praise or to slander."""
    many, ratings, days = buyers // 15, 4 * buyers, 900
    quality, pull, zeal = draw.beta(5, 2, many), draw.lognormal(0, 1.4, many), draw.lognormal(0, 1, buyers)
    source = draw.choice(buyers, ratings, p=zeal / zeal.sum())
    target = draw.choice(many, ratings, p=pull / pull.sum())
    rating = np.clip(np.rint(1 + 4 * quality[target] + draw.normal(0, 1, ratings)), 1, 5)
    parts = [(source, target, rating, draw.uniform(0, days * DAY, ratings))]
    worst = np.argsort(quality)
    hired = buyers + np.arange(buyers // 20)
    for one in hired:
        praises, turns = draw.random() < 0.7, int(draw.integers(2, 9))
        those = draw.choice(worst[: many // 3] if praises else worst[many // 2 :], turns)
        at = draw.uniform(0, days * DAY) + np.cumsum(draw.exponential(2 * DAY, turns))
        parts.append((np.full(turns, one), those, np.full(turns, 5.0 if praises else 1.0), at))
    columns = zip(("source", "target", "rating", "time"), zip(*parts, strict=True), strict=True)
    frame = pl.DataFrame({name: np.concatenate(values) for name, values in columns})
    # Shops are numbered after everybody who rates.
    frame = frame.with_columns(target=pl.col("target") + buyers + len(hired), time=pl.col("time").cast(pl.Int64))
    return Network(ratings=frame, fraudulent=np.arange(buyers + len(hired) + many) >= buyers)

"""An invented trust network: who rated whom, when and how, with honest traders, crooks, and their helpers.

It shares nothing with the scoring and the detectors. Traders are numbers; ratings run from -10 to 10, without 0;
seconds count from the first day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
DAY = 86_400
KINDS = 8


@dataclass(frozen=True, kw_only=True)
class Network:
    """Ratings as a frame of source, target, rating and time, and who of the traders is a crook or a helper."""

    ratings: pl.DataFrame
    fraudulent: NDArray[np.bool_]

    def labels(self, draw: np.random.Generator, many: int) -> pl.DataFrame:
        """Return source,label of as many known raters at most, half of them fraudulent."""
        gives = np.zeros(len(self.fraudulent), bool)
        gives[self.ratings["source"].to_numpy()] = True
        known = []
        for label, among in (("fraudulent", self.fraudulent), ("fair", ~self.fraudulent)):
            these = np.flatnonzero(gives & among)
            chosen = draw.choice(these, min(many // 2, len(these)), replace=False)
            known.append(pl.DataFrame({"source": chosen, "label": [label] * len(chosen)}))
        return pl.concat(known)


# Networks unlike each other: how many trade how often in how many days, how many are crooks, how well others are meant.
WORLDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "small": {"traders": 500, "trades": 4_000, "days": 500},
    "sparse": {"traders": 4_000, "trades": 14_000, "days": 2_400},
    "dense": {"traders": 1_000, "trades": 30_000, "days": 700},
    "harsh": {"traders": 1_800, "trades": 15_000, "days": 1_300, "crooked": 0.2, "kindness": 0.9},
    "sunny": {"traders": 2_200, "trades": 20_000, "days": 300, "crooked": 0.015, "kindness": 5.0},
}


def world(draw: np.random.Generator, name: str) -> Network:
    """Return one of the networks unlike each other."""
    return network(draw, **WORLDS[name])


def network(
    draw: np.random.Generator, *, traders: int, trades: int, days: int, crooked: float = 0.06, kindness: float = 2.2
) -> Network:
    """Return a network in which traders come, trade inside their kinds, rate each other, and leave.

    Crooks stay for days, are rated badly by most of whom they meet and answer in kind; half of them have helpers.
    """
    is_crook = draw.random(traders) < crooked
    came = (days * draw.random(traders) ** 0.7 * 0.97).astype(np.int64)
    stays = np.where(is_crook, draw.exponential(12, traders) + 1, draw.exponential(260, traders) + 3)
    left = np.minimum(came + stays, days)
    zeal = (draw.pareto(1.5, traders) + 0.2) * np.where(is_crook, np.minimum(260 / stays, 12), 1)
    kind = draw.integers(0, KINDS, traders)
    one, other, day = _meetings(draw, (came, left), (zeal, kind), trades, days)
    second = (day * DAY + draw.integers(0, DAY, len(day))).astype(np.int64)
    quality = np.where(is_crook, draw.normal(-6, 4, traders), draw.normal(kindness, 1.6, traders))
    generous = draw.normal(0, 0.8, traders)

    def given(source: Numbers, target: Numbers) -> Numbers:
        meant = quality[target] + generous[source] + draw.normal(0, 1.5, len(source))
        whole = np.clip(np.rint(meant), -10, 10).astype(np.int64)
        return np.where(whole == 0, 1, whole)

    first = given(one, other)
    answers = draw.random(len(one)) < 0.75
    back = given(other[answers], one[answers])
    in_kind = is_crook[other[answers]] & (first[answers] < 0) & (draw.random(len(back)) < 0.7)
    back[in_kind] = -10
    waited = np.where(in_kind, draw.exponential(DAY / 12, len(back)), draw.exponential(2 * DAY, len(back)))
    helped = _helpers(draw, is_crook, came, traders)
    frame = pl.DataFrame(
        {
            "source": np.concatenate([one, other[answers], helped[0]]),
            "target": np.concatenate([other, one[answers], helped[1]]),
            "rating": np.concatenate([first, back, helped[2]]),
            "time": np.concatenate([second, second[answers] + waited.astype(np.int64), helped[3]]),
        }
    )
    helpers = int(helped[0].max(initial=traders - 1)) - traders + 1
    latest = frame.filter(pl.col("source") != pl.col("target")).sort("time", "source", "target", "rating")
    return Network(
        ratings=latest.unique(["source", "target"], keep="last", maintain_order=True),
        fraudulent=np.concatenate([is_crook, np.ones(helpers, bool)]),
    )


def _meetings(
    draw: np.random.Generator, presence: tuple[Numbers, Reals], ways: tuple[Reals, Numbers], trades: int, days: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Draw who meets whom on which day: both are there, and four in five meetings stay inside a kind."""
    (came, left), (zeal, kind) = presence, ways
    ones, others, when = [], [], []
    for day in range(days):
        here = np.flatnonzero((came <= day) & (day < left))
        if len(here) < 2:
            continue
        many = draw.poisson(trades / days * 1.4 * (0.3 + day / days))
        pull = zeal[here] / zeal[here].sum()
        one, other = here[draw.choice(len(here), many, p=pull)], here[draw.choice(len(here), many, p=pull)]
        kept = (one != other) & ((kind[one] == kind[other]) | (draw.random(many) < 0.2))
        ones.append(one[kept])
        others.append(other[kept])
        when.append(np.full(int(kept.sum()), day))
    return np.concatenate(ones), np.concatenate(others), np.concatenate(when)


def _helpers(
    draw: np.random.Generator, is_crook: NDArray[np.bool_], came: Numbers, first: int
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Give half of the crooks two to six helpers who praise them and each other within two days, and are praised."""
    rows: list[tuple[int, int, int, int]] = []
    for crook in np.flatnonzero(is_crook):
        if draw.random() < 0.5:
            continue
        those = [*range(first, first + int(draw.integers(2, 7)))]
        first = those[-1] + 1
        pairs = [(helper, int(crook)) for helper in those] + [(int(crook), helper) for helper in those]
        pairs += [(one, other) for one in those for other in those if one != other and draw.random() < 0.5]
        rows += [(a, b, 10, int(came[crook]) * DAY + int(draw.integers(0, 2 * DAY))) for a, b in pairs]
    columns = np.array(rows, np.int64).reshape(-1, 4).T
    return columns[0], columns[1], columns[2], columns[3]

"""What a scoring takes and gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The published parameters of a score; a change is a new version. Reasons: ADR 0038."""

    version: str = "2026-12c"
    damping: float = 0.85
    trust_rounds: int = 40
    saturation: float = 0.9
    seeds: int = 20
    rated_raters: float = 0.1
    return_days: float = 60.0
    path_depth: int = 30
    path_cutoff: float = 0.01
    dependence_limit: float = 0.1
    experience: float = 2.0
    burst_days: float = 15.0
    prior_weight: float = 5.0
    rounds: int = 15
    half_life_days: float = 0.0
    enough: float = 3.0


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """Ratings that count, sorted, and how many rows were set aside for which reason.

    `are_matched`: each stands on a trade whose papers were matched, so that a rating has cost an order.
    """

    frame: pl.DataFrame
    low: float
    high: float
    aside: dict[str, int]
    are_matched: bool = False


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Scores of the targets, and the ledger of the weights they come from."""

    scores: pl.DataFrame
    ledger: pl.DataFrame


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Raters known as `fraudulent` or not, by name, and how many rows were set aside for which reason."""

    frame: pl.DataFrame
    aside: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Learning:
    """The parameters of the ranking of raters; a change is a new version in `raters.yaml`. Reasons: ADR 0063."""

    trees: int = 300
    least_in_leaf: int = 2
    least_of_each: int = 10
    folds: int = 5
    fold_trees: int = 100
    reasons: int = 3


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """Raters in the order of a review queue, and what the ranking was learnt from.

    `silent` counts labels of those who rate nobody; `auc` is cross-validated among the labelled.
    """

    raters: pl.DataFrame
    needs: dict[str, str]
    model: str
    fraudulent: int
    fair: int
    silent: int
    auc: float


@dataclass(frozen=True, kw_only=True)
class Rolling:
    """The published parameters of the search for rings in time; a change is a new version. Reasons: ADR 0059.

    A window is days and the phase it begins at; (0, 0) leaves targets whole. Who is new is told only after
    `least_known_days` of the file. A slice with twice the edges is expected 2 ** `growth` times as dense. A block is
    compared with those of at least as many accounts as one of the `sizes`; a smaller one is no ring. A target belongs
    to it with `least_share` of its edges and `least_met` of the ring's.
    """

    version: str = "2026-12"
    slice_days: int = 90
    step_days: int = 30
    trailing_days: int = 720
    least_past_days: int = 360
    least_known_days: int = 180
    growth: float = 0.25
    alarm: float = 1.2
    windows: tuple[tuple[int, int], ...] = ((0, 0), (7, 0), (7, 3), (14, 0), (14, 7), (30, 0), (30, 15))
    sizes: tuple[int, ...] = (10, 30, 60)
    least_targets: int = 5
    least_share: float = 0.2
    least_met: int = 4
    most_per_slice: int = 20
    same_ring: float = 0.5

    @property
    def views(self) -> tuple[tuple[bool, int, int], ...]:
        """Return every window, for all accounts and for those first seen in the slice."""
        return tuple((new, *window) for new in (False, True) for window in self.windows)


@dataclass(frozen=True, kw_only=True)
class Attack:
    """What a rule found about a shop in [first_day, end_day): its rows, and every low score of their accounts."""

    seller_id: str
    rule: str
    kind: str
    first_day: date
    end_day: date
    rows: pl.DataFrame
    ties: pl.DataFrame
    values: Mapping[str, float]
    limits: Mapping[str, int]
    model: str

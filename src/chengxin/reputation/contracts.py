"""What a scoring takes and gives."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """The published parameters of a score; a change is a new version. Reasons: ADR 0038."""

    version: str = "2026-11"
    damping: float = 0.85
    trust_rounds: int = 40
    saturation: float = 0.9
    seeds: int = 20
    rated_raters: float = 0.1
    path_depth: int = 30
    path_cutoff: float = 0.01
    dependence_limit: float = 0.1
    experience: float = 1.0
    burst_days: float = 15.0
    prior_weight: float = 5.0
    rounds: int = 15
    half_life_days: float = 0.0
    enough: float = 3.0


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """Ratings that count, sorted, and how many rows were set aside for which reason."""

    frame: pl.DataFrame
    low: float
    high: float
    aside: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Scores of the targets, and the ledger of the weights they come from."""

    scores: pl.DataFrame
    ledger: pl.DataFrame

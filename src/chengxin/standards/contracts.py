"""Indicator standards as values: what is measured, how a figure becomes points, and what a version says of figures.

There is no value for a whole: a standard ends with one mark in each dimension, and no mark has a name in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from pydantic import ConfigDict, with_config

from chengxin.catalogue.contracts import Words

# What is read from files and drafts takes no word that it does not know.
_STRICT: Final = ConfigDict(extra="forbid")


class About(StrEnum):
    """Whom a standard is about: operators of shops. A natural person has no value here, so none can be meant."""

    OPERATORS = "operators"


class Counted(StrEnum):
    """Whether an indicator counts in its dimension, or why it does not."""

    YES = "yes"
    TOO_FEW = "too_few"
    UNKNOWN = "unknown"


@with_config(_STRICT)
@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a figure comes from (数据来源): a closed list; `whole` is what its sample counts, `example` is invented."""

    code: str
    title: Words
    origin: Words
    unit: Words
    whole: Words
    low: Decimal
    high: Decimal
    example: tuple[Decimal, int]


@with_config(_STRICT)
@dataclass(frozen=True, kw_only=True)
class Level:
    """A word for marks from a number on (等级), in one dimension."""

    at_least: int
    title: Words


@with_config(_STRICT)
@dataclass(frozen=True, kw_only=True)
class Dimension:
    """One side of a merchant that is looked at by itself (维度)."""

    name: str
    title: Words


@with_config(_STRICT)
@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One thing that is measured (指标).

    The figure `worst` gives no points, `best` gives 100, in between the points are in proportion. Below `floor` cases
    the indicator does not count. `weight` is its share within its dimension alone.
    """

    name: str
    dimension: str
    title: Words
    definition: Words
    source: str
    worst: Decimal
    best: Decimal
    floor: int
    weight: int
    basis: tuple[str, ...]

    @property
    def rises(self) -> bool:
        """Tell whether more is better."""
        return self.best > self.worst


@with_config(_STRICT)
@dataclass(frozen=True, kw_only=True)
class Standard:
    """One version of a standard (标准的一个版本).

    `coverage` is how much of a dimension's weight must be known, in percent, before it gets a mark.
    """

    code: str
    version: int
    effective_on: date
    about: About
    title: Words
    summary: Words
    coverage: int
    levels: tuple[Level, ...]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a shop with how many cases it rests on."""

    value: Decimal
    sample: int


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What one indicator makes of its figure: points from 0 to 100, or why it does not count."""

    indicator: Indicator
    figure: Figure | None
    counted: Counted
    points: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a version prints for one dimension; no number and no level while too little is known (资料不足)."""

    dimension: Dimension
    points: Decimal | None
    level: Level | None
    known: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One indicator as somebody would have it instead, to see what that moves; nothing of it is kept."""

    indicator: str
    weight: int | None = None
    worst: Decimal | None = None
    best: Decimal | None = None
    floor: int | None = None

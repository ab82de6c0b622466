"""Patterns, alerts and counts of misuse detection as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Tempo(StrEnum):
    """How soon a pattern is asked for."""

    FAST = "fast"
    DAY = "day"


class MarkKind(StrEnum):
    """Why a look at a subject is remarkable: a canary (诱饵), or a conflict its declarer must avoid (回避)."""

    CANARY = "canary"
    CONFLICT = "conflict"


class SampleOutcome(StrEnum):
    """What a reviewer of another unit found of an explained look."""

    SOUND = "sound"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One sign of misuse as the file declares it; `numbers` are its thresholds."""

    code: str
    measure: str
    column: str
    points: int
    tempo: Tempo
    zh: str
    en: str
    numbers: Mapping[str, float]

    def number(self, name: str) -> float:
        """Return one threshold."""
        return self.numbers[name]


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """The whole file: the signs, when they make an alert, and what counts as usual for a unit."""

    patterns: tuple[Pattern, ...]
    alert_points: int
    window_days: int
    join_days: int
    look_back_days: int
    hour_share: float
    purpose_share: float
    beside_days: int


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One alert (警示) about the looks of one member of staff, with its case."""

    id: UUID
    clerk_key: str
    body: str
    area: str
    opened_at: datetime
    case_id: UUID
    case_number: str
    case_state: str
    patterns: tuple[str, ...]
    looks: int
    persons: int
    explanation: str
    explained_at: datetime | None
    slowed_until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """The public counts of one quarter: looks checked, alerts, and what people found."""

    starts_on: date
    looks: int
    alerts: int
    cleared: int
    confirmed: int
    pending: int
    reviewed: int
    doubtful: int


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One explained look drawn by lot for review by another unit."""

    id: UUID
    month: date
    event_id: UUID
    body: str
    looked_at: datetime
    purpose: str
    reference: str
    categories: tuple[str, ...]
    reviewer_body: str
    outcome: str
    reasons: str
    reviewed_at: datetime | None

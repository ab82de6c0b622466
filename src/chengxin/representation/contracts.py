"""Mandates as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Ground(StrEnum):
    """Why somebody may act for a person (代办依据); only a mandate (委托) can begin online."""

    MANDATE = "mandate"


class Standing(StrEnum):
    """Where a mandate stands on a day."""

    OFFERED = "offered"
    LIVE = "live"
    ENDED = "ended"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One thing that may be done for another (代办事项): its words, and the actions it is made of."""

    code: str
    zh: str
    en: str
    means_zh: str
    means_en: str
    actions: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """One mandate (委托): who is represented, for what, until which day; `number` is what both sides call it by.

    `ends_on` is the first legal day on which it no longer holds.
    """

    id: UUID
    number: str
    subject_id: UUID
    ground: Ground
    scopes: tuple[str, ...]
    granted_at: datetime
    ends_on: date
    holder: str = ""
    accepted_at: datetime | None = None
    ended_at: datetime | None = None

    def standing(self, on: date) -> Standing:
        """Return where it stands on a day."""
        if self.ended_at is not None:
            return Standing.ENDED
        if on >= self.ends_on:
            return Standing.LAPSED
        return Standing.LIVE if self.accepted_at is not None else Standing.OFFERED


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person asks to grant: to whom, for what, for how many days."""

    name: str
    number: str
    scopes: tuple[str, ...]
    days: int


@dataclass(frozen=True, kw_only=True)
class Both:
    """Both sides of one person: who acts for them with the name they wrote, and for whom they act."""

    given: Sequence[tuple[Mandate, str]]
    held: Sequence[Mandate]
    offered: Sequence[Mandate]

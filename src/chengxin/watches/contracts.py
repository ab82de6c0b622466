"""Watches as other packages see them: whom a body watches on which lists, on what basis, until when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.casework.contracts import Case
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law.contracts import Words
from chengxin.matching.contracts import Hit


class How(StrEnum):
    """What is read to tell whether a ground lives."""

    RECORD = "record"
    CASE = "case"
    CONSENT = "consent"


class Because(StrEnum):
    """Why a watch ended."""

    TERM = "term"
    BASIS = "basis"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """One ground (依据) on which a body may watch somebody, and what must live for it."""

    code: str
    title: Words
    how: How
    basis: tuple[str, ...]
    items: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom a body wants to watch: by number, for which measure or purpose rule, on what ground, until which last day.

    `reference` is the number of the case or the identifier of the consent; a licence is found by itself.
    """

    kind: str
    number: str
    purpose: str
    ground: str
    last_day: date
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a watch is for: its code, the law it rests on, the lists that have to do with it."""

    code: str
    basis: tuple[str, ...]
    lists: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Watch:
    """One watch (关注): known to the watched, over at `ends_on`, or at once when its ground is."""

    id: UUID
    number: str
    body: str
    subject_id: UUID
    subject_kind: SubjectKind
    purpose: str
    lists: tuple[str, ...]
    ground: str
    reference: str
    basis: tuple[str, ...]
    set_at: datetime
    ends_on: date
    ended_at: datetime | None = None
    ended_because: str = ""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One watch as its officer reads it: whether it runs, its warnings, and each hit as it stands at this moment."""

    watch: Watch
    runs: bool
    warnings: Sequence[Case]
    hits: Mapping[str, Hit]


@dataclass(frozen=True, kw_only=True)
class OwnWatch:
    """One watch as the watched reads it: whether it still runs, and what the body was told, oldest first."""

    watch: Watch
    runs: bool
    told: Sequence[tuple[datetime, str, str]]


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What one settling did."""

    ended: int = 0
    raised: int = 0
    lifted: int = 0

    def did(self) -> Mapping[str, int]:
        """Return the counts by name, for the report of a task."""
        return {"ended": self.ended, "raised": self.raised, "lifted": self.lifted}

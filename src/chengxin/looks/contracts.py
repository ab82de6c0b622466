"""Looks as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.audit.contracts import Look, LookDay, LookFilter
from chengxin.casework.contracts import Case, Step


@dataclass(frozen=True, kw_only=True)
class OwnLooks:
    """A page of one's own looks: what was asked for, the lines, their number, and when each body looked.

    `since` and `until` bound what `days` counts; `challenges` are the newest by event. `withheld` says how many looks
    of a month are kept back at present, by its first day.
    """

    chosen: LookFilter
    lines: Sequence[Look]
    total: int
    days: Sequence[LookDay]
    since: date
    until: date
    challenges: Mapping[UUID, Case]
    withheld: Sequence[tuple[date, int]] = ()


@dataclass(frozen=True, kw_only=True)
class OwnLook:
    """One look at oneself, its newest challenge with its course, and how it was withheld, where it was."""

    look: Look
    challenge: Case | None
    steps: Sequence[Step]
    was_withheld: Withheld | None = None


@dataclass(frozen=True, kw_only=True)
class RestrictionGround:
    """A statutory ground on which a look may be withheld: its articles, the law key of its longest time.

    `needs_article` asks for the law and article that orders secrecy or silence.
    """

    code: str
    zh: str
    en: str
    basis: tuple[str, ...]
    cap: str
    needs_article: bool


@dataclass(frozen=True, kw_only=True)
class Withholding:
    """What a body asks for: the looks it made at a person under one case number, on which ground, until when."""

    number: str
    reference: str
    ground: str
    article: str
    ends_on: date
    reasons: str


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """How a look was withheld, as its person reads it afterwards."""

    ground: str
    since: datetime
    until: date


@dataclass(frozen=True, kw_only=True)
class Registration:
    """One registered restriction as its body and oversight read it: no person in it."""

    id: UUID
    body: str
    ground: str
    looks: int
    proposed_by: str
    proposed_at: datetime
    approved_by: str
    approved_at: datetime | None
    ends_on: date
    ended_at: datetime | None
    case: Case | None = None

    def runs(self, on: date) -> bool:
        """Tell whether it withholds anything on a day."""
        return self.approved_at is not None and self.ended_at is None and self.ends_on > on


@dataclass(frozen=True, kw_only=True)
class GroundCount:
    """The public count of one ground: running, begun and ended in the past year, in registrations and looks."""

    ground: str
    running: int
    looks: int
    begun: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How many lines of one kind the platform holds, and how many of them ended in the year."""

    item_code: str
    held: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class YearSummary:
    """A year of one's own (年度小结): what is held, who looked, what was corrected, what ended.

    `acts` counts what was done to one's data by kind of event; `cases` are one's own matters that were decided.
    """

    year: int
    as_of: datetime
    lines: Sequence[Counted]
    days: Sequence[LookDay]
    near_misses: int
    withheld: int
    acts: Mapping[str, int]
    cases: Sequence[Case]
    is_wanted: bool

    @property
    def held(self) -> int:
        """Return how many lines are held."""
        return sum(one.held for one in self.lines)

    @property
    def ended(self) -> int:
        """Return how many lines ended in the year."""
        return sum(one.ended for one in self.lines)

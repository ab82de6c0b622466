"""Honours as others see them: frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.law.contracts import Words


class Answer(StrEnum):
    """What a nominee said (本人意见): nothing yet, yes with the name, yes without it, no."""

    WAITING = ""
    NAMED = "named"
    UNNAMED = "unnamed"
    DECLINED = "declined"


class Obstacle(StrEnum):
    """What stands against an honour at a check (核查结果)."""

    SERIOUS_LIST = "serious_list"
    OPEN_DETERMINATION = "open_determination"


class Way(StrEnum):
    """Why somebody writes to a granting body: to propose a nominee, or against a nomination in public notice."""

    PROPOSAL = "proposal"
    OBJECTION = "objection"


class Outcome(StrEnum):
    """What became of a letter."""

    WAITING = ""
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"


class Standing(StrEnum):
    """Where a nomination or an honour stands on a day, as everybody may know it."""

    PREPARED = "prepared"
    NOTICED = "noticed"
    AWARDED = "awarded"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of honour, as `kinds.yaml` declares it; for some a place is visited before the public notice."""

    code: str
    title: Words
    what: Words
    item: str
    bodies: frozenset[str]
    basis: tuple[str, ...]
    needs_visit: bool = False


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """One nomination and what it became; `shown_name` and `shown_story` are what the nominee agreed to show, or ''."""

    id: UUID
    number: str
    kind: str
    body: str
    subject_id: UUID
    is_person: bool
    case_id: UUID
    answer: Answer
    shown_name: str
    shown_story: str
    visited_on: date | None
    checked_on: date | None
    obstacles: Sequence[Obstacle]
    notice_from: date | None
    notice_until: date | None
    awarded_on: date | None
    valid_until: date | None
    reviewed_on: date | None
    record_id: UUID | None
    standing: Standing

    @property
    def is_named(self) -> bool:
        """Tell whether its nominee is named to everybody."""
        return bool(self.shown_name)


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What somebody wrote about a kind of honour or a nomination, and the answer."""

    id: UUID
    number: str
    way: Way
    kind: str
    body: str
    text: str
    from_body: str
    sent_at: datetime
    outcome: Outcome
    reply: str

"""Mandates as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Ground(StrEnum):
    """Why somebody may act for a person (代办依据): they said so, or the law does and two officers saw the papers.

    At the counter (窗口代填) the person stands before the clerk who fills in what they ask for, for an hour.
    """

    MANDATE = "mandate"
    GUARDIAN = "guardian"
    NEXT_OF_KIN = "next_of_kin"
    COUNTER = "counter"


BY_LAW = (Ground.GUARDIAN, Ground.NEXT_OF_KIN)


class Standing(StrEnum):
    """Where a mandate stands on a day."""

    OFFERED = "offered"
    LIVE = "live"
    RESTING = "resting"
    ENDED = "ended"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One thing that may be done for another (代办事项): its words, its actions, and on which grounds it is held."""

    code: str
    zh: str
    en: str
    means_zh: str
    means_en: str
    actions: frozenset[str]
    grounds: frozenset[Ground]


@dataclass(frozen=True, kw_only=True)
class Mandate:
    """One mandate (委托): who is represented, for what, until which day; `number` is what both sides call it by.

    `ends_on` is the first legal day on which it no longer holds. It rests while whom it is about says, in the case
    `contest_number`, that it is not so.
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
    rests_since: datetime | None = None
    contest_number: str = ""

    def standing(self, on: date) -> Standing:
        """Return where it stands on a day."""
        if self.ended_at is not None:
            return Standing.ENDED
        if on >= self.ends_on:
            return Standing.LAPSED
        if self.rests_since is not None:
            return Standing.RESTING
        return Standing.LIVE if self.accepted_at is not None else Standing.OFFERED


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person asks to grant: to whom, for what, for how many days."""

    name: str
    number: str
    scopes: tuple[str, ...]
    days: int


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What somebody claims who would act by law: for whom, as what, why, until when, before which credit office."""

    ground: Ground
    name: str
    number: str
    interest: str
    body: str
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Application:
    """One application to act by law (代办申请) as either side sees it; the other spoke up at `contested_at`."""

    id: UUID
    number: str
    case_id: UUID
    ground: Ground
    body: str
    filed_at: datetime
    proposed_at: datetime | None
    contested_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An application as the officer reads it: what was written, who wrote it, whether such a person is on file."""

    application: Application
    name: str
    number: str
    interest: str
    applicant: str
    until: date | None
    is_known: bool


@dataclass(frozen=True, kw_only=True)
class Both:
    """Both sides of one person: who acts for them with the name they wrote, for whom they act, and what waits.

    `filed` are one's own applications to act by law, `about` those of others to act for oneself; `is_arranged` tells
    that one wants nobody to look after one's own file after death.
    """

    given: Sequence[tuple[Mandate, str]]
    held: Sequence[Mandate]
    offered: Sequence[Mandate]
    filed: Sequence[Application] = ()
    about: Sequence[Application] = ()
    is_arranged: bool = False

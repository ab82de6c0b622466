"""Breaches as other packages see them: frozen values, no names, no numbers of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Source(StrEnum):
    """How a breach became known: from an export that was traced, an alert of misuse, a tip, or found by staff."""

    EXPORT = "export"
    MISUSE = "misuse"
    TIP = "tip"
    STAFF = "staff"


class Lever(StrEnum):
    """What is stopped to contain a breach: the posts of an account, or a program."""

    ACCOUNT = "account"
    CLIENT = "client"


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What is known of a breach, in codes of `words.yaml`; `items` are codes of the catalogue."""

    items: tuple[str, ...]
    cause: str
    harm: tuple[str, ...]
    remedies: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """One thing that was stopped: what, by its reference, when and why."""

    lever: Lever
    reference: str
    at: datetime
    reasons: str


@dataclass(frozen=True, kw_only=True)
class Breach:
    """One breach (泄露事件) with where it stands.

    `counted` is how many persons the source holds, `listed` how many of them are known, `told` how many were told.
    """

    id: UUID
    number: str
    case_id: UUID
    state: str
    due_on: date | None
    body: str
    source: Source
    source_ref: str
    found_on: date
    opened_at: datetime
    counted: int
    listed: int
    told: int
    assessment: Assessment | None
    authority: str
    authority_ref: str
    authority_on: date | None
    told_at: datetime | None
    waived_at: datetime | None
    waived_because: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """The public counts of a quarter: breaches by how they ended, and persons told."""

    starts_on: date
    opened: int
    reported: int
    told: int
    waived: int
    unfounded: int
    pending: int
    persons_told: int

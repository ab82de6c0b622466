"""Commitments as others see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Maker(StrEnum):
    """Who promises (承诺主体)."""

    PLATFORM = "platform"
    MERCHANT = "merchant"
    INDIVIDUAL = "individual"
    COURIER = "courier"


class Content(StrEnum):
    """What is promised (承诺内容): lawful, true, price, quality, service, responsibility."""

    LAWFUL = "lawful"
    TRUE = "true"
    PRICE = "price"
    QUALITY = "quality"
    SERVICE = "service"
    RESPONSIBILITY = "responsibility"


class Source(StrEnum):
    """Where a broken promise came to light (发现途径)."""

    COMPLAINT = "complaint"
    SAMPLING = "sampling"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Between which numbers a value of a sentence lies; the weaker end is where the law has its floor."""

    least: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Template:
    """One sentence somebody may promise, with the numbers it leaves open."""

    maker: Maker
    content: Content
    tags: Sequence[str]
    zh: str
    en: str
    values: Mapping[str, Bounds]
    basis: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One promised sentence as it was signed; a report and a finding name it by its id."""

    id: str
    content: Content
    tags: Sequence[str]
    values: Mapping[str, int]
    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a sentence (履诺), as everybody may read it now: the result, on which day, by which document."""

    result: str
    found_on: date | None
    document: str
    rectified_by: date | None
    has_objection: bool


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """One version of a commitment (承诺书); a withdrawn one has no sentences, a replaced one stays readable.

    `statement` is the platform's signed statement of exactly these words (JWS). `name` and `uscc` are those of an
    operator; of a natural person nothing is told but the number.
    """

    id: UUID
    number: str
    maker: Maker
    subject_id: UUID
    name: str
    uscc: str
    version: int
    sentences: Sequence[Sentence]
    statement: str
    signed_at: datetime
    replaced_at: datetime | None

    @property
    def is_standing(self) -> bool:
        """Tell whether these words hold now."""
        return self.replaced_at is None and bool(self.sentences)

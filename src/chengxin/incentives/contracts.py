"""Incentives as other packages see them: scenes, what a person may use of them, hints for an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Family(StrEnum):
    """The five families of “信用+” scenes."""

    EDUCATION_HEALTH = "education_health"
    CARE = "care"
    WORK = "work"
    SOCIAL_INSURANCE = "social_insurance"
    CULTURE = "culture"


class Occasion(StrEnum):
    """Where an officer may offer something: on an application, or when inspections are planned."""

    APPLICATION = "application"
    INSPECTION = "inspection"


class Benefit(StrEnum):
    """What a scene gives above the normal service (优惠方式); there is none that takes something from others."""

    NO_DEPOSIT = "no_deposit"
    LOWER_PRICE = "lower_price"
    LONGER_TERM = "longer_term"
    EXTRA_SERVICE = "extra_service"
    PRIORITY = "priority"


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What opens a scene: so many lines of some favourable items, not older than so many years; points if any."""

    items: tuple[str, ...]
    least: int = 1
    years: int = 3
    points: int = 0


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A scene as an officer writes it; texts in Chinese, English where given."""

    family: Family
    benefit: Benefit
    title: str
    partner: str
    gives: str
    normal: str
    condition: Condition
    starts_on: date
    ends_on: date
    title_en: str = ""
    gives_en: str = ""
    normal_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One scene with its use so far; half-open [starts_on, ends_on)."""

    id: UUID
    draft: Draft
    area: str
    used: int
    ended_on: date | None = None

    def is_live(self, on: date) -> bool:
        """Tell whether it is open on a day."""
        return self.draft.starts_on <= on < min(self.draft.ends_on, self.ended_on or self.draft.ends_on)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """A favourable line as a condition reads it: what kind, and from when."""

    record_id: UUID
    item: str
    dated: date | None


@dataclass(frozen=True, kw_only=True)
class Missing:
    """What a person still lacks for a scene: lines, points."""

    lines: int = 0
    points: int = 0


@dataclass(frozen=True, kw_only=True)
class Open:
    """A live scene as one person sees it; nothing missing means that it is open to them."""

    scene: Scene
    missing: Missing | None


@dataclass(frozen=True, kw_only=True)
class Token:
    """What the person shows: a code, what it opens, until when. The code is kept by nobody else."""

    code: str
    scene: Scene
    expires_at: datetime


class Redeemed(StrEnum):
    """What the partner is told of a code: yes, and nothing about anybody; or why not."""

    YES = "yes"
    USED = "used"
    NO = "no"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The partner's answer; the scene only when it is yes."""

    redeemed: Redeemed
    scene: Scene | None = None


@dataclass(frozen=True, kw_only=True)
class PointRule:
    """How many points a line of an item adds (积分规则); published, versioned by date."""

    item: str
    points: int
    most: int


@dataclass(frozen=True, kw_only=True)
class Earned:
    """Points by one line of one's own archive, with the rule that gave them."""

    record_id: UUID
    item: str
    points: int


@dataclass(frozen=True, kw_only=True)
class Wallet:
    """A member's points (诚信积分): each source named, the sum of what was added."""

    joined_at: datetime
    earned: tuple[Earned, ...]

    @property
    def total(self) -> int:
        """Return the sum; there is nothing that takes away."""
        return sum(one.points for one in self.earned)


@dataclass(frozen=True, kw_only=True)
class Hint:
    """A way of treating an operator better, and the public lines that are its reason."""

    code: str
    title: str
    text: str
    basis: tuple[str, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What an officer did with a hint in a matter: used, or not and why. It is recorded and never scored."""

    matter: str
    hint: str
    is_used: bool
    reasons: str
    at: datetime

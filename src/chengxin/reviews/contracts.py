"""Trades, reviews and reputation as other packages see them: frozen values, no tables, no buyer by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.casework.contracts import Words
from chengxin.kernel.refusal import Refusal


class Side(StrEnum):
    """Who writes (评价方)."""

    BUYER = "buyer"
    SELLER = "seller"


class About(StrEnum):
    """What is rated (评价对象): the trade, or the company that carried its parcel; never who stood at the door."""

    TRADE = "trade"
    PARCEL = "parcel"


# The merchant's public answer (商家回复) stands beside the two sides: no marks, filed by nobody but the merchant.
ANSWER = "answer"


class Status(StrEnum):
    """Whether there are enough ratings to say anything; below the floor it is 资料不足 and no number."""

    OK = "ok"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Why a review may be hidden (屏蔽的依据)."""

    code: str
    title: Words
    basis: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Trade:
    """One completed trade as its platform files it; order, buyer and parcel are kept as keyed hashes alone.

    `courier` is the company that carried the parcel, as its waybill names it.
    """

    shop: str
    order: str
    buyer: str
    completed_at: datetime
    parcel: str = ""
    courier: str = ""


@dataclass(frozen=True, kw_only=True)
class Matched:
    """A trade that somebody names by its order or parcel: which trade, in which shop; nothing of its buyer."""

    trade_id: UUID
    shop_id: UUID


@dataclass(frozen=True, kw_only=True)
class Written:
    """What somebody wrote on a platform about a trade; a follow-up (追评) has words and no marks.

    About a parcel there are marks alone: words could name who delivered it.
    """

    order: str
    side: Side
    marks: Mapping[str, int]
    text: str
    written_at: datetime
    is_followup: bool = False
    about: About = About.TRADE


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of one filing: its identifier, when it opens, how many numbers were masked; or why not taken."""

    order: str
    id: UUID | None = None
    opens_at: datetime | None = None
    masked: int = 0
    refusal: Refusal | None = None


@dataclass(frozen=True, kw_only=True)
class Hiding:
    """Why a review is hidden: ground, reasons, which body, when; never undone silently."""

    ground: str
    reasons: str
    body: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Review:
    """One review with what followed; hidden, it keeps its place, its marks and its day, and shows why.

    An answer of the merchant is one too: of the seller's side, without marks.
    """

    id: UUID
    shop_id: UUID
    platform: str
    side: Side
    marks: Mapping[str, int]
    text: str
    at: datetime
    followups: tuple[Review, ...] = ()
    answers: tuple[Review, ...] = ()
    hiding: Hiding | None = None


@dataclass(frozen=True, kw_only=True)
class Score:
    """A reputation in one dimension, and how sure it is; no number below the floor. Each rater counts once."""

    dimension: str
    status: Status
    score: float | None
    low: float | None
    high: float | None
    effective_n: float
    ratings: int
    window_days: int
    settled_on: date
    prior_mean: float
    prior_weight: float
    version: str


@dataclass(frozen=True, kw_only=True)
class Voice:
    """What one side of the trades says of a courier company in one dimension (商户的声音、消费者的声音)."""

    courier: str
    side: Side
    score: Score


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What comparing a platform's snapshot with what is kept gave: how many it showed, how many it no longer shows."""

    listed: int
    missing: int
    case_number: str = ""

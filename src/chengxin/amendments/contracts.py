"""Amendments as other packages see them: frozen values, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.catalogue.contracts import ItemVersion


class Look(StrEnum):
    """What became of a comment: not looked at yet, published, or hidden with a reason."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"


class HiddenBecause(StrEnum):
    """Why a comment is not published; disagreement is no reason."""

    PERSONAL = "personal"
    INSULT = "insult"
    UNLAWFUL = "unlawful"
    ADVERT = "advert"


class Verdict(StrEnum):
    """What the office did with a comment (采纳情况)."""

    ADOPTED = "adopted"
    PARTLY = "partly"
    DECLINED = "declined"
    NOTED = "noted"


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The impact assessment (个人信息保护影响评估) in the three parts the law asks for, and the note of an expert.

    `expert` says as what the expert speaks, such as a field and an institution; no name.
    """

    necessity: str
    impact: str
    safeguards: str
    expert: str
    expert_note: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """One amendment (目录修订) of an item: what would change, why, and where it stands.

    `place` counts the amendments of the item; `earlier` is the version the public compares with, None for a new item.
    """

    id: UUID
    number: str
    place: int
    item: ItemVersion
    earlier: ItemVersion | None
    reasons: str
    body: str
    case_id: UUID
    state: str
    drafted_at: datetime
    opened_on: date | None
    closes_on: date | None
    assessment: Assessment | None
    decided_at: datetime | None
    decision_reasons: str
    written: str

    def takes_comments(self, on: date) -> bool:
        """Tell whether everybody may comment on a day: from the opening to the last day, both included."""
        return self.state == "comment" and self.closes_on is not None and on <= self.closes_on


@dataclass(frozen=True, kw_only=True)
class Comment:
    """One comment of somebody, with what the office did and answered; `name` is what its author chose to be called."""

    id: UUID
    at: datetime
    name: str
    text: str
    look: Look
    hidden_because: str
    hidden_reasons: str
    verdict: str
    reply: str

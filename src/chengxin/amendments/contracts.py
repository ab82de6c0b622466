"""Amendments as other packages see them: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from chengxin.catalogue.contracts import FieldChange, Words


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


class Version(Protocol):
    """What an amendment changes: one version of something that has a code, a title and a first day."""

    @property
    def code(self) -> str:
        """Return its code, the same for all versions."""

    @property
    def version(self) -> int:
        """Return its number."""

    @property
    def title(self) -> Words:
        """Return what it is called."""

    @property
    def effective_on(self) -> date:
        """Return its first day."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of thing that changes by amendment (修订的对象): its package reads, compares, shows and publishes it.

    `name` is said to the office when it chooses what to amend; `template` shows a version whole, with `parts`;
    `address` is where what is in force stands; `read_draft` raises `catalogue.ItemError` with a line for each mistake.
    """

    name: Words
    template: str
    read_draft: Callable[[str], Version]
    draft_of: Callable[[str], str]
    definition_of: Callable[[Any], dict[str, Any]]
    value_of: Callable[[Any], Version]
    history: Callable[[str], Sequence[Version]]
    list_current: Callable[[date], Sequence[Version]]
    differences: Callable[[Any, Any], Sequence[FieldChange]]
    parts: Callable[[Any, date], Mapping[str, object]]
    publish: Callable[[Any, str, datetime], int]
    address: Callable[[str], str]


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
    """One amendment (目录修订) of an item or a standard: what would change, why, and where it stands.

    `place` counts the amendments of the same code; `earlier` is what the public compares with, None for the first.
    """

    id: UUID
    number: str
    place: int
    item: Version
    earlier: Version | None
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

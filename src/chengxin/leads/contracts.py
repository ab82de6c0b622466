"""Findings, leads and what came of them as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

FORMAT: Final = "chengxin-finding/1"
Value = str | int | float | None
Both = tuple[str, str]


class Outcome(StrEnum):
    """What came of a lead (结果代码): nothing yet, found true, not found true, or nobody decided in time."""

    OPEN = ""
    FOUNDED = "founded"
    UNFOUNDED = "unfounded"
    EXPIRED = "expired"


class Grade(StrEnum):
    """How much a platform's report brings (分级): another kind of evidence agrees, orders are named, words alone."""

    AGREED = "A"
    NAMED = "B"
    WORDS = "C"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row that a rule saw: its day, the order if it names one, and what was measured."""

    day: date
    order: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Tie:
    """One order of an account at a shop, as the graph draws it; the account is a keyed hash of the lake."""

    account: str
    shop: str
    day: date


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one rule of one family found about one shop in [first_day, end_day): the declared format of every family.

    `values` are what was measured over all rows, `limits` the thresholds, `honest_per_10000` how often what is honest
    is pointed at (None: unknown), `clears` what would have cleared it in Chinese and English, `model` the version of
    the rules. `ties` are the accounts behind it; they are shown to whoever handles the lead and to nobody else.
    """

    platform: str
    shop: str
    family: str
    rule: str
    kind: str
    first_day: date
    end_day: date
    rows: Sequence[Row]
    values: Mapping[str, Value]
    limits: Mapping[str, Value]
    honest_per_10000: float | None
    says: Both
    clears: Both
    model: str
    ties: Sequence[Tie] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule as `families.yaml` declares it: which voice it speaks with, and its words."""

    code: str
    kind: str
    says: Both
    clears: Both


@dataclass(frozen=True, kw_only=True)
class Family:
    """A family of evidence (证据类别); one that stands alone makes a lead by itself.

    Where it is `harmed` the shop is who suffers, and whoever did it is unknown. `to` is the field of work of the
    authority that alone sees its leads.
    """

    code: str
    title: Both
    honest: Both
    rules: Mapping[str, Rule]
    stands_alone: bool = False
    is_harmed: bool = False
    to: str = ""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What became of findings: new ones, those known before, those set aside by reason, leads opened or added to."""

    new: int
    known: int
    aside: Mapping[str, int]
    opened: Sequence[str]
    joined: int


@dataclass(frozen=True, kw_only=True)
class Held:
    """A finding that is kept, under a lead or as a note; `accounts` and `others` count who is behind it.

    `others` are accounts that a finding of another kind under the same lead names too.
    """

    id: UUID
    finding: Finding
    lead_id: UUID | None
    taken_at: datetime
    outcome: Outcome
    reference: str = ""
    grade: str = ""
    accounts: int = 0
    others: int = 0
    omitted: int = 0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a merchant said (说明)."""

    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A lead (线索) about one shop: what was found, who looks into it, and until when the merchant may explain.

    Where it `is_harmed` the shop is who suffers, and nothing follows for it.
    """

    id: UUID
    platform: str
    shop_id: UUID
    shop_name: str
    subject_id: UUID
    body: str
    first_day: date
    end_day: date
    opened_at: datetime
    case_id: UUID
    case_number: str
    shown_at: datetime | None
    answer_by: date | None
    determination: UUID | None
    outcome: Outcome
    is_harmed: bool = False
    destroyed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What became of a platform's report: its grade, the case if one was opened, and the result code."""

    shop: str
    behaviour: str
    reference: str
    grade: str
    state: str
    outcome: Outcome
    filed_at: datetime

    @property
    def is_decided(self) -> bool:
        """Tell whether an authority looked into it; until then it is the platform's word alone."""
        return self.outcome in {Outcome.FOUNDED, Outcome.UNFOUNDED}


@dataclass(frozen=True, kw_only=True)
class Precision:
    """How the leads a rule pointed at ended: of those decided, how many were founded; and how many nobody decided."""

    family: str
    rule: str
    founded: int
    unfounded: int
    expired: int
    waiting: int

    @property
    def decided(self) -> int:
        """Return how many a person decided."""
        return self.founded + self.unfounded

"""What is asked of the lists and what is answered: rows with hits, each with its evidence; never a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from chengxin.screening.contracts import Action, Query, Tier


class Outcome(StrEnum):
    """What a row was answered with; `degraded` and `unanswered` are never to be read as no hit."""

    HITS = "hits"
    NONE = "none"
    DEGRADED = "degraded"
    UNANSWERED = "unanswered"


class State(StrEnum):
    """Whether the lists were up to date when they were asked."""

    COMPLETE = "complete"
    DEGRADED = "degraded"


class Side(NamedTuple):
    """What the rule compared on one side: empty for a natural person, of whom nothing is opened."""

    query: str
    entry: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whom somebody asks about, for which matter (a measure of the published list), on which of its lists."""

    purpose: str
    queries: Sequence[Query]
    lists: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One entry of a list that a row may be about, with what a person needs to decide.

    It is a question, not a finding: nothing follows from it until a named officer proposes a measure. `cleared_until`
    says until when an officer's clearance (排除) holds that this is somebody else. `index` is the version of the index
    that nominated it; a natural person is in none.
    """

    entry_id: UUID
    list: str
    subject_id: UUID
    record_id: UUID
    version: int
    score: float
    tier: Tier
    action: Action
    rule: str
    values: Side
    alignment: str
    explanation: str
    would_change: str
    document_no: str
    reason: str
    legal_basis: str
    body: str
    listed_on: date | None
    ends_on: date | None
    has_objection: bool
    query_tag: bytes
    entry_tag: bytes
    cleared_until: date | None = None
    index: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """The answer to one query; `code` and `said` tell why it was not answered, or what is wrong with its number."""

    id: str
    outcome: Outcome
    hits: Sequence[Hit] = ()
    code: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to one batch: as of when, from which index by which rules, and each row."""

    id: UUID
    as_of: datetime
    purpose: str
    basis: Sequence[str]
    state: State
    code: str
    said: str
    index: str
    rules: str
    places: Mapping[str, int]
    rows: Sequence[Row]


class Same(StrEnum):
    """What making an answer again came to, for one query; `unknown` was not in the batch."""

    SAME = "same"
    DIFFERENT = "different"
    BY_NUMBER = "by_number"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Replay:
    """A batch answered again (重放) from the log: what it was answered from, and how each query came out.

    A natural person was found by number, in no index: that the query is the one that was asked is all there is to say.
    """

    at: datetime
    index: str
    rules: str
    rows: Sequence[tuple[str, Same]]


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """An officer's word (排除) that a query is not the subject of an entry, while both stay what they were.

    One of a proposed block counts once another officer has confirmed it.
    """

    id: UUID
    body: str
    list: str
    entry_id: UUID
    asked_name: str
    rule: str
    needs_second: bool
    reasons: str
    proposed_by: str
    proposed_at: datetime
    confirmed_at: datetime | None
    ends_on: date
    withdrawn_at: datetime | None

    @property
    def holds(self) -> bool:
        """Tell whether it counts, its days apart."""
        return self.withdrawn_at is None and (not self.needs_second or self.confirmed_at is not None)

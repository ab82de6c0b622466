"""Lists as other packages see them: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law.contracts import Words
from chengxin.subjects.contracts import SealedField


class Family(StrEnum):
    """What a list is: of serious dishonesty by decision, a mirror of its source's own list, or of honour."""

    SERIOUS = "serious"
    MIRROR = "mirror"
    HONOUR = "honour"


class Scope(StrEnum):
    """What a serious list may be about (S1); the list is closed."""

    LIFE_HEALTH = "life_health"
    FAIR_ORDER = "fair_order"
    REFUSES_DUTY = "refuses_duty"
    NATIONAL_DEFENCE = "national_defence"
    BY_LAW = "by_law"


class Because(StrEnum):
    """Why an entry is on a list no more (移出原因)."""

    EXPIRED = "expired"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    BASIS_FELL = "basis_fell"
    FROZEN = "frozen"
    SOURCE_REMOVED = "source_removed"
    CORRECTED = "corrected"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of list (名单): whose records are its entries, on what basis, and what an entry needs.

    `shut` says why nothing can be drafted under a kind whose basis sets no standard.
    """

    code: str
    title: Words
    why: Words
    family: Family
    items: tuple[str, ...]
    basis: tuple[str, ...]
    scope: Scope | None = None
    needs_heavier_penalty: bool = False
    needs_upper_consent: frozenset[str] = frozenset()
    shut: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry (列入) with where it stands: who is on which list by which record, from when, until when at most."""

    id: UUID
    kind: str
    subject_id: UUID
    subject_kind: SubjectKind
    record_id: UUID
    item_code: str
    body: str
    listed_on: date
    ends_on: date | None
    public_at: datetime | None
    ended_at: datetime | None
    ended_because: str
    listed_event: UUID
    ended_event: UUID | None


@dataclass(frozen=True, kw_only=True)
class ListEntry:
    """One entry as a matcher needs it: an operator's names in the clear, a person's sealed, until when it counts.

    `valid_until` is half-open: from that day on it counts no more. An index of entries only nominates; ask
    `lists.stands` about every hit before it is used.
    """

    id: UUID
    kind: str
    family: Family
    subject_id: UUID
    subject_kind: SubjectKind
    record_id: UUID
    names: Sequence[str]
    uscc: str
    sealed_names: Sequence[SealedField]
    sealed_numbers: Sequence[tuple[IdentifierKind, SealedField]]
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One entry as the public may read it, read again from its record at that moment."""

    id: UUID
    kind: str
    subject_id: UUID
    record_id: UUID
    version: int
    name: str
    uscc: str
    document_no: str
    reason: str
    legal_basis: str
    body: str
    listed_on: date | None
    ends_on: date | None
    has_objection: bool


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change of a public list, in its dense order: what came, or what left and why."""

    kind: str
    place: int
    entry_id: UUID
    is_listed: bool
    because: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What one settling did."""

    listed: int = 0
    shown: int = 0
    ended: int = 0
    told: int = 0

    def did(self) -> Mapping[str, int]:
        """Return the counts by name, for the report of a task."""
        return {"listed": self.listed, "shown": self.shown, "ended": self.ended, "told": self.told}

"""Associations as other packages see them: frozen values, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

KEEPING: Final = "association_keeping"
"""The purpose for which an association keeps its members and acts by its charter."""


@dataclass(frozen=True, kw_only=True)
class Charter:
    """One version of a charter (协会章程); nobody changes it, the next one follows."""

    id: UUID
    association: str
    version: int
    text: str
    adopted_on: date


@dataclass(frozen=True, kw_only=True)
class Member:
    """One membership of an enterprise (会员), half-open; never a natural person."""

    id: UUID
    association: str
    subject_id: UUID
    number: str
    name: str
    joined_on: date
    left_on: date | None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What an association means to do to a member: under which article of its charter, and why (自律措施)."""

    member: str
    kind: str
    article: str
    reasons: str


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act of self-discipline: proposed, heard, decided by another, open to appeal; no public credit record."""

    id: UUID
    number: str
    case_id: UUID
    member: Member
    charter: Charter
    kind: str
    article: str
    reasons: str
    decided_on: date | None
    lifted_on: date | None

    @property
    def holds(self) -> bool:
        """Tell whether it was decided and not lifted."""
        return self.decided_on is not None and self.lifted_on is None

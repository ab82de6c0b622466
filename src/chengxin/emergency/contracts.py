"""Accesses in an emergency as pages and tests see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Access:
    """One access in an emergency, as far as its reader may see it."""

    id: UUID
    number: str
    case_id: UUID
    subject_id: UUID
    body: str
    items: tuple[str, ...]
    matter: str
    reasons: str
    asked_at: datetime
    confirmed_at: datetime | None
    ends_at: datetime | None
    opened_at: datetime | None
    refused_at: datetime | None

    def is_running(self, at: datetime) -> bool:
        """Tell whether records may be looked at under it at a moment."""
        return self.confirmed_at is not None and self.ends_at is not None and self.confirmed_at <= at < self.ends_at


@dataclass(frozen=True, kw_only=True)
class Line:
    """One record as it is shown in an emergency."""

    item_code: str
    title: str
    source_body: str
    dated: date | None
    has_objection: bool
    fields: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many accesses were asked for, confirmed and opened in a quarter."""

    quarter: str
    asked: int
    confirmed: int
    opened: int

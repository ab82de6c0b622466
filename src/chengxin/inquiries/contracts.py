"""What a query answers, as other packages and programs see it: facts within scope, never a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One record within scope: only the fields that were allowed, with its mark and the subject's own words."""

    record_id: UUID
    version: int
    item_code: str
    title: str
    source_body: str
    dated: date | None
    fields: Mapping[str, object]
    has_objection: bool
    statement: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one query handed over, and what its receiver owes."""

    query_id: UUID
    as_of: datetime
    subject: str
    facts: Sequence[Fact]
    delete_by: datetime
    result_by: date | None
    needs_human: bool
    is_only_easier: bool

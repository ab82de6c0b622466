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


@dataclass(frozen=True, kw_only=True)
class Person:
    """Whom a statutory query names, as the announcement does."""

    name: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """The announced procedure a statutory query rests on (公布的程序)."""

    number: str
    announced_on: date
    address: str
    announced_count: int
    matter: str


@dataclass(frozen=True, kw_only=True)
class Named:
    """One person of a statutory query as its organ sees them: surname and stars, on file or not."""

    place: int
    shown: str


@dataclass(frozen=True, kw_only=True)
class Statutory:
    """A statutory query with its case, before anything of a person is read."""

    id: UUID
    number: str
    case_id: UUID
    state: str
    rule: str
    basis: str
    items: Mapping[str, Sequence[str]]
    procedure: Procedure
    persons: Sequence[Named]
    created_at: datetime
    approved_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Found:
    """The facts within scope about one named person; who is not on file has none, and looks the same."""

    place: int
    shown: str
    facts: Sequence[Fact]

"""Credit repair as other packages see it: what a line's subject can do, applications and their papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from chengxin.kernel.refusal import Refusal
from chengxin.records.contracts import Record
from chengxin.repair.rules import Advice, Paper, RepairFacts


@dataclass(frozen=True, kw_only=True)
class Prospect:
    """One adverse line and what its subject can do about it on a day; `refusal` says why not yet or never."""

    record: Record
    content: Mapping[str, object]
    title: str
    kind: str
    document_no: str
    facts: RepairFacts
    advice: Advice
    refusal: Refusal | None
    papers: Sequence[Paper]
    open_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One paper somebody hands in: what it proves, and the file as it came."""

    kind: Paper
    path: Path


@dataclass(frozen=True, kw_only=True)
class PaperFile:
    """One kept paper of an application."""

    id: UUID
    kind: Paper
    digest: str
    media: str
    size: int
    given_at: datetime


@dataclass(frozen=True, kw_only=True)
class Application:
    """One application for repair (信用修复申请)."""

    id: UUID
    number: str
    subject_id: UUID
    record_id: UUID
    item_code: str
    body: str
    case_id: UUID
    applied_at: datetime
    earliest_on: date
    document_no: str
    title: str
    granted_at: datetime | None
    revoked_at: datetime | None
    closed_at: datetime | None
    revocation_case_id: UUID | None
    papers: Sequence[PaperFile]

"""Determinations as other packages see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID


class Way(StrEnum):
    """How a document was served (送达方式); each has its proof."""

    IN_PERSON = "in_person"
    LETTER = "letter"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, kw_only=True)
class Service:
    """The service of a document: how, on which day, with what proof."""

    way: Way
    served_on: date | None
    proof: Path | None


@dataclass(frozen=True, kw_only=True)
class Determination:
    """One determination (失信行为认定) with its draft; `cells` holds the item's fields as they were written."""

    id: UUID
    number: str
    body: str
    subject_id: UUID
    item_code: str
    case_id: UUID
    drafted_at: datetime
    noticed_on: date | None
    decided_on: date | None
    served_on: date | None
    record_id: UUID | None
    undone_at: datetime | None
    undo_case_id: UUID | None
    cells: Mapping[str, str]

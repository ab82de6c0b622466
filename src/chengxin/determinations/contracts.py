"""Determinations as other packages see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from chengxin.catalogue.contracts import Field, FieldUse


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
class Form:
    """What a decision is about, in the reader's language: its fields, the names of its two documents, what it brings.

    `intends` stands in the prior notice and so does `hears`, what a statement may bring about; `decides` and `follows`
    in the decision; the fields named in `also` in both.
    """

    code: str
    title: str
    fields: Sequence[Field]
    notice: str
    decision: str
    intends: str
    decides: str
    follows: str
    also: frozenset[str] = frozenset()
    hears: str = ""

    def field_for(self, use: FieldUse) -> Field | None:
        """Return the field the platform reads for a use, or None."""
        return next((field for field in self.fields if field.use is use), None)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What an entered decision became: a record of its subject, and the draft it was entered from."""

    determination_id: UUID
    subject_id: UUID
    record_id: UUID
    cells: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Served:
    """A served decision: who drafted and who signed it, the days of its course, the digest of the proof of service."""

    id: UUID
    subject_id: UUID
    body: str
    drafted_by: str
    noticed_on: date
    decided_by: str
    decided_on: date
    served_on: date
    service_proof: str


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

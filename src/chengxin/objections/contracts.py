"""Objections as other packages see them: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.casework.contracts import Case, Deadline, Step
from chengxin.records.contracts import Record, Told

OBJECTION = "objection"
REVIEW = "objection_review"


class Ground(StrEnum):
    """Why somebody objects (异议事由); each is a ground of the regulations, or stands beside them."""

    ERROR = "error"
    OMISSION = "omission"
    EXPIRED = "expired"
    WRONG_LISTING = "wrong_listing"
    PRIVACY = "privacy"
    NOT_ME = "not_me"


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the subject said in a case, opened for its reader."""

    text: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True)
class OwnCase:
    """One's own objection or review with its course; `deadline` is None once it is closed."""

    case: Case
    steps: Sequence[Step]
    papers: Sequence[str]
    deadline: Deadline | None
    said: Sequence[Said]
    origin: Case
    review: Case | None
    review_until: date | None
    told: Sequence[Told]
    recipients: int


@dataclass(frozen=True, kw_only=True)
class Content:
    """Both sides of a case for its handler: the line as it stands, what the subject said, the proposed correction."""

    case: Case
    record: Record
    fields: dict[str, object]
    said: Sequence[Said]
    batch_id: UUID | None

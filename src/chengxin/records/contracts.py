"""Records as other packages see them: frozen values, no tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.catalogue.contracts import Disclosure, Nature
from chengxin.kernel.subject_kind import SubjectKind


class Provenance(StrEnum):
    """Where a fact stands (认定类别): only a determined one is ever public or used."""

    DETERMINED = "determined"
    LEAD = "lead"
    TIP = "tip"


class MarkKind(StrEnum):
    """Marks on a record (标注)."""

    OBJECTION = "objection"
    FROZEN = "frozen"
    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"


class Channel(StrEnum):
    """Ways out of the platform; each asks `usable` with its own clock and its own disclosure mode.

    `LISTED` is none by itself: it asks whether an entry still stands on its list, before any way out is asked.
    """

    PUBLIC = "public"
    SELF = "self"
    BODY = "body"
    SHARED = "shared"
    AUTHORISED = "authorised"
    MEASURE = "measure"
    LISTED = "listed"
    PRESENTED = "presented"


class Change(StrEnum):
    """What became of a record that somebody received (变动)."""

    CORRECTED = "corrected"
    OBJECTION = "objection"
    FROZEN = "frozen"
    REPAIRED = "repaired"
    WITHDRAWN = "withdrawn"
    LIFTED = "lifted"
    PUBLICITY_ENDED = "publicity_ended"
    USE_ENDED = "use_ended"
    RETENTION_ENDED = "retention_ended"
    ERASED = "erased"


class Duty(StrEnum):
    """What the recipient is to do: fetch again and replace, mark, stop showing and using, delete."""

    REPLACE = "replace"
    MARK = "mark"
    STOP = "stop"
    DELETE = "delete"


class Done(StrEnum):
    """What the recipient says it did (回执)."""

    REPLACED = "replaced"
    MARKED = "marked"
    STOPPED = "stopped"
    DELETED = "deleted"
    NOT_HELD = "not_held"


@dataclass(frozen=True, kw_only=True)
class MarkSet:
    """A mark that is set, in words for whoever reads the record."""

    kind: MarkKind
    set_at: datetime
    reason: str
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """Where a shown field comes from (数据血缘)."""

    batch_id: UUID
    row_number: int
    body: str
    accepted_at: datetime


@dataclass(frozen=True, kw_only=True)
class PartFigures:
    """Counts of one part of a group's archive: records, and the people they are of by where they stand in the group.

    `strangers` have such a record and no membership at all.
    """

    item: str
    records: int
    members: int
    left: int
    strangers: int
    last_at: datetime


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What one line of a batch became: a version of a record, without a word of its content."""

    row_number: int
    record_id: UUID
    version: int
    accepted_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Record:
    """One version of a record with its marks: all that `usable` needs and all that an outlet shows.

    `content` holds plain fields by name; `sealed` is the ciphertext of the rest, opened only by `audit.disclose`, and
    `content_digest` is the place it was sealed for.
    """

    subject_id: UUID
    record_id: UUID
    version: int
    item_code: str
    item_version: int
    subject_kind: SubjectKind
    body: str
    nature: Nature
    provenance: Provenance
    severity: str
    disclosure: frozenset[Disclosure]
    content: Mapping[str, object]
    content_digest: bytes
    sealed: bytes | None
    document_key: str
    ended_act_on: date | None
    determined_on: date | None
    notified_on: date | None
    valid_until: date | None
    not_public_because: str
    publicity_starts_on: date | None
    publicity_ends_on: date | None
    earliest_repair_on: date | None
    query_ends_on: date | None
    use_ends_on: date | None
    retain_until: date | None
    published_at: datetime | None
    superseded_at: datetime | None
    reason: str
    lineage: Lineage
    marks: tuple[MarkSet, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OwnStatement:
    """What a subject says about a record (本人说明): sealed for a person, in the clear where an operator wrote it."""

    statement_id: UUID
    subject_id: UUID
    record_id: UUID
    sealed: bytes | None
    text: str
    written_at: datetime


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One record version that is handed over, and the body that answers for it."""

    subject_id: UUID
    record_id: UUID
    version: int
    source_body: str


@dataclass(frozen=True, kw_only=True)
class Received:
    """One line of the recipients ledger (接收方台账) as the subject reads it."""

    recipient: str
    body: str
    version: int
    outlet: str
    purpose: str
    received_at: datetime


@dataclass(frozen=True, kw_only=True)
class Told:
    """One message about a change of a record to one who received it, and what it answered; '' while it has not.

    `answer_by` is the last day for its answer; None while it has not arrived.
    """

    body: str
    change: Change
    duty: Duty
    told_at: datetime
    delivered_at: datetime | None
    done: str
    answered_at: datetime | None
    answer_by: date | None = None

    def is_overdue(self, today: date) -> bool:
        """Tell whether the recipient has let its last day pass without an answer."""
        return self.answered_at is None and self.answer_by is not None and today > self.answer_by


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """What one recipient body has not answered in time: how many messages, the oldest of them since when."""

    body: str
    messages: int
    oldest_at: datetime


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One message as the recipient reads it: what became of a record it received, what to do, what it answered.

    `references` are the codes of the reports it was received in; `done` is '' while nothing was answered.
    """

    message_id: UUID
    record_id: UUID
    item_code: str
    source_body: str
    version: int
    references: tuple[str, ...]
    change: Change
    duty: Duty
    told_at: datetime
    done: str
    answered_at: datetime | None
    answer_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The receipt (回执) a recipient gave: what it did, when, and the SHA-256 by which it is known."""

    done: Done
    at: datetime
    digest: bytes

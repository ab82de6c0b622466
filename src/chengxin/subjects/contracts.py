"""Subjects as other packages see them: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.kernel.subject_kind import SubjectKind


class SubjectStatus(StrEnum):
    """What has become of a subject (主体状态)."""

    ACTIVE = "active"
    DECEASED = "deceased"
    CEASED = "ceased"
    GUARDIANSHIP = "guardianship"
    ERASED = "erased"


class Outcome(StrEnum):
    """What resolving a claim gave."""

    EXISTING = "existing"
    NEW = "new"
    REVIEW = "review"


class ReviewReason(StrEnum):
    """Why two identities lie side by side (身份核查事由)."""

    SAME_NUMBER_TWO_NAMES = "same_number_two_names"
    TWO_NUMBERS_ONE_PERSON = "two_numbers_one_person"


class ReviewState(StrEnum):
    """Where an identity review stands."""

    OPEN = "open"
    MERGED = "merged"
    KEPT_APART = "kept_apart"
    NAME_ACCEPTED = "name_accepted"
    UNDONE = "undone"


class Answer(StrEnum):
    """What identity verification replies (身份核验结果)."""

    SAME = "一致"
    DIFFERENT = "不一致"
    UNABLE = "无法核验"


class RepresentationGround(StrEnum):
    """Why somebody may act for a person: no kinship is kept, only the ground and its document."""

    NEXT_OF_KIN = "next_of_kin"
    GUARDIAN = "guardian"


# Why a row is held, for its receipt.
HELD_OTHER_NAME = "E-SUB-01"
HELD_GUARDIANSHIP = "E-SUB-02"
HELD_DECEASED = "E-SUB-03"
HELD_TWO_NAMES_IN_BATCH = "E-SUB-04"

HELD_MESSAGES = {
    HELD_OTHER_NAME: "该号码在平台上登记的是另一个姓名或名称，已转人工核查；请核对原件上的姓名和号码",
    HELD_GUARDIANSHIP: "登记显示该主体不具有完全民事行为能力，不属于归集范围，已转人工核查",
    HELD_DECEASED: "登记显示该主体已死亡，已转人工核查",
    HELD_TWO_NAMES_IN_BATCH: "同一批数据中该号码出现两个不同的姓名或名称，已转人工核查；请核对原件",
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One credit subject; `name` and `uscc` are empty for a natural person, whose identity is sealed."""

    id: UUID
    kind: SubjectKind
    status: SubjectStatus
    created_at: datetime
    merged_into: UUID | None = None
    uscc: str = ""
    name: str = ""
    area: str = ""


@dataclass(frozen=True, kw_only=True)
class Operator:
    """An operator as search finds it: public facts only."""

    id: UUID
    kind: SubjectKind
    uscc: str
    name: str
    area: str
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SealedField:
    """One sealed value of a subject with the place it belongs to; opened only by `audit.disclose`."""

    table: str
    column: str
    row: UUID
    version: int
    ciphertext: bytes


@dataclass(frozen=True, kw_only=True)
class SealedName:
    """A natural person's name, current or former, still sealed."""

    subject_id: UUID
    is_current: bool
    starts_on: date
    ends_on: date | None
    value: SealedField


@dataclass(frozen=True, kw_only=True)
class Review:
    """One identity review (身份核查): what was claimed beside what is known."""

    id: UUID
    reason: ReviewReason
    state: ReviewState
    subject_id: UUID
    other_subject_id: UUID | None
    source: str
    opened_at: datetime
    opened_by: str
    decided_at: datetime | None = None
    decided_by: str = ""
    decision_reasons: str = ""
    claimed_name: str = ""
    claimed_name_sealed: SealedField | None = None
    case_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Representation:
    """Who may act for a deceased person or one under guardianship, on which document."""

    id: UUID
    subject_id: UUID
    representative_id: UUID
    ground: RepresentationGround
    starts_on: date
    ends_on: date | None

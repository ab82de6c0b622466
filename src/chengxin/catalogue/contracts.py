"""The catalogue item version (目录条目版本) as every other package sees it: plain, frozen values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from chengxin.kernel.subject_kind import SubjectKind

# The codes of the catalogue (`items/codes.yaml`), so that a fact written otherwise is refused and not passed over.
PROCEDURES: Final = ("summary", "ordinary", "hearing")
PENALTY_KINDS: Final = (
    *("warning", "notice_of_criticism", "fine", "confiscate_gains", "confiscate_goods", "suspend_licence"),
    *("lower_qualification", "revoke_licence", "restrict_business", "stop_business", "close_down", "ban_from_trade"),
    *("detention", "other"),
)
SEVERITIES: Final = ("minor", "general", "serious")


class FieldType(StrEnum):
    """How the text of a cell is read; each type has one vectorised validator in intake."""

    TEXT = "text"
    DATE = "date"
    DECIMAL = "decimal"
    MONEY = "money"
    INTEGER = "integer"
    CODE = "code"
    BOOLEAN = "boolean"
    ID_NO = "id_no"
    ID_TYPE = "id_type"
    USCC = "uscc"
    URL = "url"


class FieldUse(StrEnum):
    """What the platform itself reads from a field; at most one field of an item has each use."""

    SUBJECT_NAME = "subject_name"
    SUBJECT_KIND = "subject_kind"
    SUBJECT_USCC = "subject_uscc"
    SUBJECT_ID_TYPE = "subject_id_type"
    SUBJECT_ID_NO = "subject_id_no"
    TITLE = "title"
    DOCUMENT_NO = "document_no"
    ENDED_ACT_ON = "ended_act_on"
    DETERMINED_ON = "determined_on"
    NOTIFIED_ON = "notified_on"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    REMOVED_ON = "removed_on"
    PUBLICITY_UNTIL = "publicity_until"
    SEVERITY = "severity"
    PROCEDURE = "procedure"
    PENALTY_KIND = "penalty_kind"
    PROVENANCE = "provenance"
    BODY_CODE = "body_code"
    BODY_NAME = "body_name"
    CONSENT_NO = "consent_no"
    BIRTH_DATE = "birth_date"
    REMEDY_ENDED_ON = "remedy_ended_on"
    CHALLENGE = "challenge"
    SLIGHT_CORRECTED = "slight_corrected"
    LOWER_FINE = "lower_fine"
    RESTRICTION_UNTIL = "restriction_until"
    DECLINED = "declined"


class Category(StrEnum):
    """What a fact is about, where a gate of collection or publicity turns on it (信息类别); the list is closed.

    Each is explained to readers in `plain_words.category_words`; `records.gates` decides what follows from it.
    """

    PUBLIC_SECURITY = "public_security"
    SEALED = "sealed"
    UTILITY_ARREARS = "utility_arrears"
    MARKET = "market"
    CONSENT_ONLY = "consent_only"
    GOOD_DEED = "good_deed"
    EVALUATION = "evaluation"


class Nature(StrEnum):
    """What a fact says about its subject (信息性质)."""

    BASIC = "basic"
    FAVOURABLE = "favourable"
    ADVERSE = "adverse"


class Disclosure(StrEnum):
    """Disclosure modes (公开属性): public, by authorisation, between organs, to oneself."""

    PUBLIC = "public"
    AUTHORISED = "authorised"
    SHARED = "shared"
    SELF = "self"


@dataclass(frozen=True, kw_only=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Code:
    """One value of a code list: what is stored, what people read, other spellings that are read as it."""

    value: str
    label: Words
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column of an item: how it is headed, read, masked and shown.

    `headers` lists every accepted heading beside `title.zh` (official code first, then older editions).
    `personal` fields are sealed with the subject's data key and opened only through `audit.disclose`.
    `public` fields may stand on a public page when the record itself may; a personal field never is.
    `max_length` counts characters; money is written in 万元 in the two-publicity forms and stored in fen, `scale`
    is the number of fen in one written unit (1_000_000 for 万元, 100 for 元).
    A `multiple` code field may hold several values of its list in one cell, separated by ；or ;.
    `source` names the standard or article the column comes from; `[M]` marks what is cited from memory.
    """

    name: str
    title: Words
    type: FieldType
    required: bool = False
    headers: tuple[str, ...] = ()
    max_length: int = 256
    codes: tuple[Code, ...] = ()
    scale: int = 1
    personal: bool = False
    public: bool = False
    mask: str = ""
    use: FieldUse | None = None
    note: Words | None = None
    required_for: frozenset[SubjectKind] = frozenset()
    multiple: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A rule between two date fields: `earlier` is not after `later`; a row that breaks it is questioned."""

    earlier: str
    later: str
    code: str = "U-DATE-ORDER"


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A condition a row must meet before it may be collected (归集门槛); a row that fails it is questioned.

    Exactly one of `equals` (the stored value the field must have) and `at_least` (the law key of the smallest
    amount, in fen) is set.
    """

    field: str
    code: str
    message: Words
    equals: str = ""
    at_least: str = ""
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RowCategory:
    """A category that only some rows of an item have: those whose `field` holds the text `contains`."""

    category: Category
    field: str
    contains: str


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """The four clocks as keys of law; an empty publicity key means never public.

    `publicity_by_source` holds pairs of a department and the key that counts for what that department decides.
    """

    publicity: str
    query: str
    use: str
    retention: str
    publicity_by_source: tuple[tuple[str, str], ...] = ()

    def publicity_for(self, departments: Iterable[str]) -> str:
        """Return the publicity key for a source body by its departments."""
        own = frozenset(departments)
        return next((key for department, key in self.publicity_by_source if department in own), self.publicity)


@dataclass(frozen=True, kw_only=True)
class ItemVersion:
    """One version of a catalogue item, in force from `effective_on` until the next version.

    `row_key` names the fields that, with the source body, identify a row across files (幂等键).
    `disclosure` gives the modes per subject kind; natural persons are never public by default.
    `report_within` is the law key of the deadline for filing (报送时限), counted from `determined_on`.
    `ignored_headers` are columns of older editions that are known and not collected: they are no error.
    `sources` holds codes of departments (`list_sources()`); `any` stands for every body of the platform.
    `person_publicity_key` is the binding law key without which no natural person is ever public.
    Every row has the `categories` of its item; `row_categories` add those that only some rows have.
    """

    code: str
    version: int
    effective_on: date
    title: Words
    summary: Words
    national_class: int
    nature: Nature
    subject_kinds: frozenset[SubjectKind]
    sources: frozenset[str]
    basis: tuple[str, ...]
    disclosure: dict[SubjectKind, frozenset[Disclosure]]
    share_scope: Words
    update_cycle: Words
    clocks: Clocks
    row_key: tuple[str, ...]
    fields: tuple[Field, ...]
    orders: tuple[Order, ...] = ()
    report_within: str = ""
    group: str = ""
    group_part: str = ""
    list_kind: str = ""
    standing: str = "provisional"
    gates: tuple[Gate, ...] = ()
    ignored_headers: frozenset[str] = frozenset()
    person_publicity_key: str = ""
    categories: frozenset[Category] = frozenset()
    row_categories: tuple[RowCategory, ...] = ()

    def field(self, name: str) -> Field:
        """Return a field by its name."""
        return next(field for field in self.fields if field.name == name)

    def field_for(self, use: FieldUse) -> Field | None:
        """Return the field the platform reads for a use, if the item has one."""
        return next((field for field in self.fields if field.use == use), None)


@dataclass(frozen=True, kw_only=True)
class Group:
    """A key occupational group (重点人群) with its departments, credit fields and the parts its archive may have."""

    code: str
    title: Words
    departments: tuple[str, ...]
    fields: tuple[str, ...]
    parts: tuple[str, ...]
    item_codes: tuple[str, ...]
    limits: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Department:
    """A kind of department (部门) that may be the source of an item; `any` stands for all of them."""

    code: str
    title: Words


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One difference between two versions of an item, in words a reader understands."""

    what: Words
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class LoadedItems:
    """What publishing the catalogue into the database did."""

    added: int
    kept: int

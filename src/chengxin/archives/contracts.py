"""Archives and reports as other packages see them: frozen values, no tables, texts in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.audit.contracts import Look
from chengxin.catalogue.contracts import Group
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.records.contracts import Received


class Section(StrEnum):
    """Where a line stands in a person's own archive (档案分类)."""

    BASIC = "basic"
    QUALIFICATIONS = "qualifications"
    HONOURS = "honours"
    COMMITMENTS = "commitments"
    ADVERSE = "adverse"
    ENDED = "ended"


class Tab(StrEnum):
    """Tabs of the enterprise page (主体页)."""

    OVERVIEW = "overview"
    REGISTRATION = "registration"
    LICENCES = "licences"
    PENALTIES = "penalties"
    LISTS = "lists"
    COMMITMENTS = "commitments"
    HONOURS = "honours"
    OTHER = "other"


class ReportForm(StrEnum):
    """What a subject may have made of its file: all of it, what is on file in some fields, what an occupation holds."""

    REPORT = "report"
    CERTIFICATE = "certificate"
    OCCUPATION = "occupation"


class ReportState(StrEnum):
    """What verification answers of a code (验真): no content, only where the report stands."""

    VALID = "valid"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


class DocumentKind(StrEnum):
    """Original document by which a person is identified at a counter (原件)."""

    ID_CARD = "id_card"
    TEMPORARY_ID_CARD = "temporary_id_card"


class Standing(StrEnum):
    """Where a line stands at a moment (状态)."""

    PUBLIC = "public"
    ON_FILE = "on_file"
    LEAD = "lead"
    FROZEN = "frozen"
    WITHDRAWN = "withdrawn"
    REPAIRED = "repaired"
    RUN_OUT = "run_out"
    ENDED = "ended"


class Clock(StrEnum):
    """The four clocks (四个期限)."""

    PUBLICITY = "publicity"
    QUERY = "query"
    USE = "use"
    RETENTION = "retention"


@dataclass(frozen=True, kw_only=True)
class Ending:
    """What one clock says: the first day it no longer runs, none yet, or that it never ran."""

    clock: Clock
    ends_on: date | None
    never: bool = False


@dataclass(frozen=True, kw_only=True)
class Article:
    """A cited article in words, with its text as far as we hold it and the page of its law."""

    citation: str
    name: str
    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One field as it is written for people."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One record as its reader sees it, with the five answers (五问)."""

    record_id: UUID
    version: int
    item_code: str
    section: Section
    tab: Tab
    standing: Standing
    has_objection: bool
    kind: str
    title: str
    facts: Sequence[Shown]
    fields: Sequence[Shown]
    written_by: str
    written_on: date
    batch: str
    row_number: int
    allowed_because: str
    basis: Sequence[Article]
    seen_by: str
    is_public: bool
    starts_on: date
    ends_on: date | None
    ends: Sequence[str]
    ends_note: str
    is_provisional: bool
    can_do: str
    is_adverse: bool
    statement: str = ""
    stated_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads a subject's file through which door: the subject itself, or a clerk at whose counter it stands."""

    actor: Actor
    subject_id: UUID
    channel: Door
    purpose: str
    basis: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A subject's own archive at a moment."""

    subject_id: UUID
    kind: SubjectKind
    name: str
    uscc: str
    as_of: datetime
    lines: Sequence[Line]

    def of(self, section: Section) -> Sequence[Line]:
        """Return the lines of a section."""
        return [line for line in self.lines if line.section is section]


@dataclass(frozen=True, kw_only=True)
class Membership:
    """One time in an occupation (从业): where, and from when to when, half-open; it closes when the person leaves."""

    line: Line
    starts_on: date
    ends_on: date | None
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class Occupation:
    """A person's own archive in one of the 26 key groups (职业信用档案), part by part."""

    group: Group
    memberships: Sequence[Membership]
    parts: Mapping[str, Sequence[Line]]

    @property
    def is_open(self) -> bool:
        """Tell whether the person is in the occupation now."""
        return any(one.is_open for one in self.memberships)


@dataclass(frozen=True, kw_only=True)
class LookWords:
    """One look in words: who, in what capacity, did what, for what purpose, on which articles."""

    who: str
    as_whom: str
    what: str
    why: str
    purpose: str
    basis: tuple[Article, ...]
    is_refused: bool


@dataclass(frozen=True, kw_only=True)
class Looks:
    """Who looked (谁看过我): the last looks and how many there were."""

    lines: Sequence[Look]
    total: int


@dataclass(frozen=True, kw_only=True)
class Event:
    """One step in the course of a record."""

    title: str
    on: date | datetime
    who: str = ""
    text: str = ""
    is_ahead: bool = False
    is_provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field that a new version changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Change:
    """One version of a record: when it came, why, and what it changed."""

    version: int
    on: date
    reason: str
    fields: Sequence[FieldChange]


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """One line of one's own archive with its versions and its course."""

    line: Line
    changes: Sequence[Change]
    course: Sequence[Event]
    received: Sequence[Received] = ()


@dataclass(frozen=True, kw_only=True)
class PublicSubject:
    """The enterprise page: what is public of an operator at a moment.

    `agreements` names the data-cooperation agreements of a program's body: empty where one opened its fields, else the
    code of why it opened none.
    """

    subject_id: UUID
    kind: SubjectKind
    name: str
    uscc: str
    area: str
    former_names: Sequence[str]
    provider_types: Sequence[str]
    as_of: datetime
    lines: Sequence[Line]
    agreements: Mapping[str, str] = field(default_factory=dict)

    def of(self, tab: Tab) -> Sequence[Line]:
        """Return the lines of a tab."""
        return [line for line in self.lines if line.tab is tab]


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report as its subject lists it."""

    code: str
    made_at: datetime
    as_of: datetime
    digest: str
    state: ReportState


@dataclass(frozen=True, kw_only=True)
class OpenedReport:
    """A report with its content: the same bytes in every format, and their SHA-256."""

    report: Report
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A visit at a counter as its clerk sees it: the code and whether the one download is still open, no content."""

    visit_id: UUID
    code: str
    made_at: datetime
    open_until: datetime
    is_open: bool

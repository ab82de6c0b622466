"""Bodies, clients, resources and decisions as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from chengxin.access.relations import RELATIONS, Resource, covers, is_person
from chengxin.kernel.actor import Role
from chengxin.kernel.refusal import Refusal

UNKNOWN_CLIENT: Final = Refusal(
    code="A-CLIENT",
    what="没有登记的接口客户端，或者凭证不对。",
    next_step="请核对客户端编号和密钥，或者向信用办申请登记。",
)

BEYOND_SCOPE: Final = Refusal(
    code="A-BEYOND-SCOPE",
    what="这件事不在您代办的范围内。",
    why="您正在代他人办理，只能办理对方委托您的事项。",
    next_step="请由本人办理；要办您自己的事，请先结束代办。",
)

__all__ = [
    "BEYOND_SCOPE",
    "RELATIONS",
    "UNKNOWN_CLIENT",
    "Account",
    "Allow",
    "AuthorisationLike",
    "Body",
    "CaseLike",
    "CastMember",
    "Client",
    "Decisions",
    "Deny",
    "NewClient",
    "Obligation",
    "Post",
    "ProofNeeded",
    "Purpose",
    "PurposeRuleLike",
    "Resource",
    "Restriction",
    "Rule",
    "SourceRight",
    "covers",
    "is_person",
]


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body (单位)."""

    code: str
    name_zh: str
    name_en: str
    uscc: str
    area: str
    level: str
    fields_of_work: tuple[str, ...]
    parent: str
    is_credit_office: bool


@dataclass(frozen=True, kw_only=True)
class SourceRight:
    """The right and duty of a body to file a catalogue item (报送职责) in [starts_on, ends_on)."""

    body: str
    item_code: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account with the posts it holds on a day."""

    id: UUID
    username: str
    subject_id: UUID | None
    is_active: bool
    posts: tuple[Post, ...]
    is_frozen: bool = False
    slowed_to: int | None = None


@dataclass(frozen=True, kw_only=True)
class Post:
    """A role held for a body in [starts_on, ends_on)."""

    body: str
    area: str
    role: Role
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """What limits the work of an account at a moment: kind (slow, freeze), since when, until when, by whom and why."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    ordered_by: str
    reasons: str
    case_number: str


@dataclass(frozen=True, kw_only=True)
class Client:
    """A registered program (接口客户端)."""

    id: UUID
    body: str
    area: str
    name: str
    scopes: frozenset[str]
    is_active: bool
    rate_per_minute: int
    public_key: bytes = b""


@dataclass(frozen=True, kw_only=True)
class NewClient:
    """A client just registered with its secret, which is shown once and kept nowhere."""

    client: Client
    secret: str


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """A declared purpose (用途) of a look and the law that allows it.

    What is done for one that is not `in_reports` is told to its subject and stands in no report that others read.
    """

    code: str
    zh: str
    en: str
    basis: tuple[str, ...]
    in_reports: bool = True


class AuthorisationLike(Protocol):
    """What a decision reads of a live permission by consent or statute."""

    @property
    def reference(self) -> str:
        """Number of the consent or procedure."""

    @property
    def items(self) -> frozenset[str]:
        """Catalogue items it covers."""

    @property
    def until(self) -> datetime:
        """Moment it ends."""

    @property
    def revoked_at(self) -> datetime | None:
        """Moment it was taken back, if it was."""


class PurposeRuleLike(Protocol):
    """What a decision reads of a purpose rule (用途规则): who of which class may ask which items for what, and how far.

    Its fields narrow what the decision table opens; they never widen it. No fields named: those of the table.
    """

    @property
    def reference(self) -> str:
        """Number of the rule, named in the basis of what it allows."""

    @property
    def purpose(self) -> str:
        """The declared purpose it is for."""

    @property
    def items(self) -> frozenset[str]:
        """Catalogue items it covers."""

    @property
    def fields(self) -> frozenset[str]:
        """Names of the fields it opens."""

    @property
    def needs_consent(self) -> bool:
        """Whether the person's consent is needed."""

    @property
    def needs_case(self) -> bool:
        """Whether the number of a case is needed."""

    @property
    def data_life_days(self) -> int | None:
        """Days after which the requester must have deleted what it was given; None: no copy leaves."""

    @property
    def notifies(self) -> bool:
        """Whether the person is told."""


class CaseLike(Protocol):
    """What a decision reads of a case that was found under its number at its source."""

    @property
    def number(self) -> str:
        """Number of the case."""

    @property
    def parties(self) -> frozenset[str]:
        """Bodies that handle it or take part."""

    @property
    def is_closed(self) -> bool:
        """Whether it is over."""

    @property
    def subject_id(self) -> UUID | None:
        """The subject it is about, if one."""


class Obligation(StrEnum):
    """What the caller of an allowed action must also do."""

    LOG = "log"
    DELETE_BY = "delete_by"
    NOTIFY = "notify"
    WATERMARK = "watermark"
    REASONS = "reasons"
    RATE_LIMIT = "rate_limit"


@dataclass(frozen=True, kw_only=True)
class Allow:
    """Yes: which fields (`*` all, `public` those the catalogue makes public), whether masked, on what condition.

    `only` names the fields a purpose rule narrows it to; None when no rule does. `delete_by` is the end of a copy.
    """

    fields: str
    is_masked: bool
    obligations: frozenset[Obligation]
    basis: tuple[str, ...]
    only: frozenset[str] | None = None
    delete_by: datetime | None = None

    def opens(self, field: str) -> bool:
        """Tell whether a field may be opened at all under this permission."""
        return self.fields == "*" and (self.only is None or field in self.only)


@dataclass(frozen=True, kw_only=True)
class Deny:
    """No, with the reason."""

    refusal: Refusal


class ProofNeeded(Exception):
    """Ask whoever is at the screen to prove again who they are (重新验证), then do what was asked.

    It is no `Refused`: a page that shows refusals beside its form must not swallow the question.
    """


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of the decision table: who, standing how to the resource, may do what for which purposes."""

    action: str
    roles: frozenset[Role]
    relations: tuple[str, ...]
    purposes: frozenset[str]
    needs_authorisation: bool = False
    needs_purpose_rule: bool = False
    needs_fresh_proof: bool = False
    fields: str = "*"
    is_masked: bool = False
    obligations: frozenset[Obligation] = frozenset({Obligation.LOG})


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """The whole decision table with the declared purposes."""

    rules: Mapping[str, tuple[Rule, ...]]
    purposes: Mapping[str, Purpose]


@dataclass(frozen=True, kw_only=True)
class CastMember:
    """One member of the demonstration's cast: what they sign in with, who they are, and the page they begin on."""

    username: str
    name: str
    sentence: str
    start: str = ""

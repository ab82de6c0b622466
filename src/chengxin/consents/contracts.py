"""Purpose rules, consents and authorisations as other packages see them: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from chengxin.kernel.clock import start_of


class Ground(StrEnum):
    """On what an authorisation rests: the person's consent, or a statutory task; one is never dressed as the other."""

    CONSENT = "consent"
    STATUTE = "statute"


class RequesterClass(StrEnum):
    """Classes of those who may ask (查询机构类别)."""

    BANK = "bank"
    INSURER = "insurer"
    UTILITY = "utility"
    PLATFORM = "platform"
    ORGAN = "organ"


class Occurrence(StrEnum):
    """Whether an authorisation serves once or again and again."""

    ONETIME = "onetime"
    PERIODIC = "periodic"


class Keep(StrEnum):
    """Whether what is handed over may only be viewed or may be stored for a time."""

    VIEW = "view"
    STORE = "store"


class State(StrEnum):
    """States of a consent (授权状态)."""

    REQUESTED = "requested"
    ACTIVE = "active"
    USED = "used"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, kw_only=True)
class Text:
    """One text in both languages; `{body}` stands for the institution."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class PurposeRule:
    """One purpose rule (用途规则): who of a class may ask which fields of which items for what, and how far.

    Under one that `is_watch` nothing is queried: its holder is told when the person comes onto or leaves a list.
    """

    code: str
    requester: RequesterClass
    ground: Ground
    purpose: str
    basis: tuple[str, ...]
    item_fields: Mapping[str, tuple[str, ...]]
    occurrence: Occurrence
    keep: Keep
    text: Text | None = None
    alternative: Text | None = None
    needs_case: bool = False
    needs_human: bool = False
    is_only_easier: bool = False
    notifies: bool = True
    is_watch: bool = False

    @property
    def reference(self) -> str:
        """The code under which the rule is named in the basis of what it allows."""
        return self.code

    @property
    def items(self) -> frozenset[str]:
        """Catalogue items the rule covers."""
        return frozenset(self.item_fields)

    @property
    def fields(self) -> frozenset[str]:
        """Names of all fields the rule covers."""
        return frozenset(name for names in self.item_fields.values() for name in names)

    @property
    def needs_consent(self) -> bool:
        """Whether the person's consent is needed."""
        return self.ground is Ground.CONSENT


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the law and our choices cap a rule at, on a day."""

    lasts_days: int
    per_month: int
    look_back_from: date
    keep_days: int
    delete_within_days: int


@dataclass(frozen=True, kw_only=True)
class Authorisation:
    """A live permission by consent or by statute, handed in as a value: which items, until when, on what basis.

    `item_fields` names the fields of each item; `since` is the first day the permission reaches back to.
    """

    reference: str
    basis: tuple[str, ...]
    items: frozenset[str]
    until: datetime
    revoked_at: datetime | None = None
    item_fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Grant:
    """The registration of an institution for one purpose (查询资格)."""

    id: UUID
    body: str
    rule: str
    registration: str
    starts_on: date
    ends_on: date | None
    suspended_at: datetime | None
    suspended_because: str
    audited_on: date | None


@dataclass(frozen=True, kw_only=True)
class Request:
    """A request for consent (授权请求) as the person or the institution reads it; `consent_id` once it was given."""

    id: UUID
    code: str
    body: str
    rule: PurposeRule
    item_fields: Mapping[str, tuple[str, ...]]
    text: str
    alternative: str
    starts_at: datetime
    answer_by: datetime
    limits: Limits
    consent_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Use:
    """One use of an authorisation, and what the institution said came of it; '' while it has not."""

    id: UUID
    authorisation_id: UUID
    body: str
    at: datetime
    record_count: int
    items: tuple[str, ...]
    result: str
    is_adverse: bool
    items_used: tuple[str, ...]
    result_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Held:
    """An authorisation (授权) as its subject or its holder reads it, with its uses."""

    id: UUID
    ground: Ground
    subject_id: UUID
    body: str
    rule: str
    purpose: str
    item_fields: Mapping[str, tuple[str, ...]]
    text: str
    reference: str
    artefact: str
    granted_at: datetime
    ends_at: datetime
    since: date
    state: State
    revoked_at: datetime | None
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Permit:
    """What the holder of an authorisation may do in the running transaction, which holds its row."""

    held: Held
    rule: PurposeRule
    authorisation: Authorisation
    delete_by: datetime


@dataclass(frozen=True, kw_only=True)
class Result:
    """What an institution posts back about a use (使用结果)."""

    result: str
    is_adverse: bool
    items_used: tuple[str, ...] = ()
    by_person: bool = False


COOPERATION: Final = "data_cooperation"
"""The purpose for which a partner reads what an agreement opens."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a data-cooperation agreement says: with whom, for what, on which articles, which fields, how long."""

    number: str
    partner: str
    purpose: str
    basis: tuple[str, ...]
    item_fields: Mapping[str, tuple[str, ...]]
    summary: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """One agreement (数据合作协议): the authorisation and the purpose rule that a decision asks at each call.

    `until` is its end, `revoked_at` the moment it was stopped.
    """

    id: UUID
    terms: Terms
    until: datetime
    approved_on: date | None
    revoked_at: datetime | None
    stopped_because: str
    needs_consent: bool = True
    needs_case: bool = False
    data_life_days: int | None = None
    notifies: bool = False

    @property
    def number(self) -> str:
        """Return its number for people."""
        return self.terms.number

    @property
    def reference(self) -> str:
        """Return the number that is named in the basis of what it allows."""
        return self.terms.number

    @property
    def purpose(self) -> str:
        """Return the declared purpose it is for."""
        return COOPERATION

    @property
    def items(self) -> frozenset[str]:
        """Return the catalogue items it covers."""
        return frozenset(self.terms.item_fields)

    @property
    def fields(self) -> frozenset[str]:
        """Return the names of the fields it opens."""
        return frozenset(name for names in self.terms.item_fields.values() for name in names)

    def of(self, item: str) -> Agreement:
        """Return what it says of one item, so that a field of one never opens its namesake in another."""
        held = {code: names for code, names in self.terms.item_fields.items() if code == item}
        return replace(self, terms=replace(self.terms, item_fields=held))

    def is_in_force(self, at: datetime) -> bool:
        """Tell whether data may flow under it at a moment; a draft is not in force."""
        return self.approved_on is not None and self.revoked_at is None and self.begins <= at < self.until

    @property
    def begins(self) -> datetime:
        """Return the moment it begins."""
        return start_of(self.terms.starts_on)

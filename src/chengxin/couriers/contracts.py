"""Courier companies as other packages see them: frozen values, no tables, no person who delivers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from chengxin.casework.contracts import Case, Words

KEEPING: Final = "courier_keeping"
"""The purpose for which the postal authority keeps the register, and figures are computed for it."""


class Outcome(StrEnum):
    """What an inspection found (检查结果), as far as its words say so; what says neither is counted apart."""

    CLEAN = "clean"
    FOUND = "found"
    UNSAID = "unsaid"


class Status(StrEnum):
    """How far a figure goes: compared by lane, alone on its lanes, or too few parcels for any number."""

    COMPARED = "compared"
    ALONE = "alone"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One branch or outlet (分支机构、末端网点): a place, never a person."""

    number: str
    name: str
    area: str
    opened_on: date
    filed_on: date
    closed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an authority enters of a company: its class, code, names on waybills, the body its people act for."""

    uscc: str
    names: tuple[str, ...]
    body: str = ""
    kind: str = "courier"


@dataclass(frozen=True, kw_only=True)
class Company:
    """One courier company in the register (寄递企业)."""

    id: UUID
    subject_id: UUID
    uscc: str
    name: str
    names: tuple[str, ...]
    body: str
    authority: str
    registered_at: datetime
    kind: str = "courier"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One determined, public fact about a company (监管认定): what, which body, when, and its record."""

    record_id: UUID
    item: str
    what: str
    number: str
    body_name: str
    determined_on: date | None
    outcome: Outcome = Outcome.UNSAID


@dataclass(frozen=True, kw_only=True)
class Checks:
    """How many inspections found something, out of those whose words say; no share below the floor."""

    clean: int
    found: int
    unsaid: int
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A figure that is asked of parcels (指标): of how many, of what the sum, and the square where it is no share."""

    code: str
    title: Words
    says: Words
    count: str
    total: str
    squares: str
    scale: int
    is_share: bool


@dataclass(frozen=True, kw_only=True)
class Standards:
    """The published parameters of the figures; a change is a new version. Reasons: ADR 0091."""

    version: str
    window_days: int
    floor: int
    weight: int
    silent_days: int
    shown_lanes: int
    measures: Mapping[str, Measure]


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One lane of a company (线路): parcels, its own value, and what all companies have there together."""

    from_city: str
    to_city: str
    parcels: int
    value: float
    together: float


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measure of a company in a window, with how sure it is.

    `value` is what was counted, `figure` that after comparing lane by lane and drawing few parcels to the mean;
    `compared` are the parcels on lanes that another company runs too, `mean` what all have on those lanes together.
    """

    source: str
    courier: str
    measure: str
    status: Status
    parcels: int
    compared: int
    value: float | None
    mean: float | None
    figure: float | None
    low: float | None
    high: float | None
    lanes: Sequence[Lane]
    window_from: date
    window_until: date
    computed_on: date
    run: str
    version: str


@dataclass(frozen=True, kw_only=True)
class PaperRate:
    """On how many orders of a source one rule over their papers fired (单据规则命中率); names no order and no shop."""

    source: str
    rule: str
    title: Words
    orders: int
    fired: int
    window_from: date
    window_until: date
    version: str


@dataclass(frozen=True, kw_only=True)
class Use:
    """One of the uses of E2.4b (应用): which facts it returns, and what follows for whom (差别化)."""

    code: str
    title: Words
    basis: tuple[str, ...]
    items: frozenset[str]
    plans: Mapping[str, Words]
    kind: str = "courier"


@dataclass(frozen=True, kw_only=True)
class CompanyClass:
    """A class of companies (类别): whose work it is to enter them, who watches them, which records are shown."""

    code: str
    title: Words
    field: str
    watchers: frozenset[str]
    basis: tuple[str, ...]
    items: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class TrafficKind:
    """A kind of traffic violation (交通违法): the words a decision says it in, and what it weighs."""

    code: str
    title: Words
    words: tuple[str, ...]
    weight: int


@dataclass(frozen=True, kw_only=True)
class TrafficRules:
    """The published rules of the traffic score; a change is a new version."""

    version: str
    basis: tuple[str, ...]
    items: frozenset[str]
    laws: tuple[str, ...]
    window_days: int
    start: int
    kinds: tuple[TrafficKind, ...]


@dataclass(frozen=True, kw_only=True)
class TrafficLine:
    """One determined violation of a company that counts: what, of which decision, when."""

    record_id: UUID
    kind: TrafficKind
    what: str
    number: str
    body_name: str
    determined_on: date


@dataclass(frozen=True, kw_only=True)
class TrafficScore:
    """The traffic score of a company (文明交通守信分) with every line it rests on."""

    company: Company
    score: int
    lines: Sequence[TrafficLine]
    since: date
    on: date


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task from the list (名单任务): its case, when its receipt came, and when an officer looked at the page."""

    case: Case
    receipt_at: datetime | None
    looked_at: datetime | None

"""Inspections as other packages see them: frozen values, no tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from chengxin.casework.contracts import Case, Step


class Way(StrEnum):
    """How the shops of a plan were chosen (选取方式): by a draw anybody can replay, or because of what was reported."""

    DRAW = "draw"
    REPORTED = "reported"


class Result(StrEnum):
    """The final result of a sample (最终结果): none yet, qualified, or not."""

    NONE = ""
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What an officer plans (抽检方案): which goods, by which standard, how many, or one shop that was reported."""

    title: str
    category: str
    standard: str
    size: int
    platform: str = ""
    shop: str = ""
    reported: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan as everybody reads it. `seed` is empty until every sample is bought or given up; its digest never is.

    `members` are the shops that could be drawn, `platform/number` each, in order; empty where a shop was reported.
    """

    id: UUID
    number: str
    body: str
    title: str
    category: str
    standard: str
    way: Way
    size: int
    members: tuple[str, ...]
    population_digest: str
    seed_digest: str
    seed: str
    opened_on: date


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """How a sample was bought (买样): as any consumer, at the authority's cost (PQL 15).

    `reserve` says where its sealed rest is kept for a re-test (备样) and its seal; empty where nothing is kept back.
    """

    goods: str
    order: str
    paid_fen: int
    bought_on: date
    reserve: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a laboratory found (检验报告); `finding` says what was not met, and is empty where all was."""

    laboratory: str
    passed: bool
    finding: str = ""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One sample as whoever may see it sees it; `result` is the final one alone."""

    id: UUID
    plan_id: UUID
    platform: str
    shop_id: UUID
    shop_name: str
    subject_id: UUID
    body: str
    case_id: UUID
    case_number: str
    goods: str
    bought_on: date | None
    paid_fen: int
    reserve: str
    reserve_until: date | None
    laboratory: str
    retest_laboratory: str
    finding: str
    told_on: date | None
    retest_until: date | None
    result_case_id: UUID | None
    result_number: str
    result: Result
    published_on: date | None
    public_until: date | None
    determination: UUID | None


@dataclass(frozen=True, kw_only=True)
class OwnSample:
    """A result as its merchant reads it, with its course."""

    sample: Sample
    case: Case
    steps: tuple[Step, ...]
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What came of a plan (汇总): drawn, without a sample, still under way, qualified, not."""

    drawn: int
    dropped: int
    waiting: int
    passed: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """When a platform was told of a published result and when it said so (回执)."""

    told_at: datetime
    receipt_at: datetime | None

"""Sheets, issues and batches as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

import polars as pl

from chengxin.access.contracts import Body, SourceRight
from chengxin.records.contracts import Filed


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One questioned cell (疑问数据): line, field, code, what happened, what to do, and the articles it rests on."""

    row: int
    field: str
    title: str
    code: str
    what: str
    next_step: str
    value: str = ""
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RowCheck:
    """What a check of one row found: its issues, or whose row it is."""

    issues: tuple[Issue, ...]
    subject_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What validation found in one block.

    `good` holds typed columns named as the item's fields plus `row`; `issues` has the columns row (u32), field, code
    and detail (strings).
    """

    good: pl.DataFrame
    good_rows: int
    issues: pl.DataFrame
    rows: int


class BatchState(StrEnum):
    """Where a batch is (批次状态)."""

    VALIDATED = "validated"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One upload batch (上报批次)."""

    id: UUID
    number: str
    body: str
    item_code: str
    item_version: int
    state: BatchState
    file_name: str
    media: str
    encoding: str
    formula_cells: str
    size: int
    rows: int
    good: int
    questioned: int
    accepted: int
    corrected: int
    repeated: int
    held: int
    linked: int
    late: int
    published: int
    uploaded_by: str
    uploaded_at: datetime
    approved_by: str
    accepted_at: datetime | None
    case_id: UUID | None
    receipt_id: UUID | None
    returned_because: str


@dataclass(frozen=True, kw_only=True)
class Quality:
    """Filing quality of one body (报送质量): numbers and what each is a share of."""

    body: str
    batches: int
    rows: int
    accepted: int
    questioned: int
    linked: int
    late: int
    since: date
    until: date
    by_code: tuple[tuple[str, int], ...] = field(default=())

    @property
    def acceptance_rate(self) -> float | None:
        """Return accepted rows per filed row (入库率), or None when nothing was filed."""
        return self.accepted / self.rows if self.rows else None

    @property
    def linkage_rate(self) -> float | None:
        """Return rows linked to a known subject per accepted row (关联率)."""
        return self.linked / self.accepted if self.accepted else None

    @property
    def timeliness_rate(self) -> float | None:
        """Return rows filed within the legal deadline per accepted row (及时率)."""
        return 1 - self.late / self.accepted if self.accepted else None


@dataclass(frozen=True, kw_only=True)
class Supply:
    """What a body filed of one item in a period (供数情况): sums over its batches, returned ones left out.

    `channels` are the doors the batches came through: page, api or command.
    """

    body: str
    item_code: str
    batches: int = 0
    rows: int = 0
    accepted: int = 0
    questioned: int = 0
    late: int = 0
    last_at: datetime | None = None
    channels: frozenset[str] = frozenset()

    def __add__(self, other: Supply) -> Supply:
        """Return the sum of two; items differ, so the sum has none."""
        moments = [moment for moment in (self.last_at, other.last_at) if moment is not None]
        return Supply(
            body=self.body,
            item_code="",
            batches=self.batches + other.batches,
            rows=self.rows + other.rows,
            accepted=self.accepted + other.accepted,
            questioned=self.questioned + other.questioned,
            late=self.late + other.late,
            last_at=max(moments, default=None),
            channels=self.channels | other.channels,
        )


@dataclass(frozen=True, kw_only=True)
class Source:
    """One source body with the items it may file (来源单位) and what it filed; `doors` are open to it: page, api."""

    body: Body
    rights: tuple[SourceRight, ...]
    supply: tuple[Supply, ...]
    doors: frozenset[str]

    @property
    def total(self) -> Supply:
        """Return what it filed of all items together."""
        return sum(self.supply, start=Supply(body=self.body.code, item_code=""))

    def of(self, item_code: str) -> Supply:
        """Return what it filed of one item."""
        return next(
            (one for one in self.supply if one.item_code == item_code),
            Supply(body=self.body.code, item_code=item_code),
        )


@dataclass(frozen=True, kw_only=True)
class Mended:
    """One cell of a row that was corrected in the page before approval: the field, by whom, when; not the text."""

    field: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a row comes from (数据血缘): its batch, line, cells corrected by hand, and the record it became."""

    batch: Batch
    channel: str
    row: int
    mended: tuple[Mended, ...]
    became: tuple[Filed, ...]

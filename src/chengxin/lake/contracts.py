"""Deliveries, partitions, queries and runs as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Kind(StrEnum):
    """What a field holds; `datasets.yaml` says how it is stored."""

    TEXT = "text"
    CODE = "code"
    AREA = "area"
    INTEGER = "integer"
    MONEY = "money"
    MOMENT = "moment"
    PSEUDONYM = "pseudonym"


class ColumnType(StrEnum):
    """Types that every engine has and reads alike."""

    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"
    DOUBLE = "double"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of a dataset."""

    name: str
    title: tuple[str, str]
    kind: Kind
    required: bool = False
    codes: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    may_be_future: bool = False
    domain: str = ""
    everywhere: bool = False

    @property
    def column_type(self) -> ColumnType:
        """Return the type the field is stored with."""
        is_number = self.kind in {Kind.INTEGER, Kind.MONEY, Kind.MOMENT}
        return ColumnType.INTEGER if is_number else ColumnType.TEXT


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One kind of mass fact: `key` names a row, `moment` gives its day, `newest` tells the later of two states."""

    name: str
    title: tuple[str, str]
    key: tuple[str, ...]
    moment: str
    newest: str
    fields: tuple[Field, ...]

    @property
    def columns(self) -> dict[str, ColumnType]:
        """Return what is stored, in order."""
        stored = {"platform": ColumnType.TEXT, "day": ColumnType.DATE}
        return {**stored, **{known.name: known.column_type for known in self.fields}}


class Mode(StrEnum):
    """What a delivery says of the days it names: it is all of them, or it adds to them."""

    WHOLE_DAYS = "whole_days"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One questioned cell (疑问数据): line, field, code, what is wrong and what to do."""

    row: int
    field: str
    code: str
    what: str
    next_step: str


@dataclass(frozen=True, kw_only=True)
class Day:
    """One version of one day of a platform; `replaced` is the file that stood before, empty if none."""

    day: date
    file: str
    rows: int
    replaced: str = ""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of one file: counts, what is questioned by code, and the days it changed.

    `read` = `good` + `questioned` + `repeated` + `outdated`. `kept` are standing rows that stay because the row sent
    for them is questioned; `moved` are rows that left another day. `sealed` is the digest of the questioned rows.
    """

    number: int
    dataset: str
    platform: str
    received_at: datetime
    source: str
    digest: str
    mode: Mode
    zone: str
    read: int = 0
    good: int = 0
    questioned: int = 0
    repeated: int = 0
    outdated: int = 0
    kept: int = 0
    moved: int = 0
    sealed: str = ""
    ignored_columns: tuple[str, ...] = ()
    issues: Mapping[str, int] = field(default_factory=dict)
    days: tuple[Day, ...] = ()

    @property
    def is_nothing_new(self) -> bool:
        """Tell whether every day it names stood already just so."""
        return self.number == 0


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """When a cell of an answer is small: less than `floor` of `count`; it then loses `keys` and is added to others."""

    count: str
    floor: int
    keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Through:
    """What rows say by a key of their own: facts folded from dataset `of`, and `count`, how many rows have the key."""

    key: str
    count: str
    of: str
    facts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Sieve:
    """The whole numbers of each row of an answer that can be gathered without a join of texts.

    A row of the answer is one of dataset `of`, known by `key`; it `says` some itself, `shared` counts the rows with the
    same `shared_by`, and `facts` are folded from other datasets by key, some of them `through` a key of their own.
    """

    of: str
    key: str
    says: Mapping[str, str]
    shared: str
    shared_by: tuple[str, ...]
    facts: Mapping[str, Mapping[str, str]]
    through: Mapping[str, Through]


@dataclass(frozen=True, kw_only=True)
class Query:
    """A logical query: one SQL text for every engine, its inputs with days around, and its columns.

    A row of an input may happen before or after the days that are asked about: `inputs` gives both margins in days.
    Its sums may leave the lake only where `withheld` says what a small cell is. A `sieve` finds the rows that matter
    before they are joined.
    """

    name: str
    title: tuple[str, str]
    sql: str
    inputs: Mapping[str, tuple[int, int]]
    parameters: Mapping[str, int]
    columns: Mapping[str, ColumnType]
    order: tuple[str, ...]
    withheld: Withheld | None = None
    sieve: Sieve | None = None


@dataclass(frozen=True, kw_only=True)
class Input:
    """A dataset as an engine sees it: its columns, files that stand, and of what they hold the days [first, end).

    `versions` names the days' own files, whichever files they are read from.
    """

    columns: Mapping[str, ColumnType]
    files: tuple[Path, ...]
    first: date
    end: date
    versions: tuple[str, ...]
    rows: int


@dataclass(frozen=True, kw_only=True)
class Work:
    """What an engine is to do: a query as a text with its inputs; `near` says which of their rows may matter."""

    query: Query
    sql: str
    inputs: Mapping[str, Input]
    near: str = ""

    @property
    def rows(self) -> int:
        """Return how many rows the inputs have."""
        return sum(known.rows for known in self.inputs.values())

    @property
    def files(self) -> int:
        """Return how many files they lie in."""
        return sum(len(known.files) for known in self.inputs.values())


class Engine(Protocol):
    """The one seam: whatever runs a text over Parquet files and leaves one Parquet file."""

    name: str
    is_embedded: bool

    @property
    def version(self) -> str:
        """Return the version of the engine."""

    def run(self, sql: str, *, inputs: Mapping[str, Input], out: Path) -> None:
        """Write the rows of a query to a file."""

    def close(self) -> None:
        """Give back what the engine holds."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """A finished run: the same `id` means the same text, parameters and files, so the same rows and `columns`."""

    id: str
    query: str
    engine: str
    engine_version: str
    from_day: date
    until_day: date
    platform: str
    input_rows: int
    input_files: int
    file: Path
    columns: tuple[str, ...]
    rows: int = 0
    seconds: float = 0.0
    was_there: bool = False


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Where two results differ: a column, and how many rows; `column` is `rows` when a row has no counterpart."""

    column: str
    rows: int
    example: str

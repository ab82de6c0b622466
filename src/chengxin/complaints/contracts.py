"""Tips as other packages see them: frozen values, no tables, no names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chengxin.casework.contracts import Words


@dataclass(frozen=True, kw_only=True)
class TipType:
    """A kind of tip (举报类型) as it is declared: words, procedure, who handles it, how long it is kept.

    `refers` names the page from which an officer refers what it tells (移送), if there is one.
    """

    code: str
    title: Words
    summary: Words
    procedure: str
    route: str
    asks: tuple[Words, ...]
    never: Words
    retention: str
    refers: str = ""

    @property
    def asks_body(self) -> bool:
        """Tell whether a unit of the platform is reported, so that another one must handle it."""
        return self.route == "above"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One message of a tip, either way; what it says stays sealed until it is opened by its digest.

    `shown` is what of a paper others may see; empty: it is covered as a whole.
    """

    id: UUID
    place: int
    from_office: bool
    at: datetime
    digest: str
    is_paper: bool
    shown: str


@dataclass(frozen=True, kw_only=True)
class Tip:
    """One tip (举报). Whether it names its reporter is known; who it is stays sealed."""

    id: UUID
    number: str
    kind: str
    case_id: UUID
    state: str
    due_on: date | None
    reported_body: str
    is_named: bool
    received_at: datetime
    entries: tuple[Entry, ...]
    destroyed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Frequency:
    """How often the contact of a named tip told of something in the year before (频次), and how often rightly."""

    others: int
    founded: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody tells (举报内容): what happened, whom it is about, and who they are if they say so."""

    text: str
    reported_body: str = ""
    name: str = ""
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class Received:
    """What the reporter takes away: the number and the code, which is shown once and kept by nobody else."""

    number: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """The public counts of a quarter: by kind, how many came and how they ended."""

    starts_on: date
    kind: str
    received: int
    by_state: Mapping[str, int]
    pending: int

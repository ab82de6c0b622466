"""What a page hands to a part (部件): plain values, no Django, no markup.

Texts are what the reader sees, already translated (`gettext`); dates stay dates and are written by the part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from chengxin.kernel.actor import Role


class Tone(StrEnum):
    """What a state means to the reader; each tone has one icon and one colour, never a colour alone."""

    NEUTRAL = "neutral"
    INFO = "info"
    TODO = "todo"
    DONE = "done"
    ENDED = "ended"
    ALERT = "alert"


@dataclass(frozen=True, kw_only=True)
class State:
    """A state as icon, word and colour: `ALERT` only for a legal deadline or an error, `TODO` for 待办."""

    word: str
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, kw_only=True)
class Link:
    """Words that lead somewhere; `strong` makes the one main action of a place."""

    text: str
    url: str
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of a summary list (dl)."""

    name: str
    value: object
    hint: str = ""
    link: Link | None = None
    state: State | None = None


@dataclass(frozen=True, kw_only=True)
class Column:
    """A table column; `sort_url` makes its heading a link, `sorted` is "ascending", "descending" or empty."""

    title: str
    numeric: bool = False
    sort_url: str = ""
    sorted: str = ""


PARAGRAPH = 60
"""The longest text of a cell, in characters, that reads well in half a phone's width."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One table cell: a value, with a link, a state, a second line or an error said about it."""

    value: object = ""
    url: str = ""
    state: State | None = None
    hint: str = ""
    error: str = ""

    @property
    def is_long(self) -> bool:
        """Tell whether the value is a paragraph, which on a phone takes the whole width and not the half."""
        return isinstance(self.value, str) and len(self.value) > PARAGRAPH


@dataclass(frozen=True, kw_only=True)
class Empty:
    """Nothing here, said well: what that means, what would appear, what to do."""

    title: str
    meaning: str
    would_appear: str = ""
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Pager:
    """Where the reader is in a long list; a missing link is an empty string."""

    first: int
    last: int
    total: int
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table that becomes labelled cards on a phone; the first column names the row."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    empty: Empty | None = None
    pager: Pager | None = None
    source: str = ""
    as_of: date | None = None
    caption_hidden: bool = False


class Progress(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    SKIPPED = "skipped"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a timeline, a case or a form: what, when, by whom."""

    title: str
    progress: Progress = Progress.DONE
    when: date | datetime | None = None
    who: str = ""
    text: str = ""
    link: Link | None = None
    provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Task:
    """One row of a task list (任务清单)."""

    title: str
    url: str
    state: State
    hint: str = ""
    due: KeyDate | None = None


@dataclass(frozen=True, kw_only=True)
class KeyDate:
    """A day that matters; `legal` marks a deadline fixed by law, `provisional` a day not yet certain (暂定)."""

    label: str
    on: date
    legal: bool = False
    provisional: bool = False
    basis: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with what it is out of, and the records behind it."""

    label: str
    value: int | float | str
    out_of: int | None = None
    unit: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a bar list: `value` out of `out_of`."""

    label: str
    value: float
    out_of: float
    shown: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One row of a strip chart: `marks` are places from 0 to 100, `strong` those to be told apart by height."""

    label: str
    marks: Sequence[float]
    strong: Sequence[float] = ()
    shown: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A strip chart: when each happened between two ends, drawn without scripts, and its table twin."""

    title: str
    starts: str
    ends: str
    lanes: Sequence[Lane]
    table: Table
    legend: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart and its table twin: the table is always there, the drawing is added where scripts run."""

    id: str
    title: str
    summary: str
    option: Mapping[str, Any]
    table: Table
    height: str = "m"


@dataclass(frozen=True, kw_only=True)
class Lifetime:
    """The time a line lives: half-open [starts_on, ends_on); no end means it has none yet."""

    starts_on: date
    ends_on: date | None
    today: date
    provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """A credit record with the five answers: who wrote it, why allowed, who sees it, when it ends, what can I do."""

    kind: str
    title: str
    state: State
    written_by: str
    allowed_because: str
    seen_by: str
    lifetime: Lifetime
    actions: Sequence[Link]
    url: str = ""
    written_on: date | None = None
    source_link: Link | None = None
    basis_link: Link | None = None
    law_link: Link | None = None
    seen_link: Link | None = None
    ends_note: str = ""
    mark: State | None = None
    facts: Sequence[Fact] = ()


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """One look or act as its subject may read it: who, when, for what purpose, with what outcome.

    `note` says what else there is to know; `press` is a button that acts at once.
    """

    at: datetime
    who: str
    what: str
    purpose: str = ""
    outcome: State | None = None
    link: Link | None = None
    note: str = ""
    press: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Tab:
    """A tab that is a link, so it works without scripts."""

    title: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, kw_only=True)
class Download:
    """A file to take away: format and size are said before the click."""

    title: str
    url: str
    format: str
    size: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Crumb:
    """One step of the path to this page; the last has no address."""

    text: str
    url: str = ""


class Text(Protocol):
    """A text or one that is translated when it is shown (`gettext_lazy`)."""

    def __str__(self) -> str:
        """Return the words in the reader's language."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A menu entry, declared in `<package>/menu.py` as `MENU = (Entry(...), …)`; no roles means everybody.

    `action` is what the page does, for whom acts in another's place: they see what is in their scope.
    `bodies` tells by its code whether a body has this page: a platform's pages lead the staff of others nowhere.
    """

    section: str
    title: Text
    url_name: str
    order: int = 100
    roles: frozenset[Role] = field(default_factory=frozenset)
    group: Text = ""
    action: str = ""
    bodies: Callable[[str], bool] | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a layout needs of a page: its one heading, a lead, the path to it.

    `wide` gives the full width to tables; `heading_hidden` is for a page whose content brings its own `h1`.
    """

    title: str
    lead: str = ""
    eyebrow: str = ""
    crumbs: Sequence[Crumb] = ()
    states: Sequence[State] = ()
    wide: bool = False
    heading_hidden: bool = False
    problems: bool = False

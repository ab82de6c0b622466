"""Rules of retention and what was destroyed, as other packages see them: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Words:
    """One text in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, kw_only=True)
class Due:
    """What a sweep is asked for: what ended by a day, so many at a time.

    `before` is the moment before which the period of the rule must have begun; a kind whose things bring their own
    last day asks `on`.
    """

    kind: str
    on: date
    before: datetime | None
    limit: int
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Gone:
    """One thing whose contents a sweep destroyed: its number, and the sealed files that go with it."""

    reference: str
    subject_id: UUID | None = None
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One written rule (保存规则): how long, counted from what, what is destroyed, what stays, by which sweep.

    `key` is a key of law; empty where each thing has a clock of its own. `sweep` and `holds` are dotted names;
    `empties` names the personal columns the sweep empties, as table.column.
    """

    kind: str
    title: Words
    key: str
    counts_from: Words
    destroys: Words
    stays: Words
    sweep: str
    holds: str = ""
    empties: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Personal columns no rule empties, and because of what (因何保留); `is_settled` is false where a rule is owed."""

    because: str
    columns: tuple[str, ...]
    is_settled: bool


@dataclass(frozen=True, kw_only=True)
class Destruction:
    """One line of the list of what was destroyed (销毁清单)."""

    kind: str
    reference: str
    files: int
    destroyed_at: datetime

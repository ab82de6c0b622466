"""The law, asked by key: what holds on a day, when a period ends and why, and whether a gate is open.

A package asks through `LAW = law.beside(__file__)`, which knows its own `law.yaml`; everybody else asks by key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chengxin.law.arithmetic import adult_from, calendar_year, settle
from chengxin.law.check import PERIODS, check, explain, how_to_ask
from chengxin.law.contracts import (
    DEFAULT_PACK,
    NATIONAL,
    Bound,
    Decision,
    Due,
    Entry,
    FactEntry,
    GateEntry,
    LawNotCovered,
    Level,
    MissingFact,
    NoEnd,
    Pack,
    PackExpired,
    Statute,
    UnknownKey,
    Use,
    Value,
    Words,
)
from chengxin.law.gates import decide as _decide
from chengxin.law.gates import find_gate, gate, list_gates, nearest
from chengxin.law.loader import entries, load, packs
from chengxin.law.lookup import change_days as _change_days
from chengxin.law.lookup import count_due, entry_of, find_value, get_value
from chengxin.law.naming import article_name, name_of, short_title
from chengxin.law.statute_index import (
    article_text,
    check_citation,
    cites,
    is_article,
    is_from_memory,
    is_unread,
    level_of,
    statutes,
    why_not_citable,
)
from chengxin.law.uses import uses
from chengxin.law.workdays import count_workdays

__all__ = [
    "DEFAULT_PACK",
    "NATIONAL",
    "PERIODS",
    "Bound",
    "Decision",
    "Due",
    "Entry",
    "FactEntry",
    "GateEntry",
    "Law",
    "LawNotCovered",
    "Level",
    "MissingFact",
    "NoEnd",
    "Pack",
    "PackExpired",
    "Statute",
    "UnknownKey",
    "Use",
    "Value",
    "Words",
    "adult_from",
    "article_name",
    "article_text",
    "beside",
    "calendar_year",
    "change_days",
    "check",
    "check_citation",
    "cites",
    "count_workdays",
    "decide",
    "due",
    "explain",
    "find",
    "find_gate",
    "find_statute",
    "gate",
    "get_entry",
    "how_to_ask",
    "is_article",
    "is_from_memory",
    "is_unread",
    "level_of",
    "list_entries",
    "list_gates",
    "list_packs",
    "list_statutes",
    "list_uses",
    "name_of",
    "nearest",
    "settle",
    "short_title",
    "value",
    "why_not_citable",
]


def value(key: str, *, on: date, pack: str = DEFAULT_PACK, **inputs: str) -> Value:
    """Return the value of a key in force on a day; before the first known day raise `LawNotCovered`."""
    return get_value(key, on, pack, tuple(sorted(inputs.items())))


def find(key: str, *, on: date, pack: str = DEFAULT_PACK, **inputs: str) -> Value | None:
    """Return the value of a key in force on a day, or None when no text we hold covers it."""
    return find_value(key, on, pack, tuple(sorted(inputs.items())))


def due(
    key: str,
    *,
    on: date,
    start: date | None = None,
    dates: Mapping[str, date | None] | None = None,
    pack: str = DEFAULT_PACK,
    bound: Bound = Bound.APPLIED,
    **inputs: str,
) -> Due:
    """Count the period of a key from `start`, or from the first of its own starting dates found in `dates`.

    `on` is the day whose law applies. A text without an end raises `NoEnd`, a missing date `MissingFact`.
    """
    given = {name: day for name, day in (dates or {}).items() if day is not None}
    if start is not None:
        given["start"] = start
    return count_due(key, tuple(sorted(given.items())), on, pack, tuple(sorted(inputs.items())), bound=bound)


def decide(key: str, facts: Mapping[str, object] | object, *, on: date, pack: str = DEFAULT_PACK) -> Decision:
    """Ask a gate whether it is open on these facts."""
    return _decide(key, facts, on=on, pack=pack)


def get_entry(key: str) -> Entry:
    """Return all we know of a key; without it raise `UnknownKey` with the nearest keys."""
    return entry_of(key)


def list_entries() -> tuple[Entry, ...]:
    """Return every entry of every package, by key."""
    return tuple(entry for _, entry in sorted(entries().items()))


def list_packs() -> tuple[Pack, ...]:
    """Return the rule packs, with the days between which a policy may be cited."""
    return tuple(packs().values())


def list_statutes() -> tuple[Statute, ...]:
    """Return the statute index, by abbreviation."""
    return tuple(statute for _, statute in sorted(statutes().items()))


def find_statute(code: str) -> Statute | None:
    """Return a text of the index by its abbreviation, or None."""
    return statutes().get(code)


def list_uses(code: str) -> tuple[Use, ...]:
    """Return what cites a text, values first, then gates, then rules."""
    return uses().get(code, ())


def change_days(keys: Iterable[str], *, pack: str = DEFAULT_PACK) -> tuple[date, ...]:
    """Return the days on which any of the keys changes its value, ascending."""
    return tuple(sorted({day for key in keys for day in _change_days(key, pack)}))


@dataclass(frozen=True)
class Law:
    """The law of one package: only the keys of its own `law.yaml`."""

    source: Path

    def value(self, key: str, *, on: date, pack: str = DEFAULT_PACK, **inputs: str) -> Value:
        """Return the value of a key of this package in force on a day."""
        self._own(key)
        return value(key, on=on, pack=pack, **inputs)

    def find(self, key: str, *, on: date, pack: str = DEFAULT_PACK, **inputs: str) -> Value | None:
        """Return the value of a key of this package, or None when no text we hold covers the day."""
        self._own(key)
        return find(key, on=on, pack=pack, **inputs)

    def due(
        self,
        key: str,
        *,
        on: date,
        start: date | None = None,
        dates: Mapping[str, date | None] | None = None,
        pack: str = DEFAULT_PACK,
        bound: Bound = Bound.APPLIED,
        **inputs: str,
    ) -> Due:
        """Count the period of a key of this package."""
        self._own(key)
        return due(key, on=on, start=start, dates=dates, pack=pack, bound=bound, **inputs)

    def _own(self, key: str) -> None:
        if key not in load(self.source):
            raise UnknownKey(key, tuple(load(self.source)))


def beside(module: str) -> Law:
    """Return the law that lies beside a module: `LAW = law.beside(__file__)`."""
    law = Law(Path(module).resolve().with_name("law.yaml"))
    load(law.source)
    return law

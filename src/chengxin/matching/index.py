"""The index of the public lists in one process: built from what stands, brought on by each change before it answers.

The place of each list's newest change and the operators that were renamed are read at every request. Where a list
moved or a name changed, what came or is called otherwise is built into a small segment beside the large one and what
left is struck out; so whoever asks after a change has it, in every process. The index only nominates: each hit is read
again before it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from threading import Lock
from typing import Final
from uuid import UUID

import polars as pl

from chengxin.lists import facade as lists
from chengxin.lists.contracts import ListEntry
from chengxin.matching.history import keep_segment
from chengxin.screening.contracts import COLUMNS, RULES_VERSION, Hit, Kind, Query
from chengxin.screening.facade import Screener, Segment, build
from chengxin.subjects import facade as subjects

LASTS: Final = timedelta(minutes=15)
"""After so long the index is built anew."""
LATE: Final = timedelta(minutes=10)
"""A renaming is dated before its commit, but not by more: what is dated so much earlier than an index is in it."""
MOST_CAME: Final = 500
_AT_ONCE: Final = 5000


@dataclass(frozen=True, kw_only=True)
class Index:
    """The public lists at the places of their newest changes."""

    places: Mapping[str, int]
    built_at: datetime
    base: Screener
    came: Screener | None
    fresh: Mapping[str, ListEntry]
    kinds: Mapping[str, str]
    gone: frozenset[str]
    renamed: frozenset[UUID] = frozenset()

    @cached_property
    def _again(self) -> frozenset[str]:
        """Return the entries that are in the small segment, and count there alone."""
        return frozenset(self.came.segment.entries["id"]) if self.came else frozenset()

    @property
    def version(self) -> str:
        """Return what the answers follow from: the digests of both segments."""
        return "+".join(one.segment.version for one in self.screeners)

    @property
    def rules(self) -> str:
        """Return the version of the rules of comparison."""
        return RULES_VERSION

    @property
    def screeners(self) -> Sequence[Screener]:
        """Return the large segment, and the small one where something came since."""
        return (self.base, self.came) if self.came else (self.base,)

    def nominate(self, queries: Sequence[Query], kinds: Iterable[str]) -> list[list[Hit]]:
        """Return the hits of each query on some lists, the strongest first."""
        wanted = frozenset(kinds)

        def came(entry_id: str) -> bool:
            return entry_id not in self.gone and self.kinds[entry_id] in wanted

        def among(entry_id: str) -> bool:
            return entry_id not in self._again and came(entry_id)

        answers = [self.base.answer(queries, among=among)]
        if self.came:
            answers.append(self.came.answer(queries, among=came))
        return [sorted(chain(*found), key=lambda hit: -hit.score) for found in zip(*answers, strict=True)]


class Keeper:
    """The index of a process, built by one thread while the others go on with the one before."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: Index | None = None

    def forget(self) -> None:
        """Drop the index."""
        self._kept = None

    def current(self, *, at: datetime) -> Index:
        """Return the index at the newest change that is committed."""
        places = lists.last_places()
        kept = self._kept
        if kept is not None and kept.places == places and _is_fresh(kept, at) and not _renamed(kept):
            return kept
        with self._lock:
            kept = self._kept
            if kept is None or not _is_fresh(kept, at) or _went_back(kept.places, places):
                kept = _built(places, at=at)
            elif kept.places != places or _renamed(kept):
                kept = _brought_on(kept, places, _renamed(kept), at=at)
            self._kept = kept
        return kept


KEEPER: Final = Keeper()


def _is_fresh(kept: Index, at: datetime) -> bool:
    return timedelta() <= at - kept.built_at < LASTS


def _went_back(kept: Mapping[str, int], places: Mapping[str, int]) -> bool:
    """Tell whether the database is an earlier one than the index was built from: a backup that was restored."""
    return any(places.get(kind, 0) < place for kind, place in kept.items())


def _renamed(kept: Index) -> Mapping[UUID, UUID]:
    """Return the operators that changed their name since, by the row that tells of it."""
    found = subjects.renamed_since(kept.built_at - LATE)
    return {row: subject_id for row, subject_id in found.items() if row not in kept.renamed}


def _built(places: Mapping[str, int], *, at: datetime) -> Index:
    """Build the whole index; the places were read before the entries, so what comes meanwhile comes again."""
    renamed = frozenset(subjects.renamed_since(at - LATE))
    found = list(lists.list_entries(at=at, persons=False))
    kinds = {str(one.id): one.kind for one in found}
    return Index(
        places=places,
        built_at=at,
        base=_screener(found, kinds, at=at),
        came=None,
        fresh={},
        kinds=kinds,
        gone=frozenset(),
        renamed=renamed,
    )


def _brought_on(kept: Index, places: Mapping[str, int], renamed: Mapping[UUID, UUID], *, at: datetime) -> Index:
    came, left = _moved(kept, places)
    new = [entry_id for entry_id in came if str(entry_id) not in kept.kinds]
    gone = kept.gone | {str(entry_id) for entry_id in left}
    if len(kept.fresh) + len(new) + len(renamed) > MOST_CAME:
        return _built(places, at=at)
    of_subjects = list(set(renamed.values()))
    entries = lists.list_entries(at=at, ids=new, subject_ids=of_subjects, persons=False) if new or renamed else ()
    found = {str(one.id): one for one in entries}
    fresh = dict(sorted({**kept.fresh, **found}.items()))
    kinds = {**kept.kinds, **{entry_id: one.kind for entry_id, one in found.items()}}
    return Index(
        places=places,
        built_at=kept.built_at,
        base=kept.base,
        came=_screener(fresh.values(), kinds, at=at, like=kept.base.segment) if found else kept.came,
        fresh=fresh,
        kinds=kinds,
        gone=gone,
        renamed=kept.renamed | renamed.keys(),
    )


def _moved(kept: Index, places: Mapping[str, int]) -> tuple[set[UUID], set[UUID]]:
    """Return the entries that came onto and left the lists since."""
    came: set[UUID] = set()
    left: set[UUID] = set()
    for kind, last in places.items():
        after = kept.places.get(kind, 0)
        while after < last:
            for change in lists.list_changes(kind, after=after, limit=_AT_ONCE):
                (came if change.is_listed else left).add(change.entry_id)
                after = change.place
    return came - left, left


def _screener(
    found: Iterable[ListEntry], kinds: Mapping[str, str], *, at: datetime, like: Segment | None = None
) -> Screener:
    """Build a segment and keep what it holds, so that whatever it will answer can be answered again."""
    rows = [
        Query(str(one.id), Kind.ENTERPRISE.value, one.names[0], "|".join(one.names[1:]), "", one.uscc)
        for one in found
        if one.names
    ]
    segment = build(pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"), like=like)
    keep_segment(segment, kinds, at=at)
    return Screener(segment)

"""Number keys and fold values by number, over columns in memory.

A key is two independent hashes of 64 bits under seeds of this run: nobody who hands in data can choose two that meet,
and among a hundred million keys two meet by chance once in 10²² runs.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from numpy.typing import NDArray

from chengxin.kernel.compiled import Ints, Mask, compiled

Numbers = NDArray[np.int32]
Keys = Ints
SUM, TOTAL, LEAST, MOST = 0, 1, 2, 3
# `sum` passes over what is unknown; a `total` with an unknown part is unknown.
HOW: Final = {"sum": SUM, "total": TOTAL, "min": LEAST, "max": MOST}
NOBODY: Final = np.int32(-1)


class Numbered:
    """Distinct keys, numbered in the order they came."""

    def __init__(self, keys: Keys) -> None:
        self._table, self._known, self.numbers = _numbered(keys)

    def __len__(self) -> int:
        """Return how many distinct keys there are."""
        return len(self._known)

    def find(self, keys: Keys) -> Numbers:
        """Return the number of each key, or -1."""
        found: Numbers = _found(self._table, self._known, keys)
        return found


class Folded:
    """One value by number, gathered from any number of tables."""

    def __init__(self, how: str, size: int) -> None:
        # By number the value, and whether nothing (0), something (1) or something unknown (2) was folded in.
        self._how, self._into = HOW[how], np.zeros((size, 2), np.int64)

    def take(self, numbers: Numbers, values: pl.Series) -> None:
        """Fold values in; a null is unknown."""
        known = values.is_not_null().to_numpy()
        _fold(self._how, numbers, values.cast(pl.Int64).fill_null(0).to_numpy(), known, self._into)

    def at(self, numbers: Numbers) -> pl.Series:
        """Return the value of each number; null where nothing is known."""
        values = pl.Series(self._into[numbers, 0])
        return values.set(pl.Series((self._into[numbers, 1] != 1) | (numbers < 0)), None)


class Hashing:
    """The seeds of one run, two for each part of a key."""

    def __init__(self, parts: int = 4) -> None:
        self._seeds = [(secrets.randbits(63), secrets.randbits(63)) for _ in range(parts)]

    def keys(self, rows: pl.DataFrame, names: Sequence[str]) -> Keys:
        """Return the keys of rows by some columns."""
        mixed = [
            pl.reduce(
                lambda one, other: one ^ other,
                [pl.col(n).hash(s[half]) for n, s in zip(names, self._seeds, strict=False)],
            )
            for half in (0, 1)
        ]
        pairs = rows.select(first=mixed[0], second=mixed[1])
        return np.stack([pairs[name].to_numpy().view(np.int64) for name in ("first", "second")], axis=1)


@compiled
def _place(table: Numbers, known: Keys, keys: Keys, row: int) -> int:
    """Return where in the table a key stands, or would stand."""
    place = keys[row, 0] & (len(table) - 1)
    while table[place] >= 0 and (known[table[place], 0] != keys[row, 0] or known[table[place], 1] != keys[row, 1]):
        place = (place + 1) & (len(table) - 1)
    return int(place)


@compiled
def _numbered(keys: Keys) -> tuple[Numbers, Keys, Numbers]:
    size = 16
    while size < 2 * len(keys):
        size *= 2
    table, known = np.full(size, -1, np.int32), np.empty((len(keys), 2), np.int64)
    numbers, count = np.empty(len(keys), np.int32), 0
    for row in range(len(keys)):
        place = _place(table, known, keys, row)
        if table[place] < 0:
            table[place] = count
            known[count, 0], known[count, 1] = keys[row, 0], keys[row, 1]
            count += 1
        numbers[row] = table[place]
    return table, known[:count], numbers


@compiled
def _found(table: Numbers, known: Keys, keys: Keys) -> Numbers:
    numbers = np.empty(len(keys), np.int32)
    for row in range(len(keys)):
        numbers[row] = table[_place(table, known, keys, row)]
    return numbers


@compiled
def _fold(how: int, numbers: Numbers, values: Ints, known: Mask, into: Ints) -> None:
    for row in range(len(numbers)):
        at = numbers[row]
        if at < 0:
            continue
        if not known[row]:
            if how == TOTAL:
                into[at, 1] = 2
            continue
        value = values[row]
        if how in (SUM, TOTAL):
            into[at, 0] += value
        elif into[at, 1] == 0 or (how == LEAST and value < into[at, 0]) or (how == MOST and value > into[at, 0]):
            into[at, 0] = value
        if into[at, 1] == 0:
            into[at, 1] = 1

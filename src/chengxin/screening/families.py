"""Sorted keys and the rows they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from chengxin.screening.contracts import Family
from chengxin.screening.points import Hashes, Ints, Mask, spread

Rows = npt.NDArray[np.uint32]

# A key that leads to more rows says too little; nothing is read from it. What is cut is counted.
CAPS: Final[dict[Family, int]] = {
    Family.PAIR: 400,
    Family.LATIN_PAIR: 200,
    Family.PERSON: 2000,
    Family.ROMAN: 500,
    Family.ROMAN_LATIN: 500,
    Family.DIALECT: 100,
    Family.DIALECT_LATIN: 100,
    Family.FEWER: 300,
    Family.BASE: 300,
    Family.SPOKEN: 300,
    Family.CORE: 300,
}
_CAP: Final = 2000
_MOST_MARKS: Final = 22
_NO_ROWS: Final = np.zeros(0, np.int64)


@dataclass(frozen=True)
class Table:
    """The keys of one family in order, and the row each leads to."""

    keys: Hashes
    rows: Rows

    @classmethod
    def of(cls, keys: Hashes, rows: Ints) -> Table:
        """Return a table of keys and rows, each pair once."""
        order = np.argsort(keys, kind="stable")
        keys, places = keys[order], rows[order].astype(np.uint32)
        new = np.ones(len(keys), bool)
        new[1:] = (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])
        return cls(keys[new], places[new])

    @cached_property
    def _marks(self) -> tuple[Mask, np.uint64]:
        """Return which beginnings of keys there are, and the shift to a key's own: most keys asked are nobody's."""
        bits = min(max(len(self.keys).bit_length() + 3, 8), _MOST_MARKS)
        shift = np.uint64(64 - bits)
        marks = np.zeros(1 << bits, bool)
        marks[self.keys >> shift] = True
        return marks, shift

    def find(self, keys: Hashes, cap: int) -> tuple[Ints, Ints, int]:
        """Return the pairs (position in `keys`, row) and how many keys were cut for leading to too many rows."""
        marks, shift = self._marks
        likely = np.flatnonzero(marks[keys >> shift])
        if len(likely) == 0:
            return _NO_ROWS, _NO_ROWS, 0
        order = likely[np.argsort(keys[likely], kind="stable")]
        asked = keys[order]
        low = np.searchsorted(self.keys, asked)
        there = np.flatnonzero(self.keys[np.minimum(low, len(self.keys) - 1)] == asked) if len(self.keys) else low[:0]
        low = low[there]
        count = np.searchsorted(self.keys, asked[there], side="right") - low
        cut = int((count > cap).sum())
        count = np.where(count > cap, 0, count)
        which, place = spread(count)
        return order[there[which]], self.rows[low[which] + place].astype(np.int64), cut


def cap_of(family: Family) -> int:
    """Return how many rows a key of a family may lead to."""
    return CAPS.get(family, _CAP)

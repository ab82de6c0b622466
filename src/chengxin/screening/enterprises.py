"""The structure of an enterprise name (行政区划 + 字号 + 行业 + 组织形式), and the keys it is found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from chengxin.screening.contracts import Family
from chengxin.screening.points import Hashes, Ints, Mask, Texts, salted, spread
from chengxin.screening.readings import spoken
from chengxin.screening.words import region_number, words

_REGION_LEVELS: Final = 3
_TRADE_WORDS: Final = 5
_SHORTEST_BASE: Final = 2
_SPOKEN_WAYS: Final = 8
_LISTED_WAYS: Final = 16
_REACH: Final = 10
_SHORT_NAME: Final = 7


@dataclass(frozen=True)
class Structure:
    """Where the parts of each name end: first region, regions, brand, trade, legal form; then the branch.

    Words such as 集团 stand between trade and legal form and count with it; `form` is where the form itself begins.
    """

    texts: Texts
    first_region: Ints
    region: Ints
    brand: Ints
    trade: Ints
    form: Ints
    legal: Ints
    region_number: Ints

    @property
    def has_legal(self) -> Mask:
        """Tell which names carry a legal form."""
        return self.legal > self.form

    @property
    def has_branch(self) -> Mask:
        """Tell which names are those of a branch."""
        return self.texts.lengths > self.legal


def structure(texts: Texts, *, stated: Sequence[str] = ()) -> Structure:
    """Read the parts of names; one that names no region lies in the one that is `stated` beside it, if any."""
    table = words()
    size = len(texts)
    begins, ends = np.zeros(size, np.int64), texts.lengths.copy()
    marked, _ = table.branch_words.suffix(texts, begins, ends)
    for row in np.flatnonzero(marked < ends).tolist():
        match = table.branch_pattern.match(texts.one(row))
        if match:
            ends[row] = match.end(1)
    legal = ends.copy()
    trade, _ = table.legal_forms.suffix(texts, begins, ends)
    trade = np.where(trade < 1, ends, trade)
    form = trade
    for _ in range(2):
        shorter, _ = table.group_words.suffix(texts, begins, trade)
        trade = np.where(shorter >= _SHORTEST_BASE, shorter, trade)
    region, number, first_region = begins.copy(), np.full(size, -1), begins
    for level in range(_REGION_LEVELS):
        further, found = table.regions.prefix(texts, region, trade)
        number = np.where(found >= 0, found, number)
        region = further
        first_region = region if level == 0 else first_region
    if any(stated):
        number = np.where(number < 0, np.array([region_number(text) for text in stated]), number)
    brand = trade.copy()
    for _ in range(_TRADE_WORDS):
        shorter, _ = table.trades.suffix(texts, region, brand)
        # A brand keeps two characters if it can: 工业富联 loses no more than it must.
        brand = np.where((shorter < brand) & ((shorter - region >= 2) | (shorter == region)), shorter, brand)
    return Structure(texts, first_region, region, brand, trade, form, legal, number)


def list_keys(names: Structure, rows: Ints) -> dict[Family, tuple[Ints, Hashes]]:
    """Return the keys the named rows of a list are found by: positions in `rows`, keys."""
    texts, zero = names.texts, np.zeros(len(rows), np.int64)
    region, trade, legal = names.region[rows], names.trade[rows], names.legal[rows]
    every = np.arange(len(rows))
    base = texts.piece(rows, zero, trade)
    fewer_at, fewer = texts.shortened(rows, zero, trade)
    keep = trade[fewer_at] > _SHORTEST_BASE
    cored = (region > 0) & (trade - region >= _SHORTEST_BASE)
    keys = {
        Family.FULL: (every, texts.piece(rows, zero, legal)),
        Family.BASE: (every, base),
        Family.CORE: (every[trade > region], texts.piece(rows, region, trade)[trade > region]),
        Family.BAG: (every, texts.bag(rows, zero, trade)),
        Family.FEWER: (np.concatenate((every, fewer_at[keep])), np.concatenate((base, fewer[keep]))),
        Family.SPOKEN: _both(
            spoken(texts, rows, zero, trade, every=False, limit=_LISTED_WAYS),
            _of(every[cored], spoken(texts, rows[cored], region[cored], trade[cored], every=False, limit=_LISTED_WAYS)),
        ),
        Family.PAIR: pairs(names, rows),
    }
    return {family: (at, salted(hashes, family)) for family, (at, hashes) in keys.items()}


def _of(positions: Ints, keys: tuple[Ints, Hashes]) -> tuple[Ints, Hashes]:
    return positions[keys[0]], keys[1]


def _both(one: tuple[Ints, Hashes], other: tuple[Ints, Hashes]) -> tuple[Ints, Hashes]:
    return np.concatenate((one[0], other[0])), np.concatenate((one[1], other[1]))


def pairs(names: Structure, rows: Ints) -> tuple[Ints, Hashes]:
    """Return pairs of a first character (of the name or of what follows a region) and one soon after it."""
    texts = names.texts
    zero, every = np.zeros(len(rows), np.int64), np.arange(len(rows))
    first, region = names.first_region[rows], names.region[rows]
    second, third = first > 0, region > first
    starts = np.concatenate((zero, first[second], region[third]))
    at = np.concatenate((every, every[second], every[third]))
    reach = np.clip(names.legal[rows[at]] - starts - 1, 0, _REACH)
    owners, which = spread(reach)
    head = texts.starts[rows[at[owners]]] + starts[owners]
    first = texts.points[head].astype(np.uint64)
    later = texts.points[head + 1 + which].astype(np.uint64)
    return at[owners], (first << np.uint64(32)) | later


def query_keys(names: Structure, rows: Ints) -> dict[Family, tuple[Ints, Hashes]]:
    """Return the keys the named rows of queries are looked up by."""
    texts, zero = names.texts, np.zeros(len(rows), np.int64)
    every = np.arange(len(rows))
    region, trade, legal = names.region[rows], names.trade[rows], names.legal[rows]
    base = texts.piece(rows, zero, trade)
    fewer_at, fewer = texts.shortened(rows, zero, trade)
    keep = trade[fewer_at] > _SHORTEST_BASE
    cored = trade > region
    # What follows the base may be misspelled beyond recognition: any beginning of the name may be the base.
    openings, length = spread(np.maximum(legal - _SHORTEST_BASE + 1, 0))
    opening = texts.piece(rows[openings], zero[openings], length + _SHORTEST_BASE)
    inside = cored & (region > 0) & (trade - region >= _SHORTEST_BASE)
    short = np.flatnonzero((~names.has_legal[rows]) & (legal >= 2) & (legal <= _SHORT_NAME))
    first, second = _short_pairs(texts, rows, short)
    keys = {
        Family.FULL: (every, texts.piece(rows, zero, legal)),
        Family.BASE: (openings, opening),
        Family.CORE: (every[cored], texts.piece(rows, region, trade)[cored]),
        Family.BAG: (every, texts.bag(rows, zero, trade)),
        Family.FEWER: (np.concatenate((every, fewer_at[keep])), np.concatenate((base, fewer[keep]))),
        Family.SPOKEN: _both(
            spoken(texts, rows, zero, trade, every=False, limit=_SPOKEN_WAYS),
            _of(
                every[inside],
                spoken(texts, rows[inside], region[inside], trade[inside], every=False, limit=_SPOKEN_WAYS),
            ),
        ),
        Family.PAIR: (first, second),
    }
    return {family: (at, salted(hashes, family)) for family, (at, hashes) in keys.items()}


def _short_pairs(texts: Texts, rows: Ints, short: Ints) -> tuple[Ints, Hashes]:
    """Return the first two characters of short names."""
    head = texts.starts[rows[short]]
    first = texts.points[head].astype(np.uint64) if len(short) else np.zeros(0, np.uint64)
    second = texts.points[head + 1].astype(np.uint64) if len(short) else np.zeros(0, np.uint64)
    return short, (first << np.uint64(32)) | second

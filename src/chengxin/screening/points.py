"""Texts as one array of code points with prefix sums: any piece of any text is hashed without a loop.

The hash of a piece is the sum of `mix(character) · PRIME^place` modulo 2^64, so that pieces can be cut, joined and
shortened by arithmetic. Equal hashes nominate; who compares strings comes after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Points = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]

# A name is compared by its first characters; the longest registered names stay well below.
LONGEST: Final = 160
_FEW: Final = 128
"""Up to so many texts are read one by one."""
_CHARACTERS: Final = 0x34000
_PRIME: Final = 0x9E3779B97F4A7C15


def _powers(base: int) -> Hashes:
    values = [1]
    for _ in range(8 * LONGEST):
        values.append(values[-1] * base % 2**64)
    return np.array(values, np.uint64)


POWER: Final = _powers(_PRIME)
INVERSE: Final = _powers(pow(_PRIME, -1, 2**64))


def mix(values: Hashes) -> Hashes:
    """Return well spread 64-bit values (the finaliser of splitmix64)."""
    with np.errstate(over="ignore"):
        mixed = values + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def salted(hashes: Hashes, salt: int) -> Hashes:
    """Return the keys of one family of hashes; no two families share keys."""
    return mix(hashes ^ np.uint64(salt * 0x1F83D9ABFB41BD6B % 2**64))


def spread(counts: Ints) -> tuple[Ints, Ints]:
    """Return, for counts 2, 0, 1: whose it is (0, 0, 2) and which of them (0, 1, 0)."""
    owners = np.repeat(np.arange(len(counts)), counts)
    before = np.cumsum(counts) - counts
    return owners, np.arange(len(owners)) - before[owners]


@dataclass(frozen=True)
class Texts:
    """Folded texts as code points; `sums[k]` is the hash sum of all points before `k`."""

    points: Points
    starts: Ints
    lengths: Ints
    sums: Hashes

    @classmethod
    def of(cls, texts: Sequence[str]) -> Texts:
        """Return texts, each cut to `LONGEST` characters."""
        short = [text[:LONGEST] for text in texts]
        points = np.frombuffer("".join(short).encode("utf-32-le", "surrogatepass"), np.uint32)
        return cls.joined(points, np.fromiter(map(len, short), np.int64, len(short)))

    @classmethod
    def joined(cls, points: Points, lengths: Ints) -> Texts:
        """Return texts from their joined code points."""
        starts = np.cumsum(lengths) - lengths
        place = np.arange(len(points)) - np.repeat(starts, lengths)
        sums = np.zeros(len(points) + 1, np.uint64)
        np.cumsum(mix(points.astype(np.uint64)) * POWER[place], out=sums[1:])
        return cls(points, starts, lengths, sums)

    def __len__(self) -> int:
        return len(self.lengths)

    def piece(self, rows: Ints, begins: Ints, ends: Ints) -> Hashes:
        """Return the hash of characters `begins` to `ends` of the named rows."""
        base = self.starts[rows]
        hashes: Hashes = (self.sums[base + ends] - self.sums[base + begins]) * INVERSE[begins]
        return hashes

    def shortened(self, rows: Ints, begins: Ints, ends: Ints) -> tuple[Ints, Hashes]:
        """Return each piece without each one of its characters: positions in `rows`, and hashes."""
        owners, which = spread(ends - begins)
        base = self.starts[rows[owners]]
        begin, at = begins[owners], begins[owners] + which
        head = self.sums[base + at] - self.sums[base + begin]
        tail = (self.sums[base + ends[owners]] - self.sums[base + at + 1]) * INVERSE[1]
        return owners, (head + tail) * INVERSE[begin]

    def bag(self, rows: Ints, begins: Ints, ends: Ints) -> Hashes:
        """Return a hash of the characters of each piece whatever their order."""
        owners, which = spread(ends - begins)
        values = mix(self.points[self.starts[rows[owners]] + begins[owners] + which].astype(np.uint64))
        total = np.zeros(len(values) + 1, np.uint64)
        np.cumsum(mix(values), out=total[1:])
        stop = np.cumsum(ends - begins)
        hashes: Hashes = total[stop] - total[stop - (ends - begins)]
        return hashes

    def matrix(self, rows: Ints, width: int) -> Points:
        """Return the first `width` characters of rows, one row each, filled with zeros."""
        columns = np.arange(width)
        inside = columns < self.lengths[rows][:, None]
        at = np.where(inside, self.starts[rows][:, None] + columns, 0)
        points = self.points if len(self.points) else np.zeros(1, np.uint32)
        return np.where(inside, points[at], 0).astype(np.uint32)

    @cached_property
    def written(self) -> list[str]:
        """Return the texts themselves; for few, reading them so is quicker than as arrays."""
        return [self.one(row) for row in range(len(self))]

    def one(self, row: int) -> str:
        """Return one text."""
        start = self.starts[row]
        return self.points[start : start + self.lengths[row]].tobytes().decode("utf-32-le", "surrogatepass")


def text_hashes(texts: Sequence[str]) -> Hashes:
    """Return the hash of each whole text, as `piece` computes it."""
    made = Texts.of(texts)
    rows = np.arange(len(made))
    return made.piece(rows, np.zeros(len(made), np.int64), made.lengths)


def _characters(some: Iterable[str]) -> Mask:
    """Return a table by code point of which characters are among some."""
    table = np.zeros(_CHARACTERS, bool)
    table[[ord(character) for character in some]] = True
    return table


@dataclass(frozen=True)
class Lexicon:
    """Words known by their hash, each with a number."""

    known: dict[str, int]
    hashes: Hashes
    values: Ints
    lengths: Sequence[int]
    first: Mask
    last: Mask

    @classmethod
    def of(cls, words: dict[str, int]) -> Lexicon:
        """Return a lexicon of words and their numbers (not negative)."""
        hashes = text_hashes(list(words))
        order = np.argsort(hashes, kind="stable")
        lengths = sorted({len(word) for word in words}, reverse=True)
        ends = [_characters(word[at] for word in words) for at in (0, -1)]
        return cls(words, hashes[order], np.array(list(words.values()), np.int64)[order], lengths, *ends)

    def find(self, hashes: Hashes) -> Ints:
        """Return the number of the word with each hash, -1 where there is none."""
        at = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, self.values[at], -1)

    def prefix(self, texts: Texts, begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Return the end and number of the longest word each piece begins with; its begin and -1 without one."""
        return self._edge(texts, begins, ends, at_end=False)

    def suffix(self, texts: Texts, begins: Ints, ends: Ints) -> tuple[Ints, Ints]:
        """Return the begin and number of the longest word each piece ends with; its end and -1 without one."""
        return self._edge(texts, begins, ends, at_end=True)

    def _edge(self, texts: Texts, begins: Ints, ends: Ints, *, at_end: bool) -> tuple[Ints, Ints]:
        if len(texts) <= _FEW:
            return self._edge_of_few(texts, begins, ends, at_end=at_end)
        found = (ends if at_end else begins).copy()
        number = np.full(len(texts), -1)
        # Most names neither begin nor end with a character that any word does.
        filled = np.flatnonzero(ends > begins)
        edge = texts.points[texts.starts[filled] + (ends[filled] - 1 if at_end else begins[filled])]
        open_rows = filled[(self.last if at_end else self.first)[np.minimum(edge, _CHARACTERS - 1)]]
        for length in self.lengths:
            fits = open_rows[(ends - begins)[open_rows] >= length]
            if len(fits) == 0:
                continue
            begin = ends[fits] - length if at_end else begins[fits]
            known = self.find(texts.piece(fits, begin, begin + length))
            hit = known >= 0
            number[fits[hit]] = known[hit]
            found[fits[hit]] = begin[hit] if at_end else begin[hit] + length
            open_rows = open_rows[number[open_rows] < 0]
        return found, number

    def _edge_of_few(self, texts: Texts, begins: Ints, ends: Ints, *, at_end: bool) -> tuple[Ints, Ints]:
        """Return what `_edge` does, text by text: an array has a fixed price that few texts do not pay back."""
        found, number = (ends if at_end else begins).tolist(), [-1] * len(texts)
        likely = self._lengths_at_end if at_end else self._lengths_at_begin
        for row, (text, begin, end) in enumerate(zip(texts.written, begins.tolist(), ends.tolist(), strict=True)):
            for length in likely.get(text[end - 1 if at_end else begin], ()) if end > begin else ():
                if length <= end - begin:
                    at = end - length if at_end else begin
                    value = self.known.get(text[at : at + length])
                    if value is not None:
                        number[row], found[row] = value, at if at_end else at + length
                        break
        return np.array(found, np.int64), np.array(number, np.int64)

    @cached_property
    def _lengths_at_begin(self) -> dict[str, list[int]]:
        return _lengths(self.known, 0)

    @cached_property
    def _lengths_at_end(self) -> dict[str, list[int]]:
        return _lengths(self.known, -1)


def _lengths(words: Iterable[str], at: int) -> dict[str, list[int]]:
    """Return how long the words are that have each character at one end, the longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[at], set()).add(len(word))
    return {character: sorted(lengths, reverse=True) for character, lengths in found.items()}

"""How characters are read (读音): every reading of every character, as hashes of the joined letters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from chengxin.screening.points import POWER, Hashes, Ints, Texts, mix, spread, text_hashes

_SPACE: Final = 0x34000


@dataclass(frozen=True)
class Readings:
    """Readings by character: `first[c]` numbers them, the common ones before the rare ones."""

    first: Ints
    common: Ints
    every: Ints
    hashes: Hashes
    lengths: Ints
    spelled: tuple[str, ...]
    hong_kong: dict[str, tuple[str, ...]]

    def of(self, character: str, *, limit: int = 8) -> list[str]:
        """Return the Mandarin readings of a character, or itself."""
        point = ord(character)
        if point >= _SPACE or self.every[point] == 0:
            return [character]
        start = self.first[point]
        return list(self.spelled[start : start + min(limit, self.every[point])])


@lru_cache(maxsize=1)
def readings() -> Readings:
    """Return the table of `readings.tsv`, for folded characters as well."""
    first, common, every = np.zeros(_SPACE, np.int64), np.zeros(_SPACE, np.int64), np.zeros(_SPACE, np.int64)
    spelled: list[str] = []
    hong_kong: dict[str, tuple[str, ...]] = {}
    text = files("chengxin.screening").joinpath("data", "readings.tsv").read_text("utf-8")
    for line in text.splitlines():
        character, usual, rare, abroad = line.split("\t")
        point = ord(character)
        found = [*usual.split(","), *(rare.split(",") if rare else ())]
        first[point], common[point], every[point] = len(spelled), usual.count(",") + 1, len(found)
        spelled.extend(found)
        if abroad:
            hong_kong[character] = tuple(abroad.split(","))
    distinct = sorted(set(spelled))
    number = {syllable: place for place, syllable in enumerate(distinct)}
    at = np.array([number[syllable] for syllable in spelled])
    lengths = np.array([len(syllable) for syllable in distinct], np.int64)
    return Readings(first, common, every, text_hashes(distinct)[at], lengths[at], tuple(spelled), hong_kong)


def spoken(texts: Texts, rows: Ints, begins: Ints, ends: Ints, *, every: bool, limit: int) -> tuple[Ints, Hashes]:
    """Return, for each way to read each piece, its position in `rows` and the hash of the joined letters.

    Characters without a reading stand for themselves. A piece is read in at most `limit` ways: characters with
    several readings are varied from the left while the product allows.
    """
    table = readings()
    owners, which = spread(ends - begins)
    points = texts.points[texts.starts[rows[owners]] + begins[owners] + which]
    small = np.where(points < _SPACE, points, 0)
    ways = np.maximum((table.every if every else table.common)[small], 1)
    heads = np.cumsum(ends - begins) - (ends - begins)
    summed = np.cumsum(np.log2(ways))
    before = np.concatenate(([0.0], summed))[heads] if len(summed) else np.zeros(len(rows))
    ways = np.where(summed - before[owners] <= np.log2(limit) + 1e-9, ways, 1)
    exponent = np.cumsum(np.log2(ways)) - np.log2(ways)
    start = np.concatenate((exponent, [0.0]))[np.minimum(heads, len(exponent))]
    stride = np.rint(np.exp2(exponent - start[owners])).astype(np.int64)
    totals = np.ones(len(rows), np.int64)
    np.multiply.at(totals, owners, ways)
    totals[ends <= begins] = 0
    readers, turn = spread(totals)
    reader, place = spread((ends - begins)[readers])
    at = heads[readers[reader]] + place
    digit = turn[reader] // stride[at] % ways[at]
    known = (table.every[small] > 0)[at]
    syllable = table.first[small[at]] + digit
    lengths = np.where(known, table.lengths[syllable], 1)
    hashes = np.where(known, table.hashes[syllable], mix(points[at].astype(np.uint64)))
    run = np.cumsum(lengths) - lengths
    counts = (ends - begins)[readers]
    opening = np.cumsum(counts) - counts
    offset = run - (run[opening][reader] if len(run) else run)
    total = np.zeros(len(at) + 1, np.uint64)
    np.cumsum(hashes * POWER[np.minimum(offset, len(POWER) - 1)], out=total[1:])
    return readers, total[opening + counts] - total[opening]


WADE_GILES: Final = (
    ("zhi", "chih"), ("chi", "chih"), ("shi", "shih"), ("ri", "jih"), ("zi", "tzu"), ("ci", "tzu"), ("si", "ssu"),
    ("ju", "chu"), ("qu", "chu"), ("xu", "hsu"), ("jiong", "chiung"), ("qiong", "chiung"), ("xiong", "hsiung"),
    ("yi", "i"), ("you", "yu"), ("yan", "yen"), ("ye", "yeh"), ("yong", "yung"), ("er", "erh"), ("e", "o"),
    ("he", "ho"), ("ke", "ko"), ("ge", "ko"), ("gui", "kuei"), ("kui", "kuei"),
)  # fmt: skip
_WHOLE: Final = dict(WADE_GILES)
_INITIALS: Final = (
    ("zh", "ch"), ("x", "hs"), ("q", "ch"), ("j", "ch"), ("r", "j"), ("z", "ts"), ("c", "ts"), ("b", "p"), ("d", "t"),
    ("g", "k"),
)  # fmt: skip
_FINALS: Final = (("ian", "ien"), ("ie", "ieh"), ("ue", "ueh"), ("ong", "ung"), ("uo", "o"), ("v", "u"))


@lru_cache(maxsize=2048)
def wade_giles(syllable: str) -> str:
    """Return a pinyin syllable as Wade-Giles writes it in names, without apostrophes."""
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    keeps_initial = syllable.startswith(("ch", "sh"))
    head, rest = ("", syllable)
    for pinyin, other in _INITIALS:
        if syllable.startswith(pinyin) and not keeps_initial:
            head, rest = other, syllable[len(pinyin) :]
            break
    for pinyin, other in _FINALS:
        if rest.endswith(pinyin) and not (pinyin == "uo" and head in {"k", "h", "sh"}):
            return head + rest[: -len(pinyin)] + other
    return head + rest

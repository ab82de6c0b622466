"""Names of entries and queries as rows, and the keys persons, names in letters and identifiers are found by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from chengxin.kernel.text import fold, fold_column
from chengxin.screening.companions import chinese_words
from chengxin.screening.contracts import Family, Kind, Query
from chengxin.screening.numbers import Number, keys_of, read_number
from chengxin.screening.persons import (
    dialect_forms,
    is_chinese,
    latin_name,
    orders,
    pinyin_forms,
    skeleton,
    sound,
)
from chengxin.screening.points import LONGEST, Hashes, Ints, Texts, salted, text_hashes
from chengxin.screening.reading import read_dates
from chengxin.screening.readings import readings
from chengxin.screening.words import region_first, words

Keys = dict[Family, tuple[Ints, Hashes]]
_MOST_TOKENS: Final = 7
_ROMAN_LETTERS: Final = 28
# Below this many texts, folding one by one is quicker than a column.
_FEW: Final = 64


@dataclass(frozen=True)
class Names:
    """A line for each name and alias of some rows: row, kind, as written, folded, whether in Chinese, birth, region."""

    at: list[int]
    kind: list[str]
    written: list[str]
    folded: list[str]
    chinese: list[bool]
    born: list[str]
    region: list[str]

    def __len__(self) -> int:
        return len(self.at)


def names_of(rows: Sequence[Query]) -> Names:
    """Return the names and aliases of rows, each cut to what is compared."""
    at: list[int] = []
    written: list[str] = []
    for place, row in enumerate(rows):
        if row.name and not row.name.isspace():
            at.append(place)
            written.append(row.name[: 2 * LONGEST])
        if row.alias:
            for alias in row.alias.split("|"):
                if alias and not alias.isspace():
                    at.append(place)
                    written.append(alias[: 2 * LONGEST])
    read = list(written)
    # A region in brackets is also read as if the name began with it.
    for line, text in enumerate(written[:]):
        if (moved := region_first(text)) != text:
            at.append(at[line])
            written.append(text)
            read.append(moved)
    if len(read) > _FEW:
        folded = [text[:LONGEST] for text in fold_column(pl.Series(read)).to_list()]
    else:
        folded = [fold(text)[:LONGEST] for text in read]
    chinese = [not text.isascii() and is_chinese(text) for text in folded]
    kinds, borns = [rows[place].kind for place in at], [rows[place].birth_date for place in at]
    return Names(at, kinds, written, folded, chinese, borns, [rows[place].region for place in at])


def is_enterprise_in_chinese(names: Names) -> npt.NDArray[np.bool_]:
    """Tell which lines are names of enterprises in characters."""
    firms = [kind == Kind.ENTERPRISE and chinese for kind, chinese in zip(names.kind, names.chinese, strict=True)]
    return np.array(firms, bool)


def numbers_of(row: Query) -> list[Number]:
    """Return the identifiers of a row."""
    if not row.id_no and not row.uscc:
        return []
    cells = f"{row.id_no}|{row.uscc}".split("|")
    return [number for text in cells if text and (number := read_number(text))]


def number_keys(rows: Sequence[Query]) -> tuple[Hashes, Ints]:
    """Return the keys of the identifiers of rows and the positions of the rows."""
    found = [
        (place, f"{row.kind}:{key}")
        for place, row in enumerate(rows)
        if row.id_no or row.uscc
        for number in numbers_of(row)
        for key in keys_of(number)
    ]
    at = np.array([place for place, _ in found], np.int64)
    return salted(text_hashes([text for _, text in found]), Family.NUMBER), at


class _Collected:
    """Texts by family, hashed together at the end."""

    def __init__(self) -> None:
        self.texts: dict[Family, list[str]] = defaultdict(list)
        self.at: dict[Family, list[int]] = defaultdict(list)

    def add(self, family: Family, place: int, *texts: str) -> None:
        """Note texts of one row."""
        self.texts[family].extend(texts)
        self.at[family].extend([place] * len(texts))

    def keys(self) -> Keys:
        """Return the keys of each family."""
        return {
            family: (np.array(self.at[family], np.int64), salted(text_hashes(texts), family))
            for family, texts in self.texts.items()
        }


def person_list_keys(names: Names) -> Keys:
    """Return the keys of the names of persons, and of enterprises in letters, in a list."""
    found = _Collected()
    shortened: list[tuple[int, str, bool]] = []
    lines = zip(names.kind, names.written, names.folded, names.chinese, names.born, strict=True)
    for place, (kind, name, folded, chinese, born) in enumerate(lines):
        if kind == Kind.PERSON and chinese:
            _chinese(found, place, folded, born)
            found.add(Family.ROMAN, place, *pinyin_forms(folded))
            found.add(Family.DIALECT, place, *dialect_forms(folded))
        elif not chinese:
            _latin(found, shortened, place, name, kind)
            if kind == Kind.ENTERPRISE:
                found.add(Family.SPOKEN, place, *_letters(name))
            else:
                roman = _romans(name)
                found.add(Family.ROMAN_LATIN, place, *roman)
                found.add(Family.DIALECT_LATIN, place, *map(skeleton, roman))
    return found.keys() | _shortened(shortened)


def person_query_keys(names: Names, *, has_chinese_persons: bool) -> Keys:
    """Return the keys such names are looked up by in queries; romanised ones only where a list holds characters."""
    found = _Collected()
    shortened: list[tuple[int, str, bool]] = []
    lines = zip(names.kind, names.written, names.folded, names.chinese, names.born, strict=True)
    for place, (kind, name, folded, chinese, born) in enumerate(lines):
        if kind == Kind.PERSON and chinese:
            _chinese(found, place, folded, born)
            forms = pinyin_forms(folded)
            found.add(Family.ROMAN_LATIN, place, *forms)
            found.add(Family.DIALECT_LATIN, place, *dialect_forms(folded))
        elif kind == Kind.PERSON:
            _latin(found, shortened, place, name, kind)
            roman = _romans(name) if has_chinese_persons else []
            found.add(Family.ROMAN, place, *roman)
            found.add(Family.DIALECT, place, *map(skeleton, roman))
        elif not chinese:
            _latin(found, shortened, place, name, kind)
            found.add(Family.SPOKEN, place, *_letters(name))
    return found.keys() | _shortened(shortened)


def _chinese(found: _Collected, place: int, folded: str, born: str) -> None:
    found.add(Family.PERSON, place, folded)
    for date in read_dates(born) if born else ():
        found.add(Family.PERSON_BORN, place, f"{folded}{date}")
        found.add(Family.ROMAN_BORN, place, *(f"{form}{date}" for form in pinyin_forms(folded)))
        if len(folded) <= 20:
            fewer = {folded[:k] + folded[k + 1 :] for k in range(len(folded))} if len(folded) > 2 else set()
            found.add(Family.PERSON_FEWER_BORN, place, *(f"{text}{date}" for text in sorted({folded, *fewer})))


def _letters(name: str) -> list[str]:
    """Return the joined letters of what may be an enterprise's name in pinyin, with and without its legal form."""
    joined = "".join(latin_name(name).written)[: LONGEST - 1]
    known, lengths = _spoken_legal_forms()
    endings = [joined[-length:] for length in lengths if joined[-length:] in known]
    forms = [joined[: -len(ending)] for ending in endings if len(joined) > len(ending) + 3]
    return list(dict.fromkeys((joined, *forms)))


@lru_cache(maxsize=1)
def _spoken_legal_forms() -> tuple[frozenset[str], tuple[int, ...]]:
    """Return the legal forms in pinyin, and their lengths, the longest first."""
    legal = ["".join(readings().of(character)[0] for character in text) for text in words().legal_texts]
    groups = [f"{group}{form}" for group in ("jituan", "konggu", "jituankonggu") for form in legal]
    forms = frozenset({*legal, *groups, "jituan"})
    return forms, tuple(sorted({len(form) for form in forms}, reverse=True))


def _romans(name: str) -> list[str]:
    """Return the joined letters of what may be a romanised Chinese name, surname first."""
    ways = chinese_words(latin_name(name).written)
    read = (form for words in ways if sum(map(len, words)) <= _ROMAN_LETTERS for form in orders(words))
    return list(dict.fromkeys(read))


def _latin(found: _Collected, shortened: list[tuple[int, str, bool]], place: int, name: str, kind: str) -> None:
    read = latin_name(name, enterprise=kind == Kind.ENTERPRISE)
    tokens = read.tokens[:_MOST_TOKENS]
    if not tokens:
        return
    head = kind[0]
    sounds = sorted(map(sound, tokens))
    found.add(Family.LATIN, place, head + "".join(sounds))
    shortened.append((place, head + read.joined, True))
    if read.ordered != read.joined:
        shortened.append((place, head + read.ordered, True))
    if read.whole != read.joined:
        shortened.append((place, head + read.whole, False))
    if len(tokens) >= 2:
        found.add(Family.LATIN_PAIR, place, *(f"{head}{one} {other}" for one, other in combinations(sounds, 2)))


def _shortened(texts: list[tuple[int, str, bool]]) -> Keys:
    """Return the whole texts, and where asked also short of each letter in turn; the first letter is the kind."""
    if not texts:
        return {}
    made = Texts.of([text for _, text, _ in texts])
    place = np.array([at for at, _, _ in texts], np.int64)
    ends = np.where([shorter for _, _, shorter in texts], made.lengths, 1)
    rows = np.arange(len(made))
    begins = np.zeros(len(made), np.int64)
    owners, fewer = made.shortened(rows, begins + 1, ends)
    kind = made.piece(rows, begins, begins + 1)
    whole = made.piece(rows, begins + 1, made.lengths)
    at = np.concatenate((place, place[owners]))
    hashes = np.concatenate((whole ^ kind, fewer ^ kind[owners]))
    return {Family.LATIN_FEWER: (at, salted(hashes, Family.LATIN_FEWER))}

"""Which words of a name in letters are the Chinese one: without titles, English given names and a husband's surname."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from chengxin.screening.persons import skeleton
from chengxin.screening.readings import readings, wade_giles
from chengxin.screening.words import read_words, spellings

_LONGEST_SYLLABLE: Final = 7
_NO_SYLLABLE: Final = 99
_MARRIED: Final = 4
"""So many syllables are too many for one surname with its given name."""


def chinese_words(written: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the words that may be a romanised Chinese name, in their order: all of them first, then fewer."""
    found = [written]
    # Hon is a title and a surname, 韩.
    untitled = tuple(word for word in written if word not in _titles() or word in _surnames())
    found.append(untitled)
    found.append(tuple(word for word in untitled if syllables(word) < _NO_SYLLABLE))
    found.append(tuple(word for word in untitled if syllables(word) < _NO_SYLLABLE and word not in _given_names()))
    found += [words[1:] for words in found if _begins_with_anothers_surname(words)]
    return [words for words in dict.fromkeys(found) if words == written or len(words) >= 2]


def pinyin_syllables(word: str) -> int:
    """Return in how few syllables of pinyin a word can be spelled; 0 if it cannot."""
    fewest = _fewest(word, _pinyin())
    return fewest if fewest < _NO_SYLLABLE else 0


def syllables(word: str) -> int:
    """Return in how few syllables of any romanisation a word can be spelled; `_NO_SYLLABLE` if it cannot."""
    whole = _fewest(word, _syllables())
    return whole if whole < _NO_SYLLABLE else _fewest(skeleton(word), _skeletons())


@lru_cache(maxsize=65536)
def _fewest(word: str, known: frozenset[str]) -> int:
    fewest = [0]
    for end in range(1, len(word) + 1):
        begins = range(max(0, end - _LONGEST_SYLLABLE), end)
        fewest.append(min((fewest[at] + 1 for at in begins if word[at:end] in known), default=_NO_SYLLABLE))
    return min(fewest[-1], _NO_SYLLABLE)


def _begins_with_anothers_surname(words: tuple[str, ...]) -> bool:
    """Tell whether two surnames stand before a given name, as of a married woman: Chan Wong Mei Ling."""
    if len(words) < 3 or not {words[0], words[1]} <= _surnames() or words[0] + words[1] in _surnames():
        return False
    return sum(map(syllables, words)) >= _MARRIED


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(read_words()["latin_titles"])


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(read_words()["english_given_names"])


@lru_cache(maxsize=1)
def _pinyin() -> frozenset[str]:
    spelled = set(readings().spelled)
    return frozenset({way for one in spelled for way in (one, one.replace("v", "u"), one.replace("v", "yu"))})


@lru_cache(maxsize=1)
def _syllables() -> frozenset[str]:
    table = readings()
    abroad = {letters for ways in table.hong_kong.values() for letters in ways}
    surnames = {letters for name, ways in spellings().surnames.items() if len(name) == 1 for letters in ways}
    return frozenset(_pinyin() | set(map(wade_giles, table.spelled)) | abroad | surnames)


@lru_cache(maxsize=1)
def _skeletons() -> frozenset[str]:
    return frozenset(map(skeleton, _syllables()))


@lru_cache(maxsize=1)
def _surnames() -> frozenset[str]:
    """Return surnames as they are spelled: of the table, and as its characters are read."""
    table, known = readings(), spellings()
    read = {
        "".join(table.of(character, limit=1)[0] for character in name) for name in (*known.surnames, *known.compounds)
    }
    abroad = {table.hong_kong.get(name, (name,))[0] for name in known.surnames if len(name) == 1}
    return frozenset({letters for ways in known.surnames.values() for letters in ways} | read | abroad)

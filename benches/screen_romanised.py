"""Invented persons in characters, asked about in letters as passports, cards and papers of many places write them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import yaml

_TABLES: Final = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
SURNAMES: Final = {cell.split(",")[0]: cell.split(",")[1:] for cell in _TABLES["surnames"].split()}
GIVEN: Final = {cell.split(",")[0]: cell.split(",")[1:] for cell in _TABLES["given"].split()}
ENGLISH: Final = _TABLES["english"].split()
PINYIN, WADE_GILES, HONG_KONG = 0, 1, 2
HUSBANDS: Final = {PINYIN: ("Chen", "Wang", "Li"), HONG_KONG: ("Chan", "Wong", "Lee", "Ho")}


class Person(NamedTuple):
    """A surname and the characters of a given name."""

    surname: str
    given: Sequence[str]

    @property
    def name(self) -> str:
        """Return the name in characters."""
        return self.surname + "".join(self.given)


Way = Callable[[Person, random.Random], str]


def persons(draw: random.Random, count: int) -> list[Person]:
    """Return persons with different names."""
    found: dict[str, Person] = {}
    while len(found) < count:
        given = tuple(draw.choice(list(GIVEN)) for _ in range(draw.choice((1, 2, 2, 2))))
        one = Person(draw.choice(list(SURNAMES)), given)
        found.setdefault(one.name, one)
    return list(found.values())


def _spelled(person: Person, system: int, draw: random.Random) -> tuple[str, list[str]]:
    """Return the surname and the syllables of the given name; ü is written in one of four ways each time."""
    surname, *given = (SURNAMES[person.surname][system], *(GIVEN[one][system] for one in person.given))
    return draw.choice((surname, surname.replace("v", "yu"))).title(), [
        one.replace("v", draw.choice(("ü", "v", "yu", "u"))) for one in given
    ]


def _written(system: int, between: str) -> Way:
    """Return a way that joins the given name so, with the surname at either end."""

    def way(person: Person, draw: random.Random) -> str:
        surname, syllables = _spelled(person, system, draw)
        given = between.join(one.title() for one in syllables) if between else "".join(syllables).title()
        return draw.choice((f"{surname} {given}", f"{given} {surname}", f"{surname.upper()}, {given}"))

    return way


def _with_english(system: int, between: str) -> Way:
    def way(person: Person, draw: random.Random) -> str:
        english, name = draw.choice(ENGLISH), _written(system, between)(person, draw)
        return draw.choice((f"{english} {name}", f"{name} {english}", f"{name} ({english})"))

    return way


def _married(system: int, between: str) -> Way:
    """Return a way that puts a husband's surname first; shorter names may be somebody's own and are left out."""

    def way(person: Person, draw: random.Random) -> str:
        surname, syllables = _spelled(person, system, draw)
        given = between.join(one.title() for one in syllables) if between else "".join(syllables).title()
        return f"{draw.choice(HUSBANDS[system])} {surname} {given}" if len(syllables) > 1 else ""

    return way


def _joined(person: Person, draw: random.Random) -> str:
    surname, syllables = _spelled(person, PINYIN, draw)
    return surname + "".join(syllables)


WAYS: Final[dict[str, Way]] = {
    "pinyin": _written(PINYIN, ""),
    "hyphens": _written(PINYIN, "-"),
    "apart": _written(PINYIN, " "),
    "joined": _joined,
    "wade-giles": _written(WADE_GILES, "-"),
    "hong kong": _written(HONG_KONG, " "),
    "title": lambda person, draw: draw.choice(("Mr. ", "Dr ", "Ms ")) + _written(PINYIN, "")(person, draw),
    "english": _with_english(PINYIN, ""),
    "english, hong kong": _with_english(HONG_KONG, " "),
    "married": _married(PINYIN, ""),
    "married, hong kong": _married(HONG_KONG, " "),
}

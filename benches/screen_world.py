"""Invented names for the quality report of screening, altered as people alter them; no table of the matcher is used.

Characters are drawn as registers draw them: few places, trades and lucky characters make up most names, so that many
firms differ by one character of the brand.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

_TABLES: Final[Mapping[str, str]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
PLACES: Final = _TABLES["places"].split()
LUCKY: Final = _TABLES["lucky"].replace(" ", "")
TRADES: Final = _TABLES["trades"].split()
SURNAMES: Final = _TABLES["surnames"].replace(" ", "")
GIVEN: Final = _TABLES["given"].replace(" ", "")
STEMS: Final = _TABLES["stems"].split()
ENDS: Final = _TABLES["ends"].split()
LEGAL: Final = ["股份有限公司"] * 7 + ["有限公司"] * 3 + ["集团股份有限公司"] + ["有限责任公司"]


@lru_cache(maxsize=1)
def common_characters() -> str:
    """Return the 3 755 characters of the first level of GB 2312."""
    raw = bytes(b for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF) for b in (row, cell))
    return raw.decode("gb2312", "ignore")


@lru_cache(maxsize=1)
def homophones() -> dict[str, str]:
    """Return the characters of each reading."""
    found: dict[str, str] = defaultdict(str)
    for character in common_characters():
        found[lazy_pinyin(character)[0]] += character
    return found


class Firm:
    """An invented enterprise by its parts."""

    def __init__(self, draw: random.Random) -> None:
        rank = min(int(draw.paretovariate(0.9)) - 1, len(PLACES) - 1)
        self.place = PLACES[rank] if draw.random() < 0.62 else ""
        length = draw.choices((2, 3, 4), (82, 12, 6))[0]
        self.brand = "".join(LUCKY[min(int(len(LUCKY) * draw.random() ** 1.6), len(LUCKY) - 1)] for _ in range(length))
        count = draw.choices((0, 1, 2), (22, 60, 18))[0]
        self.trades = [TRADES[int(len(TRADES) * draw.random() ** 1.5)] for _ in range(count)]
        self.legal = draw.choice(LEGAL)

    @property
    def base(self) -> str:
        """Return the name without its legal form."""
        return self.place + self.brand + "".join(self.trades)

    @property
    def name(self) -> str:
        """Return the full name."""
        return self.base + self.legal


def firms(draw: random.Random, count: int, *, apart_from: frozenset[str] = frozenset()) -> list[Firm]:
    """Return enterprises with different bases."""
    seen, made = set(apart_from), list[Firm]()
    while len(made) < count:
        firm = Firm(draw)
        if firm.base not in seen:
            seen.add(firm.base)
            made.append(firm)
    return made


Way = Callable[[Firm, random.Random], str]


def _edited(edit: Callable[[str, int, random.Random], str]) -> Way:
    """Return a way of altering that edits one place of what precedes the legal form; empty edits do not fit."""

    def way(firm: Firm, draw: random.Random) -> str:
        base = firm.base
        edited = edit(base, draw.randrange(len(base)), draw)
        return edited + firm.legal if edited and edited != base else ""

    return way


def _homophone(base: str, at: int, draw: random.Random) -> str:
    same = homophones()[lazy_pinyin(base)[at]].replace(base[at], "")
    return base[:at] + draw.choice(same) + base[at + 1 :] if same else ""


def _swapped(base: str, at: int, _draw: random.Random) -> str:
    at = min(at, len(base) - 2)
    return base[:at] + base[at + 1] + base[at] + base[at + 2 :]


def _noise(firm: Firm, draw: random.Random) -> str:
    mark = draw.choice(("　", " ", "·", "\u200b", "-"))
    ending = draw.choice((f"（{firm.legal}）", firm.legal + " "))
    return mark.join((firm.place, firm.brand, "".join(firm.trades))) + ending


def _legal_form(firm: Firm, draw: random.Random) -> str:
    forms = ("有限公司", "股份有限公司", "有限责任公司", "集团有限公司")
    return firm.base + draw.choice([form for form in forms if form != firm.legal])


def _region(firm: Firm, draw: random.Random) -> str:
    return firm.name.removeprefix(firm.place) if firm.place else draw.choice(PLACES) + firm.name


def _short_name(firm: Firm, draw: random.Random) -> str:
    if firm.trades:
        return firm.brand + firm.trades[0][: draw.choice((2, len(firm.trades[0])))]
    return firm.brand + draw.choice(("股份", "")) if "股份" in firm.legal else firm.place + firm.brand


def _abbreviation(firm: Firm, draw: random.Random) -> str:
    if not firm.trades:
        return ""
    first, last = firm.trades[0], firm.trades[-1]
    if len(firm.trades) > 1:
        return firm.brand[:2] + draw.choice((first[0] + last[0], last))
    if firm.place:
        return draw.choice((firm.place[0] + firm.brand[0] + first[:2], firm.place[:2] + first[:2]))
    return firm.brand[0] + first[:2]


@lru_cache(maxsize=1)
def _traditional() -> OpenCC:
    return OpenCC("s2t")


WAYS: Final[dict[str, Way]] = {
    "exact": lambda firm, _: firm.name,
    "noise": _noise,
    "traditional": lambda firm, _: str(_traditional().convert(firm.name)),
    "legal_form": _legal_form,
    "branch": lambda firm, draw: firm.name + draw.choice(PLACES) + draw.choice(("分公司", "办事处", "营业部")),
    "homophone": _edited(_homophone),
    "substituted": _edited(lambda base, at, draw: base[:at] + draw.choice(common_characters()) + base[at + 1 :]),
    "dropped": _edited(lambda base, at, _: base[:at] + base[at + 1 :]),
    "doubled": _edited(lambda base, at, _: base[: at + 1] + base[at:]),
    "swapped": _edited(_swapped),
    "pinyin": lambda firm, _: " ".join(lazy_pinyin(firm.name)).title(),
    "joined_pinyin": lambda firm, _: "".join(lazy_pinyin(firm.name)),
    "short_name": _short_name,
    "abbreviation": _abbreviation,
    "region": _region,
}


def person(draw: random.Random) -> str:
    """Return an invented Chinese name."""
    return draw.choice(SURNAMES) + "".join(draw.choice(GIVEN) for _ in range(draw.choices((1, 2), (25, 75))[0]))


def romanised(name: str, draw: random.Random) -> str:
    """Return a name in pinyin as authors write it."""
    surname, *given = (part.title() for part in lazy_pinyin(name, style=Style.NORMAL, v_to_u=False))
    together = draw.choice(("".join(given).title(), "-".join(given), " ".join(given)))
    return draw.choice((f"{together} {surname}", f"{surname} {together}", f"{surname.upper()}, {together}"))


def foreigner(draw: random.Random) -> list[str]:
    """Return the words of an invented name in letters."""
    count = draw.choices((2, 3, 4), (45, 40, 15))[0]
    return [draw.choice(STEMS) + draw.choice(ENDS) + draw.choice(("", "", "", "i", "a")) for _ in range(count)]


def treated(words: list[str], born: str, draw: random.Random) -> tuple[str, str]:
    """Return a name and date of birth as they come in: one slip, other orders, titles, a part less, a digit off."""
    words, at = list(words), draw.randrange(len(words))
    way = draw.choice(("order", "slip", "slip", "double", "drop", "title", "part", "marks", "exact"))
    word, spot = words[at], draw.randrange(len(words[at]))
    if way == "order":
        words = [*words[1:], words[0]]
    elif way == "slip":
        words[at] = word[:spot] + draw.choice("abcdefghijklmnoprstuvwyz") + word[spot + 1 :]
    elif way == "double":
        words[at] = word[:spot] + word[spot] + word[spot:]
    elif way == "drop":
        words[at] = word[:spot] + word[spot + 1 :]
    elif way == "title":
        words = [draw.choice(("Mullah", "Dr.", "Haji", "General")), *words]
    elif way == "part" and len(words) > 2:
        del words[at]
    name = draw.choice((" ", "-", ", ") if way == "marks" else (" ",)).join(words)
    date = draw.random()
    if born and date < 0.1:
        place = draw.choice((3, 6, 9))
        born = born[:place] + str((int(born[place]) + 1) % 10) + born[place + 1 :]
    return name.upper() if draw.random() < 0.5 else name.title(), "" if 0.1 <= date < 0.2 else born


def birthday(draw: random.Random) -> str:
    """Return a date of birth."""
    return f"{draw.randint(1940, 1999)}-{draw.randint(1, 9):02}-{draw.randint(1, 28):02}"

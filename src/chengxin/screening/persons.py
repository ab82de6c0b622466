"""Names of persons: Chinese in characters and in every romanisation, others in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product
from typing import Final, NamedTuple

from chengxin.screening.readings import readings, wade_giles
from chengxin.screening.words import read_words, spellings

_LONGEST_CHINESE: Final = 5
_WAYS: Final = 32
_HAN: Final = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f]")
_SPLIT: Final = re.compile(r"[\W_]+")
# What NFKD leaves: letters that are no base and mark.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ħ": "h",
     "'": "", "’": "", "‘": "", "`": "", "ʻ": "", "ʼ": "", "ʿ": "", "ʾ": ""}
)  # fmt: skip


def is_chinese(folded: str) -> bool:
    """Tell whether a name is written in Chinese characters."""
    return _HAN.search(folded) is not None


def pinyin_forms(name: str) -> list[str]:
    """Return a name of two to five characters as joined pinyin, surname first, read in every way."""
    if not 2 <= len(name) <= _LONGEST_CHINESE:
        return []
    table = readings()
    ways = product(*(table.of(character) for character in name))
    forms: list[str] = []
    for syllables in islice(ways, _WAYS):
        # ü is written ü, v, u or yu, and not always alike within one name.
        spelled = product(
            *((one, one.replace("v", "u"), one.replace("v", "yu")) if "v" in one else (one,) for one in syllables)
        )
        forms += map("".join, spelled)
    return list(dict.fromkeys(forms))


def dialect_forms(name: str) -> list[str]:
    """Return the skeletons of a name as Wade-Giles, Hong Kong and the surnames of South-East Asia spell it."""
    if not 2 <= len(name) <= _LONGEST_CHINESE:
        return []
    table, known = readings(), spellings()
    cut = 2 if name[:2] in known.compounds and len(name) > 2 else 1
    surname, given = name[:cut], name[cut:]
    mandarin = ["".join(way) for way in islice(product(*(table.of(c, limit=2) for c in given)), 4)]
    taiwan = ["".join(map(wade_giles, way)) for way in islice(product(*(table.of(c, limit=2) for c in given)), 4)]
    cantonese = ["".join(way) for way in islice(product(*(table.hong_kong.get(c, (c,)) for c in given)), 9)]
    # 仇, 单, 曾 are read otherwise as surnames, 欧阳 is not.
    read = ["".join(way) for way in product(*(table.of(c, limit=3 if cut == 1 else 1) for c in surname))]
    spelled = [
        "".join(map(wade_giles, way)) for way in product(*(table.of(c, limit=3 if cut == 1 else 1) for c in surname))
    ]
    abroad = ["".join(way) for way in product(*(table.hong_kong.get(c, (c,))[:2] for c in surname))]
    others = known.surnames.get(surname, ())
    forms = [one + rest for one in spelled for rest in (*taiwan, *mandarin)]
    forms += [usual + rest for usual in read for rest in taiwan]
    forms += [other + rest for other in (*others, *abroad) for rest in (*cantonese, *mandarin, *taiwan)]
    return list(dict.fromkeys(skeleton(form) for form in forms))


def orders(tokens: tuple[str, ...]) -> list[str]:
    """Return the joined letters of a romanised name, surname first, whichever end the surname stood at."""
    if not 2 <= len(tokens) <= _LONGEST_CHINESE:
        return ["".join(tokens)] if len(tokens) == 1 else []
    forms = ["".join(tokens), tokens[-1] + "".join(tokens[:-1])]
    if len(tokens) > 2:
        forms.append("".join(tokens[1:]) + tokens[0])
    joined = list(dict.fromkeys(forms))
    return [form.replace("ü", "v") for form in joined]


_DIALECT: Final = (
    ("eong", "eung"), ("um", "am"), ("or", "o"), ("tj", "c"),
    ("tsz", "ci"), ("sze", "si"), ("ts", "c"), ("tz", "c"), ("ch", "c"), ("zh", "c"), ("z", "c"), ("hs", "s"),
    ("sh", "s"), ("x", "s"),
    ("kw", "k"), ("gw", "k"), ("qu", "k"), ("q", "c"), ("ee", "i"), ("ey", "i"), ("ei", "i"), ("ie", "i"), ("oo", "u"),
    ("ou", "o"), ("ow", "au"), ("yuen", "yun"), ("uen", "un"), ("yue", "yu"), ("eu", "e"), ("j", "c"), ("b", "p"),
    ("d", "t"), ("g", "k"), ("oh", "o"), ("ah", "a"), ("uh", "u"),
)  # fmt: skip


@lru_cache(maxsize=65536)
def skeleton(letters: str) -> str:
    """Return a romanised Chinese name without what the ways of spelling differ in."""
    for spelled, plain in _DIALECT:
        letters = letters.replace(spelled, plain)
    return letters


class LatinName(NamedTuple):
    """A name in letters: its words without titles and particles, as first written, and joined in three ways."""

    tokens: tuple[str, ...]
    written: tuple[str, ...]
    joined: str
    ordered: str
    whole: str


@lru_cache(maxsize=1)
def _dropped() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    groups = read_words()
    return (
        frozenset(groups["latin_titles"]),
        frozenset(groups["latin_particles"]),
        frozenset(groups["latin_legal_forms"]),
    )


def particles() -> frozenset[str]:
    """Return the words within names that do not count: al, bin, de, van."""
    return _dropped()[1]


@lru_cache(maxsize=1)
def _surnames_too() -> frozenset[str]:
    return frozenset(read_words()["latin_surnames_too"])


def plain_letters(text: str) -> str:
    """Return letters without marks, in lower case: é is e, ø is o, Ö is o."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    small = unicodedata.normalize("NFKC", text).lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))
    return bare.translate(_LETTERS)


@lru_cache(maxsize=131072)
def latin_name(text: str, *, enterprise: bool = False) -> LatinName:
    """Return the words of a name in letters; titles, particles and legal forms do not count while two words remain."""
    titles, particles, legal = _dropped()
    cleaned = text.replace(".", "") if enterprise else text.replace(".", " ")
    written = tuple(token for token in _SPLIT.split(plain_letters(cleaned)) if token)
    out = legal if enterprise else titles | particles
    ends = {0, len(written) - 1}
    tokens = tuple(
        token
        for at, token in enumerate(written)
        if token not in out or (token in _surnames_too() and at in ends and len(written) > 2 and not enterprise)
    )
    if len(tokens) < 2 and not enterprise:
        tokens = tuple(token for token in written if token not in titles)
    tokens = tokens or written
    return LatinName(tokens, written, "".join(tokens), "".join(sorted(tokens)), "".join(written))


_SOUNDS: Final = (
    ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("sch", "sh"), ("tch", "ch"), ("dj", "j"),
    ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("y", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("o", "u"), ("e", "i"), ("z", "s"), ("c", "k"),
)  # fmt: skip
_CHANGES: Final = re.compile(r"(.)\1+")
_VOWELS: Final = re.compile("[aiu]+")


@lru_cache(maxsize=262144)
def sound(token: str) -> str:
    """Return a word as it sounds, roughly: Mohammed, Muhammad and Mohamed are one."""
    made = token
    for spelled, plain in _SOUNDS:
        if spelled in made:
            made = made.replace(spelled, plain)
    made = _CHANGES.sub(r"\1", made)
    if len(made) < 4:
        return made
    head, rest = made[0], made[1:]
    rest = _VOWELS.sub("", rest.replace("h", "") if len(rest) > 3 else rest)
    return head + rest

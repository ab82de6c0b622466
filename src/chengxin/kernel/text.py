"""Text as people type it: cleaned before it is kept, folded before it is searched or compared.

`clean` removes what no one sees and keeps the rest as written. `fold` is for machines only: width, case,
simplified/traditional (简繁), spaces and punctuation make no difference. A folded text is never shown.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

# Controls and format characters (zero width, bidi, BOM, soft hyphen, tags); line feeds stay, tabs become spaces.
_UNSEEN: Final = r"[\x00-\x08\x0B-\x1F\x7F-\x9F\p{Cf}\x{FFFE}\x{FFFF}]"
_LINES: Final = r"\r\n?|[\x{2028}\x{2029}]"
_SEPARATOR: Final = "\n"
_SLOW: Final = 0xFFFFFFFF


@dataclass(frozen=True, kw_only=True)
class Cleaned:
    """A text ready to be kept, and the names of the characters that were taken out of it."""

    text: str
    removed: tuple[str, ...] = ()


def clean(text: str) -> Cleaned:
    """Return a text without NUL, controls, bidi and zero-width characters and outer spaces, and what was removed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    unseen = [character for character in lines if _is_unseen(character)]
    kept = "".join(character for character in lines if not _is_unseen(character)) if unseen else lines
    names = tuple(sorted({f"U+{ord(character):04X}" for character in unseen}))
    return Cleaned(text=kept.replace("\t", " ").strip(), removed=names)


def clean_column(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Clean a string column; return the texts and a boolean column that tells where something was removed."""
    text = pl.col("text")
    if texts.str.contains(r"[\x00-\x1F\x7F-\x9F\p{Cf}\x{2028}\x{2029}\x{FFFE}\x{FFFF}]").any():
        text = text.str.replace_all(_LINES, "\n").str.replace_all("\t", " ", literal=True)
        kept = text.str.replace_all(_UNSEEN, "")
        frame = texts.to_frame("text").select(kept.str.strip_chars().alias("kept"), (kept != text).alias("removed"))
        return frame["kept"], frame["removed"].fill_null(value=False)
    return texts.str.strip_chars(), pl.repeat(value=False, n=len(texts), dtype=pl.Boolean, eager=True)


def _is_unseen(character: str) -> bool:
    if character in "\t\n":
        return False
    if unicodedata.category(character) in {"Cc", "Cf"} or character in "\ufffe\uffff":
        return True
    # The joiners of hieroglyphs: those of Unicode 15 are unknown to Python 3.11 and known to the column.
    return "\U00013430" <= character <= "\U0001343f"


def fold(text: str) -> str:
    """Return a text as it is compared: NFKC, lower case, simplified, without spaces, punctuation and controls."""
    if not text:
        return ""
    folded = _fold_once(text)
    # Removing a character can bring two together that combine; the second pass makes fold(fold(x)) == fold(x).
    return folded if folded.isascii() or _is_plain(folded) else _fold_once(folded)


def _fold_once(text: str) -> str:
    compatible = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    simplified = compatible.translate(_simplified())
    return "".join(character for character in simplified if not _is_dropped(character))


def fold_column(texts: pl.Series) -> pl.Series:
    """Fold a string column: equal to `fold` row by row, done on the distinct values as one array of code points."""
    distinct = texts.drop_nulls().unique()
    if len(distinct) > 0.9 * len(texts) and not texts.has_nulls():
        return pl.Series(texts.name, _fold_many(texts.to_list()), dtype=pl.String)
    return texts.replace_strict(distinct, pl.Series(_fold_many(distinct.to_list()), dtype=pl.String), default=None)


def _fold_many(texts: list[str]) -> list[str]:
    """Fold many texts at once through a table of code points; the few it cannot decide go through `fold`."""
    if not texts:
        return []
    joined = _SEPARATOR.join(texts)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    if joined.count(_SEPARATOR) != len(texts) - 1:
        return [fold(text) for text in texts]
    folded = _folding_table()[points]
    slow = folded == _SLOW
    folded[slow] = ord("?")
    result: list[str] = folded[folded != 0].tobytes().decode("utf-32-le").split(_SEPARATOR)
    if slow.any():
        rows = np.cumsum(points == ord(_SEPARATOR))
        for row in np.unique(rows[slow]).tolist():
            result[row] = fold(texts[row])
    return result


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    """Return traditional → simplified single characters of OpenCC (TSCharacters), followed to their end.

    Variants used in Taiwan and Hong Kong are brought to the OpenCC standard form first.
    """
    steps: dict[str, str] = {}
    for name in ("TWVariants.txt", "HKVariants.txt", "TSCharacters.txt"):
        forward = name.startswith("TS")
        for line in files("opencc").joinpath("dictionary", name).read_text("utf-8").splitlines():
            source, _, targets = line.partition("\t")
            target = targets.split(" ")[0].strip()
            # The variant tables lead from the standard form to the local one: read backwards.
            key, value = (source, target) if forward else (target, source)
            if len(key) == 1 == len(value) and key != value and (forward or not _is_mainland(key)):
                steps[key] = value
    return {ord(key): _end_of(key, steps) for key in steps}


def _is_mainland(character: str) -> bool:
    """Tell whether a character is itself in common use on the mainland (GB 2312), as 著 beside 着."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _end_of(character: str, steps: dict[str, str]) -> str:
    """Follow a chain of variants; a ring ends at its smallest member, so that all its members fold alike."""
    seen = [character]
    while (following := steps.get(seen[-1])) is not None:
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def _is_dropped(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cn":
        # Ideographs younger than this Python stand in people's names, and dropped they would make two names one.
        return not any(ord(character) in block for block in _KEPT)
    if category[0] in "CPZ":
        return category != "Co"
    return category == "Mn" and unicodedata.name(character, "").startswith("VARIATION SELECTOR")


def _is_plain(text: str) -> bool:
    return unicodedata.is_normalized("NFKC", text) and text.casefold() == text


# What the table decides: it computes these ranges, keeps the Chinese blocks as they are and calls all else slow.
_COMPUTED: Final = (range(0x3400), range(0xA000, 0xA4D0), range(0xF900, 0xFB00), range(0xFE10, 0x10000))
_KEPT: Final = (range(0x3400, 0xA000), range(0xE000, 0xF900), range(0x20000, 0x2F800), range(0x30000, 0x33480))


@lru_cache(maxsize=1)
def _folding_table() -> npt.NDArray[np.uint32]:
    """Return code point → folded code point, 0 for dropped, `_SLOW` where the neighbours matter."""
    table = np.full(0x110000, _SLOW, np.uint32)
    for block in _KEPT:
        table[block.start : block.stop] = np.arange(block.start, block.stop, dtype=np.uint32)
    for block in _COMPUTED:
        for point in block:
            character = chr(point)
            if not any(_joins(part) for part in unicodedata.normalize("NFKC", character)):
                folded = fold(character)
                table[point] = (ord(folded) if folded else 0) if len(folded) <= 1 else _SLOW
    for traditional, simple in _simplified().items():
        table[traditional] = ord(simple)
    table[ord(_SEPARATOR)] = ord(_SEPARATOR)
    return table


def _joins(character: str) -> bool:
    """Tell whether a character may combine with the one before it: marks and Hangul letters do."""
    return unicodedata.category(character)[0] == "M" or "\u1100" <= character <= "\u11ff"

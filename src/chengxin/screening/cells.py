"""What a column of a register holds, and what makes two of its cells alike (姓名、日期、号码、文字)."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from chengxin.kernel.text import fold_column
from chengxin.screening.readings import readings

_ALIKE: Final = 0.86
_MOST: Final = 0.8
"""A column is of a kind when so many of its filled cells are."""
_SAMPLE: Final = 5_000
_SEPARATOR: Final = "\n"
_DATE: Final = r"^\s*((?:1[89]|20)\d\d)\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?\s*$"
_DATE_PARTS: Final = ((0, 4), (4, 2), (6, 2))
_HAN_NAME: Final = r"^[\x{3400}-\x{9fff}\x{20000}-\x{3347f}]{2,5}$"


class Holds(Enum):
    """What a column holds; each is compared in its own way."""

    NAME = rf"{_HAN_NAME}"
    DATE = rf"{_DATE}"
    NUMBER = r"^[0-9]{14,17}[0-9x]$"
    DIGITS = r"^\d+$"
    TEXT = ""


def what_it_holds(one: pl.Series, other: pl.Series) -> Holds:
    """Return what a column of two registers holds, by a sample of its cells as written."""
    said = pl.concat([side.filter(side != "").head(_SAMPLE) for side in (one, other)])
    if len(said) == 0:
        return Holds.TEXT
    folded = fold_column(said)
    for kind in (Holds.DATE, Holds.NAME, Holds.NUMBER, Holds.DIGITS):
        fitting = (said if kind is Holds.DATE else folded).str.contains(kind.value)
        if int(fitting.sum()) >= _MOST * len(said):
            return kind
    return Holds.TEXT


def read_cells(cells: pl.Series, kind: Holds) -> pl.Series:
    """Return cells as they are compared: folded, dates as yyyymmdd however they are written."""
    folded = fold_column(cells)
    if kind is Holds.DIGITS:
        return folded.str.replace(r"^86(1\d{10})$", "${1}")
    if kind is not Holds.DATE:
        return folded
    parts = [cells.str.extract(_DATE, group).str.zfill(width) for group, width in ((1, 4), (2, 2), (3, 2))]
    dates = parts[0] + parts[1] + parts[2]
    return dates.fill_null(folded)


def nominating(texts: pl.Series, kind: Holds) -> pl.Series:
    """Return what candidates share: names their sounds in any order, dates also with day and month exchanged."""
    if kind is Holds.NAME:
        return pl.Series(_sounds(texts.to_list()), dtype=pl.String)
    if kind is Holds.DATE:
        month, day = texts.str.slice(4, 2), texts.str.slice(6)
        swapped = month > day
        return texts.str.slice(0, 4) + day.zip_with(swapped, month) + month.zip_with(swapped, day)
    return texts


def are_alike(
    one: pl.Series, other: pl.Series, kind: Holds, *, keys: tuple[pl.Series, pl.Series]
) -> npt.NDArray[np.bool_]:
    """Tell which paired cells that differ, both filled, may be one value written badly; `keys` nominate them."""
    a, b = one.to_list(), other.to_list()
    if kind in {Holds.TEXT, Holds.NAME}:
        alike: npt.NDArray[np.bool_] = process.cpdist(a, b, scorer=JaroWinkler.similarity, dtype=np.float32) >= _ALIKE
        return alike | keys[0].eq(keys[1]).to_numpy() if kind is Holds.NAME else alike
    slips = process.cpdist(a, b, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    if kind is Holds.NUMBER:
        # Numbers of one place and day differ in little else: one slip, or two digits that changed places.
        two = np.flatnonzero(slips == 2)
        exchanged = np.zeros(len(slips), bool)
        exchanged[two] = [sorted(a[place]) == sorted(b[place]) for place in two.tolist()]
        return np.asarray((slips <= 1) | exchanged)
    if kind is Holds.DATE:
        return np.asarray((slips <= 1) | _share_two_parts(one, other) | keys[0].eq(keys[1]).to_numpy())
    long = np.fromiter((min(len(x), len(y)) >= 4 for x, y in zip(a, b, strict=True)), bool, len(a))
    return np.asarray((slips <= 2) & long)


def _share_two_parts(one: pl.Series, other: pl.Series) -> npt.NDArray[np.bool_]:
    """Tell which dates share two of year, month and day."""
    parts = [one.str.slice(at, long).eq(other.str.slice(at, long)).to_numpy() for at, long in _DATE_PARTS]
    return np.asarray(np.sum(parts, axis=0) >= 2)


def _sounds(names: list[str]) -> list[str]:
    """Return each name as the sounds of its characters, in one order for all."""
    sounded = _SEPARATOR.join(names).translate(_representatives()).split(_SEPARATOR)
    return ["".join(sorted(name)) for name in sounded]


@lru_cache(maxsize=1)
def _representatives() -> dict[int, int]:
    """Return, for each character, the first one that is usually read alike."""
    table = readings()
    first: dict[str, int] = {}
    found: dict[int, int] = {}
    for point in np.flatnonzero(table.every).tolist():
        sound = table.spelled[table.first[point]]
        found[point] = first.setdefault(sound, point)
    return found

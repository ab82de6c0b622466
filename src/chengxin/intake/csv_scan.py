"""Find rows and cells in the bytes of a CSV, compiled: for who looks at bytes and reads only a few of the rows.

The scan is sure or says so. A row that holds what nobody sees, or a cell that has to be unpacked, is *odd*; a text that
is not plainly laid out (rows of other widths, empty rows, quotation marks inside a cell) is not scanned at all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chengxin.kernel.compiled import Bytes, Ints, Mask, Whole, compiled

_QUOTE, _LINE, _RETURN, _TAB, _SPACE = b'"\n\r\t '
_SEGMENT = 1 << 15


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """Where each row starts (rows + 1), where its cells begin and end without blanks about them, which rows are odd."""

    text: Bytes
    starts: Ints
    cells: Ints
    odd: Mask


def scan(raw: bytes, *, separator: str, width: int) -> Scanned | None:
    """Scan rows of UTF-8, the last of which ends with a line feed; None where they are not plainly laid out."""
    text = np.frombuffer(raw, np.uint8)
    most = raw.count(b"\n")
    starts, cells, odd = np.empty(most + 1, np.int64), np.empty((most, width, 2), np.int64), np.empty(most, np.bool_)
    places = np.empty(len(text) + 1, np.int64)
    count = _marks(text, ord(separator), places)
    rows = _rows(text, ord(separator), places[:count], starts, cells, odd)
    if rows < 0 or not _is_utf8(raw):
        return None
    return Scanned(text=text, starts=starts[: rows + 1], cells=cells[:rows], odd=odd[:rows])


def _is_utf8(raw: bytes) -> bool:
    try:
        pl.Series([raw], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        return False
    return True


@compiled
def _marks(text: Bytes, separator: int, places: Ints) -> Whole:
    """Write where something stands that matters and return how many: layout, and what nobody sees.

    Of characters that take several bytes these are odd: spaces of another kind (U+0080–00A0, 1680, 2000–200F,
    2028–202F, 205F–206F, 3000), the soft hyphen, U+FEC0–FEFF and U+FFC0–FFFF, and all of U+1000–1FFF.
    """
    found: Whole = 0
    size = len(text)
    marks = np.zeros(_SEGMENT, np.uint8)
    for start in range(0, size, _SEGMENT):
        length = min(_SEGMENT, size - start)
        seen = max(0, min(length, size - start - 2))
        first, second, third = text[start:], text[start + 1 :], text[start + 2 :]
        for at in range(seen):
            one, two, three = first[at], second[at], third[at]
            marks[at] = (
                ((one < _SPACE) & (one != _TAB))
                | (one == separator)
                | (one == _QUOTE)
                | (one == 0x7F)
                | (one == 0xE1)
                | ((one == 0xC2) & ((two <= 0xA0) | (two == 0xAD)))
                | ((one == 0xE2) & (two == 0x80) & ((three <= 0x8F) | ((three >= 0xA8) & (three <= 0xAF))))
                | ((one == 0xE2) & (two == 0x81) & (three >= 0x9F))
                | ((one == 0xE3) & (two == 0x80) & (three == 0x80))
                | ((one == 0xEF) & ((two == 0xBB) | ((two == 0xBF) & (three >= 0x80))))
            )
        marks[seen:length] = 1
        for at in range(length):
            places[found] = start + at
            found += np.int64(marks[at])
    return found


@compiled
def _quoted(text: Bytes, separator: int, places: Ints, following: int) -> tuple[int, int, bool]:
    """Return the end of a cell in quotation marks, the place in `places` after it, and whether it is odd; or -1."""
    odd = False
    while following + 1 < len(places):
        end = places[following]
        following += 1
        if text[end] != _QUOTE:
            # A separator belongs to the cell; also a line feed does, and such a cell is read by who knows how.
            odd = odd or text[end] != separator
        elif text[end + 1] == _QUOTE:
            odd = True
            following += 1
        else:
            behind = end + 1
            if text[behind] == _RETURN and behind + 1 < len(text) and text[behind + 1] == _LINE:
                following += 1
                behind += 1
            if text[behind] == separator or text[behind] == _LINE:
                return end, following, odd
            break
    return -1, following, odd


@compiled
def _bare(text: Bytes, separator: int, places: Ints, following: int) -> tuple[int, int, bool]:
    """Return the same of a cell without quotation marks."""
    odd = False
    place = places[following]
    while text[place] != separator and text[place] != _LINE:
        if text[place] == _QUOTE:
            return -1, following, odd
        odd = odd or text[place] != _RETURN or text[place + 1] != _LINE
        following += 1
        place = places[following]
    if text[place] == _LINE and place > 0 and text[place - 1] == _RETURN:
        place -= 1
    return place, following, odd


@compiled
def _row(text: Bytes, separator: int, places: Ints, position: tuple[int, int], cells: Ints) -> tuple[int, int, bool]:
    """Write the cells of one row and return where the next starts, its place in `places`, and oddity; or -1."""
    at, following = position
    odd, filled = False, False
    for column in range(len(cells)):
        begin = at
        if places[following] == at and text[at] == _QUOTE:
            begin = at + 1
            end, following, strange = _quoted(text, separator, places, following + 1)
        else:
            end, following, strange = _bare(text, separator, places, following)
        if end < 0:
            return -1, 0, odd
        odd = odd or strange
        behind = places[following]
        following += 1
        at = behind + 1
        if (text[behind] == _LINE) != (column + 1 == len(cells)):
            return -1, 0, odd
        filled = filled or end > begin
        while begin < end and (text[begin] == _SPACE or text[begin] == _TAB):
            begin += 1
        while end > begin and (text[end - 1] == _SPACE or text[end - 1] == _TAB):
            end -= 1
        cells[column, 0], cells[column, 1] = begin, end
    return (at, following, odd) if filled else (-1, 0, odd)


@compiled
def _rows(text: Bytes, separator: int, places: Ints, starts: Ints, cells: Ints, odd: Mask) -> int:  # noqa: PLR0917
    """Fill `starts`, `cells` and `odd` and return how many rows there are, or -1."""
    at = following = row = 0
    while at < len(text):
        starts[row] = at
        at, following, odd[row] = _row(text, separator, places, (at, following), cells[row])
        if at < 0:
            return -1
        row += 1
    starts[row] = len(text)
    return row

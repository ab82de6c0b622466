"""Find rows and cells in the bytes of a CSV, compiled: for who looks at bytes and reads only a few of the rows.

The scan is sure or says so. A row that holds what nobody sees, or a cell that has to be unpacked, is *odd*; a text that
is not plainly laid out (rows of other widths, empty rows, quotation marks inside a cell) is not scanned at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import polars as pl

from chengxin.kernel.compiled import Bytes, Ints, Mask, Place, Whole, compiled

_QUOTE, _LINE, _RETURN, _TAB, _SPACE = b'"\n\r\t '
# Kinds of bytes: plain, the three of the layout, a carriage return, never seen, perhaps the first of one never seen.
_PLAIN, _CELL_ENDS, _ROW_ENDS, _QUOTES, _RETURNS, _UNSEEN, _LEADS = range(7)
_ONE = np.uint64(1)
# Rows whose text and cells stay near the processor while column after column is looked at.
_TOGETHER: Final = 4000


class NotPlain(Exception):
    """A text is not plainly laid out, or it is not UTF-8."""


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """Some rows of a text: where each starts, where its cells begin and end without blanks about them, which are odd.

    `starts` (rows) and `cells` (columns, rows, 2) count bytes from the start of the text; `cells` is good only until
    the next rows are scanned.
    """

    text: Bytes
    starts: Ints
    cells: Ints
    odd: Mask


def scan(raw: bytes, *, separator: str, width: int) -> Iterator[Scanned]:
    """Scan rows of UTF-8, the last of which ends with a line feed; raise `NotPlain` where they are laid out otherwise.

    What was yielded before counts for nothing then.
    """
    text, kinds = np.frombuffer(raw, np.uint8), _kinds(separator)
    at: Whole = 0
    cells = np.empty((width, _TOGETHER, 2), np.int64)
    while at < len(text):
        starts, odd = np.empty(_TOGETHER, np.int64), np.empty(_TOGETHER, np.bool_)
        begin = at
        rows, at = _rows(text, kinds, begin, starts, cells, odd)
        if at < 0 or not _is_utf8(raw[begin:at]):
            raise NotPlain
        _trim(text, cells[:, :rows])
        yield Scanned(text=text, starts=starts[:rows], cells=cells[:, :rows], odd=odd[:rows])


def _is_utf8(raw: bytes) -> bool:
    try:
        pl.Series([raw], dtype=pl.Binary).cast(pl.String)
    except pl.exceptions.PolarsError:
        return False
    return True


@cache
def _kinds(separator: str) -> Bytes:
    """Return the kind of each byte.

    Of characters that take several bytes these are odd: spaces of another kind (U+0080–00A0, 1680, 2000–200F,
    2028–202F, 205F–206F, 3000), the soft hyphen, U+FEC0–FEFF and U+FFC0–FFFF, and all of U+1000–1FFF.
    """
    kinds = np.full(256, _PLAIN, np.uint8)
    kinds[:_SPACE] = _UNSEEN
    kinds[[0x7F, 0xE1]] = _UNSEEN
    kinds[[0xC2, 0xE2, 0xE3, 0xEF]] = _LEADS
    kinds[_TAB] = _PLAIN
    kinds[_LINE], kinds[_RETURN], kinds[_QUOTE], kinds[ord(separator)] = _ROW_ENDS, _RETURNS, _QUOTES, _CELL_ENDS
    return kinds


@compiled
def _rows(text: Bytes, kinds: Bytes, at: Whole, starts: Ints, cells: Ints, odd: Mask) -> tuple[Whole, Whole]:  # noqa: PLR0917
    """Fill `starts`, `cells` and `odd` from a place on; return how many rows there are and the place behind, or -1."""
    row, place, size = 0, np.uint64(at), np.uint64(len(text))
    while place < size and row < len(starts):
        starts[row] = place
        place, odd[row] = _row(text, kinds, place, cells, row)
        if place == 0:
            return row, -1
        row += 1
    return row, np.int64(place)


@compiled
def _row(text: Bytes, kinds: Bytes, at: Place, cells: Ints, row: int) -> tuple[Place, bool]:
    """Write the cells of one row; return where the next starts, or 0, and oddity."""
    odd, filled, size = False, False, np.uint64(len(text))
    for column in range(len(cells)):
        quoted = text[at] == _QUOTE
        begin = at = at + np.uint64(quoted)
        while at < size:
            # The text ends with a line feed, which is not plain.
            while kinds[text[at]] == _PLAIN:
                at += _ONE
            kind = kinds[text[at]]
            if quoted and kind == _QUOTES and text[at + _ONE] == _QUOTE:
                # One that is written twice has to be unpacked.
                at, odd = at + _ONE, True
            elif kind == _QUOTES or (kind <= _ROW_ENDS and not quoted):
                break
            elif kind != _CELL_ENDS:
                # A separator belongs to the cell; so does a line feed, and such a cell is read by who knows how.
                odd |= _is_odd(text, at, kind, quoted)
            at += _ONE
        cells[column, row, 0], cells[column, row, 1] = begin, at
        filled |= bool(at > begin and text[begin] != _RETURN)
        if quoted:
            at += _ONE
            if at < size and text[at] == _RETURN and column + 1 == len(cells):
                at += _ONE
        # The last cell ends with its row and no other does.
        if at >= size or kinds[text[at]] != (_ROW_ENDS if column + 1 == len(cells) else _CELL_ENDS):
            return np.uint64(0), odd
        at += _ONE
    return (at, odd) if filled else (np.uint64(0), odd)


@compiled
def _trim(text: Bytes, cells: Ints) -> None:
    """Leave blanks about cells out, and the carriage return before a line feed."""
    for column in range(len(cells)):
        for row in range(cells.shape[1]):
            begin, end = np.uint64(cells[column, row, 0]), np.uint64(cells[column, row, 1])
            if end > begin and text[end] == _LINE and text[end - _ONE] == _RETURN:
                end -= _ONE
            while begin < end and (text[begin] == _SPACE or text[begin] == _TAB):
                begin += _ONE
            while end > begin and (text[end - _ONE] == _SPACE or text[end - _ONE] == _TAB):
                end -= _ONE
            cells[column, row, 0], cells[column, row, 1] = begin, end


@compiled
def _is_odd(text: Bytes, at: Place, kind: int, quoted: bool) -> bool:
    """Tell whether something that nobody sees, or that belongs to the layout, stands inside a cell."""
    if kind == _RETURNS and not quoted:
        return bool(text[at + _ONE] != _LINE)
    if kind != _LEADS or at + _ONE + _ONE >= np.uint64(len(text)):
        return True
    one, two, three = text[at], text[at + _ONE], text[at + _ONE + _ONE]
    return bool(
        ((one == 0xC2) & ((two <= 0xA0) | (two == 0xAD)))
        | ((one == 0xE2) & (two == 0x80) & ((three <= 0x8F) | ((three >= 0xA8) & (three <= 0xAF))))
        | ((one == 0xE2) & (two == 0x81) & (three >= 0x9F))
        | ((one == 0xE3) & (two == 0x80) & (three == 0x80))
        | ((one == 0xEF) & ((two == 0xBB) | ((two == 0xBF) & (three >= 0x80))))
    )

"""Frames in the binary form of COPY, laid out column by column (PostgreSQL 15 manual, COPY, "Binary Format").

PostgreSQL reads this form at half the cost of CSV: nothing is parsed but JSON (ADR 0092).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

_BEGIN: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = b"\xff\xff"
_NULL: Final = -1
_HEAD: Final = 4
# The first version of the form JSON travels in; the text itself follows.
_JSON_FORM: Final = b"\x01"
_DAYS_TO_2000: Final = 10_957
_INTEGER_OID: Final = 23
# An array says how many dimensions it has, that nothing in it is null, and its type; then how many from which place.
_ARRAY_WORDS, _EMPTY_WORDS = 5, 3
# Fewer rows than these are laid out before the compiler would be loaded.
_MANY: Final = 10_000


class Cells(NamedTuple):
    """The values of one column, one behind the other, and the size of each in bytes; -1 for null."""

    values: NDArray[np.uint8]
    sizes: NDArray[np.int64]


def to_binary(frame: pl.DataFrame, types: Sequence[str]) -> memoryview:
    """Return a frame as a binary COPY for columns of these types, named as `format_type` names them."""
    columns = [ENCODERS[kind](column) for column, kind in zip(frame.iter_columns(), types, strict=True)]
    sizes = [_HEAD + np.maximum(cells.sizes, 0) for cells in columns]
    lengths = np.sum([np.full(frame.height, 2, np.int64), *sizes], axis=0)
    places = len(_BEGIN) + np.cumsum(lengths) - lengths
    rows = np.empty(len(_BEGIN) + int(lengths.sum()) + len(_END), np.uint8)
    rows[: len(_BEGIN)] = np.frombuffer(_BEGIN, np.uint8)
    rows[-len(_END) :] = np.frombuffer(_END, np.uint8)
    rows[places], rows[places + 1] = divmod(len(columns), 256)
    places += 2
    lay = _compiled() if frame.height >= _MANY else _lay_few
    for cells in columns:
        lay(rows, places, cells.values, cells.sizes)
    return rows.data


def _lay_few(
    rows: NDArray[np.uint8], places: NDArray[np.int64], values: NDArray[np.uint8], sizes: NDArray[np.int64]
) -> None:
    """Write one cell of each row, its size before it, at the place the row has come to, and move that behind it."""
    rows[places[:, None] + np.arange(_HEAD)] = _big_endian(sizes).reshape(-1, _HEAD)
    taken = np.maximum(sizes, 0)
    begins = places + _HEAD - (np.cumsum(taken) - taken)
    rows[np.repeat(begins, taken) + np.arange(len(values))] = values
    places += _HEAD + taken


def _lay_many(
    rows: NDArray[np.uint8], places: NDArray[np.int64], values: NDArray[np.uint8], sizes: NDArray[np.int64]
) -> None:
    """Do the same as `_lay_few`, compiled: byte by byte, without a place in memory for where each byte goes."""
    # Places are unsigned: the loop over bytes need not ask whether one counts from the end, and is made of wide moves.
    taken, one = np.uint64(0), np.uint64(1)
    for row in range(len(sizes)):
        place, size = np.uint64(places[row]), sizes[row]
        for byte in range(4):
            rows[place] = (size >> (24 - 8 * byte)) & 255
            place += one
        filled = np.uint64(max(size, 0))
        for byte in range(filled):
            rows[place + byte] = values[taken + byte]
        taken += filled
        places[row] = place + filled


@lru_cache(maxsize=1)
def _compiled() -> Callable[..., None]:
    from chengxin.kernel.compiled import compiled  # noqa: PLC0415 - half a second to load, and only large work does

    return compiled(_lay_many)


def _big_endian(numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    return numbers.astype(">i4").view(np.uint8)


def _texts(column: pl.Series) -> Cells:
    texts = column.cast(pl.String)
    return Cells(np.frombuffer(_joined(texts).encode(), np.uint8), _sizes(texts.str.len_bytes()))


def _json(column: pl.Series) -> Cells:
    # Long texts are faster as bytes, one by one, than read and written as one Chinese string.
    texts = column.drop_nulls().cast(pl.Binary).to_list()
    sizes = _sizes(column.str.len_bytes())
    sizes[sizes != _NULL] += len(_JSON_FORM)
    return Cells(np.frombuffer(b"".join([_JSON_FORM + text for text in texts]), np.uint8), sizes)


def _hexadecimal(column: pl.Series) -> Cells:
    sizes = _sizes(column.cast(pl.String).str.len_bytes())
    raw = np.frombuffer(bytes.fromhex(_joined(column)), np.uint8)
    return Cells(raw, np.where(sizes == _NULL, _NULL, sizes // 2))


def _joined(column: pl.Series) -> str:
    return "".join(column.cast(pl.String).str.join("").to_list())


def _integers(column: pl.Series) -> Cells:
    numbers = column.cast(pl.Int64)
    return Cells(_big_endian(numbers.drop_nulls().to_numpy()), np.where(numbers.is_null().to_numpy(), _NULL, 4))


def _days(column: pl.Series) -> Cells:
    return _integers(column.cast(pl.Date).cast(pl.Int32) - _DAYS_TO_2000)


def _integer_arrays(column: pl.Series) -> Cells:
    lists = column.drop_nulls()
    counts = lists.list.len().to_numpy().astype(np.int64)
    items = lists.explode(empty_as_null=False).to_numpy()
    widths = np.where(counts > 0, _ARRAY_WORDS + 2 * counts, _EMPTY_WORDS)
    begins = np.cumsum(widths) - widths
    words = np.zeros(int(widths.sum()), ">i4")
    words[begins + 2] = _INTEGER_OID
    filled = counts > 0
    words[begins[filled]] = 1
    words[begins[filled] + 3] = counts[filled]
    words[begins[filled] + 4] = 1
    places = np.repeat(begins + _ARRAY_WORDS - 2 * (np.cumsum(counts) - counts), counts) + 2 * np.arange(len(items))
    words[places] = 4
    words[places + 1] = items
    sizes = np.full(len(column), _NULL, np.int64)
    sizes[column.is_not_null().to_numpy()] = 4 * widths
    return Cells(words.view(np.uint8), sizes)


def _sizes(sizes: pl.Series) -> NDArray[np.int64]:
    return sizes.cast(pl.Int64).fill_null(_NULL).to_numpy(writable=True)


ENCODERS: Final[Mapping[str, Callable[[pl.Series], Cells]]] = {
    "text": _texts,
    "jsonb": _json,
    "uuid": _hexadecimal,
    "bytea": _hexadecimal,
    "integer": _integers,
    "integer[]": _integer_arrays,
    "date": _days,
}

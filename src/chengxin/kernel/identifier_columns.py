"""The checks of `identifiers` over whole columns: numpy on their bytes, no Python loop.

Every function takes a polars string column of compact numbers and returns one `uint8` `NumberFault` per row; an
absent number has the fault of its length.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from chengxin.kernel.identifiers import DEMO_PROVINCE, DOCUMENT_SHAPES, PROVINCES, IdentifierKind, NumberFault

Faults = npt.NDArray[np.uint8]
Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

ID_WEIGHTS: Final = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int16)
ID_CHECK: Final = np.frombuffer(b"10X98765432", np.uint8)
_USCC_ALPHABET: Final = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_ORG_WEIGHTS: Final = np.array([3, 7, 9, 10, 5, 8, 4, 2], np.int16)
_ORG_CHECK: Final = np.frombuffer(b"0123456789X", np.uint8)
MONTH_DAYS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] + [0] * 87, np.int16)
_NO: Final = np.uint8(255)


def _table(alphabet: bytes) -> Bytes:
    table = np.full(256, _NO, np.uint8)
    table[np.frombuffer(alphabet, np.uint8)] = np.arange(len(alphabet), dtype=np.uint8)
    return table


_COMPACT: Final = _table(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") != _NO
# A character that may not stand at its place weighs more than eighteen that may.
_UNREADABLE_WEIGHT: Final = np.float32(1 << 15)


def _placed_uscc_values() -> npt.NDArray[np.float32]:
    """Return the value of each byte at each place of a code: flat, 256 to a place."""
    values = _table(_USCC_ALPHABET)
    placed = np.where(values == _NO, _UNREADABLE_WEIGHT, values.astype(np.float32))
    table = np.tile(placed, (18, 1))
    table[1:8][:, values > 9] = _UNREADABLE_WEIGHT
    table[0, values > 9] = _UNREADABLE_WEIGHT
    for letter in b"ANY":
        table[0, letter] = values[letter]
    return table.ravel()


PLACED_USCC: Final = _placed_uscc_values()
_USCC_PLACES: Final = np.arange(18, dtype=np.uint16) * 256
# One product gives both the weighted total of the first seventeen (exact in float32) and the sum of all.
_USCC_TOTALS: Final = np.array([[*(pow(3, place, 31) for place in range(17)), 0], [1] * 18], np.float32).T
_ORG_VALUES: Final = _table(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
KNOWN_PROVINCE: Final = np.isin(np.arange(100), [int(code) for code in PROVINCES | {DEMO_PROVINCE}])


def compact_column(numbers: pl.Series) -> pl.Series:
    """Return numbers without separators, half width, in upper case."""
    if _is_compact(numbers):
        return numbers
    wide = pl.Series("", [chr(0xFF01 + offset) for offset in range(94)])
    narrow = pl.Series("", [chr(0x21 + offset) for offset in range(94)])
    frame = numbers.to_frame("number")
    clean = pl.col("number").str.replace_all(r"[\s\x1C-\x1F\-‐‑–—－　]+", "").str.to_uppercase()
    ascii_only = frame.select(clean)["number"]
    if (ascii_only.str.len_bytes() == ascii_only.str.len_chars()).all():
        return ascii_only
    replaced = ascii_only.to_frame("number").select(
        pl.col("number").str.replace_many(wide.to_list(), narrow.to_list()).str.to_uppercase()
    )
    return replaced["number"]


def _is_compact(numbers: pl.Series) -> bool:
    """Tell whether a column holds nothing but digits and capital letters: most do, and need no work."""
    text = np.frombuffer((numbers.str.join().item() or "").encode(), np.uint8)
    return bool(_COMPACT[text].all())


def upgrade_id_numbers(numbers: pl.Series) -> pl.Series:
    """Return the column with 15-digit resident ID numbers brought to 18 digits; others unchanged."""
    number = pl.col("number").str
    is_short = (number.len_bytes() == 15) & number.contains(r"^[0-9]{15}$")
    short = numbers.to_frame("number").select(is_short.fill_null(value=False)).to_series()
    if not short.any():
        return numbers
    old = numbers.filter(short)
    longer = (old.str.slice(0, 6) + "19" + old.str.slice(6)).rename("number")
    values = (_bytes(longer, 17).astype(np.int16) - 48) @ ID_WEIGHTS % 11
    check = pl.Series(ID_CHECK[values].view("S1").astype("U1"))
    return numbers.scatter(short.arg_true(), longer + check)


def check_id_column(numbers: pl.Series, *, demo: bool | None = None, adult_birth: date | None = None) -> Faults:
    """Check resident ID numbers; see `identifiers.check_id_no`."""
    return _of_length(
        numbers, 18, NumberFault.ID_LENGTH, lambda text: _id_faults(text, demo=demo, adult_birth=adult_birth)
    )


def _id_faults(text: Bytes, *, demo: bool | None, adult_birth: date | None) -> Faults:
    digits = text[:, :17].astype(np.int16) - 48
    readable = ((digits >= 0) & (digits <= 9)).all(axis=1)
    readable &= ((text[:, 17] >= 48) & (text[:, 17] <= 57)) | (text[:, 17] == ord("X"))
    digits = digits.clip(0, 9)
    province = digits[:, 0] * 10 + digits[:, 1]
    year = digits[:, 6:10] @ np.array([1000, 100, 10, 1], np.int16)
    month = digits[:, 10] * 10 + digits[:, 11]
    day = digits[:, 12] * 10 + digits[:, 13]
    faults = np.zeros(len(text), np.uint8)
    # The gravest fault is written last, so that the order is that of the scalar check.
    if adult_birth is not None:
        born = year.astype(np.int32) * 10000 + month.astype(np.int32) * 100 + day
        limit = adult_birth.year * 10000 + adult_birth.month * 100 + adult_birth.day
        faults[born > limit] = NumberFault.ID_UNDER_AGE
    if demo is not None:
        faults[(province == int(DEMO_PROVINCE)) != demo] = NumberFault.ID_REALM
    faults[~KNOWN_PROVINCE[province]] = NumberFault.ID_AREA
    faults[~_real_dates(year, month, day)] = NumberFault.ID_BIRTH_DATE
    faults[ID_CHECK[digits @ ID_WEIGHTS % 11] != text[:, 17]] = NumberFault.ID_CHECK_DIGIT
    faults[~readable] = NumberFault.ID_CHARACTERS
    return faults


def _real_dates(year: npt.NDArray[np.int16], month: npt.NDArray[np.int16], day: npt.NDArray[np.int16]) -> Mask:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    length = MONTH_DAYS[month] + (leap & (month == 2))
    real: Mask = (year >= 1) & (day >= 1) & (day <= length)
    return real


def check_uscc_column(numbers: pl.Series, *, demo: bool | None = None) -> Faults:
    """Check unified social credit codes; see `identifiers.check_uscc`."""
    return _of_length(numbers, 18, NumberFault.USCC_LENGTH, lambda text: _uscc_faults(text, demo=demo))


def _uscc_faults(text: Bytes, *, demo: bool | None) -> Faults:
    values = PLACED_USCC.take(text + _USCC_PLACES)
    # So small a product stays in one thread; BLAS would wake them all and wait for each other.
    totals = np.einsum("ij,jk->ik", values, _USCC_TOTALS)
    readable = totals[:, 1] < _UNREADABLE_WEIGHT
    total = np.where(readable, totals[:, 0], 0).astype(np.int32)
    faults = np.zeros(len(text), np.uint8)
    if demo is not None:
        area = (text[:, 2] == ord(DEMO_PROVINCE[0])) & (text[:, 3] == ord(DEMO_PROVINCE[1]))
        faults[area != demo] = NumberFault.USCC_REALM
    faults[(-total) % 31 != values[:, 17]] = NumberFault.USCC_CHECK_DIGIT
    faults[~readable] = NumberFault.USCC_CHARACTERS
    return faults


def check_org_column(numbers: pl.Series) -> Faults:
    """Check organisation codes; see `identifiers.check_org_code`."""
    return _of_length(numbers, 9, NumberFault.ORG_LENGTH, _org_faults)


def _org_faults(text: Bytes) -> Faults:
    values = _ORG_VALUES[text[:, :8]]
    readable = (values != _NO).all(axis=1)
    readable &= ((text[:, 8] >= 48) & (text[:, 8] <= 57)) | (text[:, 8] == ord("X"))
    faults = np.zeros(len(text), np.uint8)
    faults[_ORG_CHECK[-(values.astype(np.int16) @ _ORG_WEIGHTS) % 11] != text[:, 8]] = NumberFault.ORG_CHECK_DIGIT
    faults[~readable] = NumberFault.ORG_CHARACTERS
    return faults


def check_reg_column(numbers: pl.Series, *, demo: bool | None = None) -> Faults:
    """Check business registration numbers; see `identifiers.check_reg_no`."""
    return _of_length(numbers, 15, NumberFault.REG_LENGTH, lambda text: _reg_faults(text, demo=demo))


def _reg_faults(text: Bytes, *, demo: bool | None) -> Faults:
    digits = text.astype(np.int16) - 48
    readable = ((digits >= 0) & (digits <= 9)).all(axis=1)
    digits = digits.clip(0, 9)
    product = np.full(len(text), 10, np.int16)
    for place in range(14):
        rest = (product + digits[:, place]) % 10
        product = np.where(rest == 0, 10, rest) * 2 % 11
    faults = np.zeros(len(text), np.uint8)
    if demo is not None:
        faults[(digits[:, 0] * 10 + digits[:, 1] == int(DEMO_PROVINCE)) != demo] = NumberFault.REG_REALM
    faults[(product + digits[:, 14]) % 10 != 1] = NumberFault.REG_CHECK_DIGIT
    faults[~readable] = NumberFault.REG_CHARACTERS
    return faults


def check_column(
    numbers: pl.Series, *, kind: IdentifierKind, demo: bool | None = None, adult_birth: date | None = None
) -> Faults:
    """Check a column of compact numbers that are all of one kind."""
    if kind is IdentifierKind.ID_NO:
        return check_id_column(numbers, demo=demo, adult_birth=adult_birth)
    if kind is IdentifierKind.USCC:
        return check_uscc_column(numbers, demo=demo)
    if kind is IdentifierKind.ORG_CODE:
        return check_org_column(numbers)
    if kind is IdentifierKind.REG_NO:
        return check_reg_column(numbers, demo=demo)
    fits = numbers.str.contains(DOCUMENT_SHAPES[kind]).fill_null(value=False)
    return np.where(fits.to_numpy(), np.uint8(0), np.uint8(NumberFault.DOCUMENT_SHAPE))


def _of_length(numbers: pl.Series, length: int, fault: NumberFault, check: Callable[[Bytes], Faults]) -> Faults:
    """Give every row of another length its fault and hand the others on as a byte matrix."""
    # Bytes are counted, but a row of 18 bytes that are not ASCII is one of another length in characters.
    text = pl.col("number").str
    widths = numbers.to_frame("number").select(
        text.len_bytes().fill_null(0).alias("bytes"), text.len_chars().fill_null(0).alias("characters")
    )
    long = widths["characters"].to_numpy() == length
    mask = (widths["bytes"].to_numpy() == length) & long
    faults = np.full(len(numbers), fault, np.uint8)
    if mask.any():
        faults[mask] = check(_bytes(numbers if mask.all() else numbers.filter(pl.Series(mask)), length))
    # Eighteen characters of which some take more bytes are of the right length and unreadable.
    faults[long & ~mask] = _UNREADABLE[fault]
    return faults


_UNREADABLE: Final = {
    NumberFault.ID_LENGTH: NumberFault.ID_CHARACTERS,
    NumberFault.USCC_LENGTH: NumberFault.USCC_CHARACTERS,
    NumberFault.ORG_LENGTH: NumberFault.ORG_CHARACTERS,
    NumberFault.REG_LENGTH: NumberFault.REG_CHARACTERS,
}


def _bytes(texts: pl.Series, length: int) -> Bytes:
    """Return strings of one byte length as a matrix of shape (rows, length)."""
    return np.frombuffer(texts.str.join().item().encode(), np.uint8).reshape(-1, length)

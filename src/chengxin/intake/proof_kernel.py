"""Cells proven right by their bytes, compiled: one loop for each kind of column.

Every loop errs on one side only: it takes the proof from a row (`proven`) whose cell is wrong or merely unusual. Cells
are (rows, 2), where each begins and ends in the text; an empty cell is proven. Days are yyyymmdd in one integer, 0 for
none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chengxin.kernel.compiled import Bytes, Ints, Mask, Place, Whole, compiled
from chengxin.kernel.identifier_columns import ID_CHECK, ID_WEIGHTS, KNOWN_PROVINCE, MONTH_DAYS, PLACED_USCC
from chengxin.kernel.identifiers import DEMO_PROVINCE

Hashes = NDArray[np.uint64]

_OURS = int(DEMO_PROVINCE)
_MULTIPLY = np.uint64(0x9E3779B97F4A7C15)
_ZERO, _NINE, _POINT, _EQUALS, _AT = b"09.=@"
_MARKS = b"-./"
_DIGITS, _PLACES, _TWO = 9, 6, 2
_ONE, _EIGHT = np.uint64(1), np.uint64(8)
_LENGTH, _READABLE = 18, 31


@compiled
def mix(text: Bytes, cells: Ints, hashes: Hashes) -> None:
    """Mix a column into the running hash of each row, eight bytes at a time; the length too, so that none run on."""
    for row in range(len(cells)):
        value, at, end = hashes[row], np.uint64(cells[row, 0]), np.uint64(cells[row, 1])
        length = end - at
        while at + _EIGHT <= end:
            word = np.uint64(0)
            for place in range(_EIGHT):
                word |= np.uint64(text[at + place]) << (_EIGHT * place)
            value = (value ^ word) * _MULTIPLY
            value ^= value >> np.uint64(31)
            at += _EIGHT
        word = np.uint64(0)
        while at < end:
            word = (word << _EIGHT) | np.uint64(text[at])
            at += _ONE
        value = (value ^ word) * _MULTIPLY
        value ^= value >> np.uint64(29)
        value = (value ^ length) * _MULTIPLY
        hashes[row] = value ^ (value >> np.uint64(32))


@compiled
def prove_texts(text: Bytes, cells: Ints, most: int, proven: Mask) -> None:
    """Take the proof from texts that begin like a formula or have more characters than they may."""
    for row in range(len(cells)):
        begin, end = cells[row, 0], cells[row, 1]
        if begin < end and (text[begin] == _EQUALS or text[begin] == _AT):
            proven[row] = False
        if end - begin > most:
            count: Whole = 0
            for at in range(begin, end):
                # Bytes that continue a character are not counted.
                count += np.int64(text[at] & 0xC0 != 0x80)
            if count > most:
                proven[row] = False


@compiled
def prove_without(text: Bytes, cells: Ints, words: Bytes, proven: Mask) -> None:
    """Take the proof from cells that hold some words."""
    for row in range(len(cells)):
        for start in range(cells[row, 0], cells[row, 1] - len(words) + 1):
            at = 0
            while at < len(words) and text[start + at] == words[at]:
                at += 1
            if at == len(words):
                proven[row] = False


@compiled
def prove_same(text: Bytes, cells: Ints, wanted: Bytes, proven: Mask) -> None:
    """Take the proof from cells that say something else."""
    for row in range(len(cells)):
        begin, end = cells[row, 0], cells[row, 1]
        same = end - begin == len(wanted)
        at = 0
        while same and at < len(wanted):
            same = text[begin + at] == wanted[at]
            at += 1
        if begin < end and not same:
            proven[row] = False


@compiled
def prove_numbers(text: Bytes, cells: Ints, places: int, proven: Mask) -> None:
    """Take the proof from all but plain amounts: up to nine digits, then perhaps a point and `places` more at most."""
    for row in range(len(cells)):
        at, end = cells[row, 0], cells[row, 1]
        if at == end:
            continue
        whole = _digits(text, at, end)
        rest = end - at - whole
        plain = 0 < whole <= _DIGITS
        if rest:
            plain = plain and 1 < rest <= places + 1 and text[at + whole] == _POINT
            plain = plain and _digits(text, at + whole + 1, end) == rest - 1
        if not plain:
            proven[row] = False


@compiled
def prove_dates(text: Bytes, cells: Ints, days: Ints, proven: Mask) -> None:
    """Read days of one column; take the proof from what is no day in one of the usual forms."""
    for row in range(len(cells)):
        days[row] = 0
        if cells[row, 0] < cells[row, 1]:
            days[row] = _date(text, np.uint64(cells[row, 0]), np.uint64(cells[row, 1]))
            if days[row] == 0:
                proven[row] = False


@compiled
def prove_uscc(text: Bytes, cells: Ints, realm: bool, proven: Mask) -> None:
    """Take the proof from all but unified social credit codes of our realm with the right check character."""
    for row in range(len(cells)):
        begin, end = cells[row, 0], cells[row, 1]
        if begin < end and not (end - begin == _LENGTH and _is_uscc(text, begin, realm)):
            proven[row] = False


@compiled
def prove_id(text: Bytes, cells: Ints, realm: bool, births: Ints, proven: Mask) -> None:
    """Read the birth dates in resident identity numbers; take the proof from all but those without fault."""
    for row in range(len(cells)):
        begin, end = cells[row, 0], cells[row, 1]
        births[row] = 0
        if begin < end:
            if end - begin == _LENGTH and _is_id(text, begin, realm):
                births[row] = _day(
                    _number(text, begin + 6, 4), _number(text, begin + 10, 2), _number(text, begin + 12, 2)
                )
            if births[row] == 0:
                proven[row] = False


@compiled
def _digits(text: Bytes, begin: int, end: int) -> int:
    """Count the digits a cell begins with."""
    at = begin
    while at < end and text[at] >= _ZERO and text[at] <= _NINE:
        at += 1
    return at - begin


@compiled
def _number(text: Bytes, begin: int, count: int) -> Whole:
    value: Whole = 0
    for at in range(begin, begin + count):
        value = value * 10 + np.int64(text[at]) - _ZERO
    return value


@compiled
def _date(text: Bytes, begin: Place, end: Place) -> Whole:
    """Return the day of 2026-01-31, 2026/1/31, 2026.01.31 or 20260131, or 0."""
    marks, digits, mark = 0, 0, np.uint8(0)
    value: Whole = 0
    year: Whole = 0
    month: Whole = 0
    for at in range(begin, end):
        one = text[at]
        if one >= _ZERO and one <= _NINE:
            value, digits = value * 10 + np.int64(one) - _ZERO, digits + 1
            continue
        if marks == 0 and digits == 4 and (one == _MARKS[0] or one == _MARKS[1] or one == _MARKS[2]):
            year, mark = value, one
        elif marks == 1 and 0 < digits <= _TWO and one == mark:
            month = value
        else:
            return 0
        value, digits, marks = 0, 0, marks + 1
    if marks == 0 and digits == 8:
        return _day(value // 10000, value // 100 % 100, value % 100)
    return _day(year, month, value) if marks == _TWO and 0 < digits <= _TWO else 0


@compiled
def _day(year: Whole, month: Whole, day: Whole) -> Whole:
    if year < 1 or month < 1 or month > 12 or day < 1:
        return 0
    longest: Whole = np.int64(MONTH_DAYS[month])
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        longest = 29
    return year * 10000 + month * 100 + day if day <= longest else 0


@compiled
def _is_uscc(text: Bytes, begin: int, realm: bool) -> bool:
    total: Whole = 0
    weight: Whole = 1
    worst: Whole = 0
    for place in range(_LENGTH):
        value = np.int64(PLACED_USCC[256 * place + np.int64(text[begin + place])])
        worst = max(worst, value)
        total += value * weight
        # The last one is the check character: it counts once.
        weight = weight * 3 % 31 if place < _LENGTH - 2 else 1
    area = _number(text, begin + 2, 2)
    return bool(worst < _READABLE and total % 31 == 0 and (area == _OURS) == realm)


@compiled
def _is_id(text: Bytes, begin: int, realm: bool) -> bool:
    total: Whole = 0
    for place in range(_LENGTH - 1):
        digit = np.int64(text[begin + place]) - _ZERO
        if digit < 0 or digit > 9:
            return False
        total += digit * np.int64(ID_WEIGHTS[place])
    province = _number(text, begin, 2)
    known = KNOWN_PROVINCE[province] and (province == _OURS) == realm
    return bool(known and ID_CHECK[total % 11] == text[begin + _LENGTH - 1])

"""Invented identifiers that are right in form: GB 11643 and GB 32100 check digits, area 39, which no real area has.

Columns are numpy arrays of bytes-like code points: shape (count, length), so that a million rows take a second.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

Digits = npt.NDArray[np.int64]
Characters = npt.NDArray[np.uint8]

ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
ID_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
ORG_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
ORG_CHECKS = np.frombuffer(b"0X987654321", np.uint8)
USCC_ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", np.uint8)
USCC_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)], dtype=np.int64)
USCC_VALUES = np.zeros(128, np.int64)
USCC_VALUES[USCC_ALPHABET] = np.arange(31)
ORG_VALUES = np.zeros(128, np.int64)
ORG_VALUES[np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8)] = np.arange(36)


def digits_of(numbers: Digits, width: int) -> Characters:
    """Return the decimal digits of each number, padded to a width, as ASCII codes of shape (count, width)."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    return ((numbers[:, None] // powers) % 10 + 48).astype(np.uint8)


def as_text(characters: Characters) -> pl.Series:
    """Return rows of ASCII codes as a column of text."""
    width = characters.shape[1]
    joined = np.ascontiguousarray(characters).view(f"S{width}").ravel()
    return pl.Series(joined.astype(f"U{width}"), dtype=pl.String)


def id_numbers(areas: Digits, births: Digits, serials: Digits) -> pl.Series:
    """Return resident identity numbers (GB 11643) from area codes, births as yyyymmdd and serials of three digits."""
    body = np.hstack([digits_of(areas, 6), digits_of(births, 8), digits_of(serials, 3)])
    remainder = ((body.astype(np.int64) - 48) @ ID_WEIGHTS) % 11
    return as_text(np.hstack([body, ID_CHECKS[remainder][:, None]]))


def credit_codes(prefixes: Sequence[str], areas: Digits, serials: Digits) -> pl.Series:
    """Return unified social credit codes (GB 32100) from two-character prefixes, area codes and serial numbers."""
    count = len(areas)
    prefix = np.frombuffer("".join(prefixes).encode(), np.uint8).reshape(count, 2)
    powers = 31 ** np.arange(5, -1, -1, dtype=np.int64)
    serial = USCC_ALPHABET[(serials[:, None] // powers) % 31]
    organisation = np.hstack([np.tile(np.frombuffer(b"MA", np.uint8), (count, 1)), serial])
    org_check = ORG_CHECKS[(ORG_VALUES[organisation] @ ORG_WEIGHTS) % 11]
    # A check digit X is the letter X in GB 32100 too, so it stays in the alphabet.
    body = np.hstack([prefix, digits_of(areas, 6), organisation, org_check[:, None]])
    check = (31 - (USCC_VALUES[body] @ USCC_WEIGHTS) % 31) % 31
    return as_text(np.hstack([body, USCC_ALPHABET[check][:, None]]))


def phone_numbers(serials: Digits) -> pl.Series:
    """Return telephone numbers of eleven digits that begin with 101, a range no network has."""
    body = np.hstack([np.tile(np.frombuffer(b"101", np.uint8), (len(serials), 1)), digits_of(serials, 8)])
    return as_text(body)


def wrong_check_digit(numbers: Sequence[str]) -> list[str]:
    """Return the numbers with a last character that cannot be right."""
    return [number[:-1] + ("1" if number[-1] != "1" else "2") for number in numbers]

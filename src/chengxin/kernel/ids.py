"""Time-ordered identifiers made outside the database (UUIDv7, RFC 9562 §5.7)."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import numpy as np

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_FEW: Final = 16
_DRAWN: Final = (1 << 42) - 1
_next = (0, 0)  # The millisecond last asked for, and the first counter of it that is not taken.
_one_at_a_time = threading.Lock()


def new_id(moment: datetime) -> UUID:
    """Return one UUIDv7 of a moment."""
    return new_ids(moment, 1)[0]


def least_id(moment: datetime) -> UUID:
    """Return what is not greater than any UUIDv7 of a moment or later, and greater than all earlier ones."""
    return UUID(int=_milliseconds(moment) << 80)


def new_ids(moment: datetime, count: int) -> list[UUID]:
    """Return `count` UUIDv7 of one moment, ascending, so that a bulk insert fills index pages in order.

    The 12 bits after the millisecond and the first 20 random bits hold a counter (RFC 9562 §6.2, method 1); a call
    for the millisecond of the last one goes on where that stopped, so that what a process did in one follows in order.
    """
    if count > _FEW:
        return [UUID(bytes=raw.tobytes()) for raw in new_id_bytes(moment, count)]
    milliseconds = _milliseconds(moment)
    begin = _take(milliseconds, count)
    return [_id(milliseconds, counter) for counter in range(begin, begin + count)]


def new_id_bytes(moment: datetime, count: int) -> np.ndarray:
    """Return the same identifiers as a `uint8` array of shape (count, 16); `ValueError` for a moment without zone."""
    milliseconds = _milliseconds(moment)
    raw = np.frombuffer(os.urandom(16 * count), np.uint8).reshape(count, 16).copy()
    raw[:, :6] = np.frombuffer(milliseconds.to_bytes(6, "big"), np.uint8)
    counter = np.arange(count, dtype=np.uint64) + np.uint64(_take(milliseconds, count))
    raw[:, 6] = 0x70 | ((counter >> np.uint64(28)) & np.uint64(0x0F))
    raw[:, 7] = (counter >> np.uint64(20)) & np.uint64(0xFF)
    raw[:, 8] = 0x80 | ((counter >> np.uint64(14)) & np.uint64(0x3F))
    raw[:, 9] = (counter >> np.uint64(6)) & np.uint64(0xFF)
    raw[:, 10] = ((counter & np.uint64(0x3F)) << np.uint64(2)) | (raw[:, 10] & np.uint8(0x03))
    return raw


def _id(milliseconds: int, counter: int) -> UUID:
    """Return one of few without arrays, which cost more than they save: the same 128 bits in the same order."""
    drawn = int.from_bytes(os.urandom(6), "big") & _DRAWN
    upper = milliseconds << 16 | 0x7000 | counter >> 20 & 0xFFF
    return UUID(int=upper << 64 | 0b10 << 62 | (counter & 0xFFFFF) << 42 | drawn)


def _milliseconds(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return (moment - _EPOCH) // _MILLISECOND


def _take(milliseconds: int, count: int) -> int:
    """Return the first of `count` counters of a millisecond: the next free one, or a random one of a new one."""
    global _next  # noqa: PLW0603 - one counter per process
    with _one_at_a_time:
        last, free = _next
        begin = free if last == milliseconds else int.from_bytes(os.urandom(3), "big") << 4
        _next = (milliseconds, begin + count)
    return begin

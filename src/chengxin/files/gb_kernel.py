"""GB18030 → UTF-8 for the characters of one and two bytes, compiled; Python's own codec fills its table."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from chengxin.kernel.compiled import Bytes, Whole, compiled

_FIRST, _LAST = 0x81, 0xFE
_MOST = 3


def transcode(raw: bytes) -> bytes | None:
    """Return text in UTF-8, or None where it holds a character of four bytes or one that is none."""
    source = np.frombuffer(raw, np.uint8)
    # Two bytes become three at most.
    target = np.empty(len(source) * 3 // 2 + 4, np.uint8)
    length = _transcode(source, _table(), target)
    return None if length < 0 else target[:length].tobytes()


@cache
def _table() -> NDArray[np.uint32]:
    """Return lead and trail byte → the bytes of UTF-8 from the lowest up, their number in the highest; 0: none."""
    table = np.zeros((256, 256), np.uint32)
    for lead in range(_FIRST, _LAST + 1):
        for trail in range(0x40, _LAST + 1):
            try:
                text = bytes([lead, trail]).decode("gb18030").encode()
            except UnicodeDecodeError:
                continue
            if len(text) <= _MOST:
                table[lead, trail] = int.from_bytes(text, "little") | len(text) << 24
    return table


@compiled
def _transcode(source: Bytes, table: NDArray[np.uint32], target: Bytes) -> Whole:
    at, to, one, size = np.uint64(0), np.uint64(0), np.uint64(1), np.uint64(len(source))
    while at < size:
        if source[at] < 0x80:
            target[to] = source[at]
            at, to = at + one, to + one
            continue
        character = table[source[at], source[at + one]] if at + one < size else np.uint32(0)
        length = np.uint64(character >> np.uint32(24))
        if length == 0:
            return -1
        # Three bytes are written always: what is too much is written over by the next.
        target[to] = character & np.uint32(0xFF)
        target[to + one] = (character >> np.uint32(8)) & np.uint32(0xFF)
        target[to + one + one] = (character >> np.uint32(16)) & np.uint32(0xFF)
        at, to = at + one + one, to + length
    return np.int64(to)

"""Hash the entries of one file; files are independent, so several processors may do it."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from chengxin_verify.entries import HEAD, HEARTBEAT, read_entry, split
from chengxin_verify.hashes import hash_named
from chengxin_verify.merkle import root_of

WIDTH: Final = 256
SKEW_SECONDS: Final = 60.0
_TOLD: Final = struct.Struct(">16sQI")
Bounds = tuple[tuple[int, float], ...]
"""Sizes that were signed, each with the second it was."""


@dataclass
class Place:
    """One heartbeat as it stands in the log."""

    writer: bytes
    counter: int
    digest: bytes
    signature: bytes
    data: bytes


@dataclass
class Chunk:
    """What one file of entries gives: leaf hashes, roots of its whole tiles, and who wrote what."""

    leaves: bytes
    tile_roots: list[bytes]
    told: bytes
    beats: list[Place] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def events(self) -> Iterator[tuple[bytes, int, bytes]]:
        """Yield writer, counter and leaf hash of each event."""
        leaves = self.leaves
        for writer, counter, at in _TOLD.iter_unpack(self.told):
            yield writer, counter, leaves[32 * at : 32 * at + 32]


def read_chunk(file: Path, first: int, hash_name: str, bounds: Bounds, max_delay: float | None) -> Chunk:
    """Read a file of entries whose first one has the given place in the tree."""
    new = hash_named(hash_name)
    leaves: list[bytes] = []
    told: list[bytes] = []
    beats: list[Place] = []
    wrong: list[str] = []
    clock = _Clock(bounds, max_delay)
    unpack, pack, heartbeat, head = HEAD.unpack_from, _TOLD.pack, len(HEARTBEAT), HEAD.size
    for at, data in enumerate(split(file.read_bytes())):
        _version, _id, writer, counter, micros, length = unpack(data)
        leaves.append(new(b"\x00" + data))
        if length == heartbeat and data[head : head + length] == HEARTBEAT:
            beat = read_entry(data)
            beats.append(Place(beat.writer, beat.counter, beat.digest, beat.signature, data))
        else:
            told.append(pack(writer, counter, at))
        if why := clock.why_not(first + at, micros / 1e6):
            wrong.append(f"leaf {first + at} {why}")
    whole = len(leaves) // WIDTH * WIDTH
    roots = [root_of(leaves[at : at + WIDTH], new) for at in range(0, whole, WIDTH)]
    return Chunk(b"".join(leaves), roots, b"".join(told), beats, wrong)


class _Clock:
    """Between which moments the leaf of a place was laid down, as the checkpoints before and after it say."""

    def __init__(self, bounds: Bounds, max_delay: float | None) -> None:
        self._sizes = [size for size, _second in bounds]
        self._seconds = [second for _size, second in bounds]
        self._delay = max_delay
        self._until = -1
        self._earliest, self._latest = 0.0, float("inf")

    def why_not(self, place: int, second: float) -> str:
        """Say what is wrong with the moment of a leaf, or nothing."""
        if self._delay is None:
            return ""
        if place >= self._until:
            after = bisect_right(self._sizes, place)
            self._until = self._sizes[after] if after < len(self._sizes) else place + WIDTH
            self._earliest = self._seconds[after - 1] - self._delay if after else 0.0
            self._latest = self._seconds[after] + SKEW_SECONDS if after < len(self._seconds) else float("inf")
        if second < self._earliest:
            return "is dated long before it was laid down."
        if second > self._latest:
            return "is dated after it was signed."
        return ""

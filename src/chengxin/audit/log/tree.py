"""The Merkle tree of RFC 9162 in tiles 256 wide: grow its right edge, prove that a leaf is in it and that it only grew.

A tile of level L holds the hashes of perfect subtrees of 256^L leaves (C2SP tlog-tiles). The proofs here are the
recursive definitions of §2.1.3.1 and §2.1.4.1; the verifier has the iterative ones, written apart from these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from chengxin.crypto.facade import Hash

HASH_BYTES: Final = 32
WIDTH: Final = 256
Tile = tuple[int, int]
"""Level and index of a tile."""
At = Callable[[int, int], bytes]
"""Return the hash of a perfect subtree: its height, and its place among those of that height."""


def parent(left: bytes, right: bytes, new: Hash) -> bytes:
    """Return the hash of an inner node."""
    return new(b"\x01" + left + right).digest()


def fold(hashes: Sequence[bytes], new: Hash) -> bytes:
    """Return the root over a power of two of hashes."""
    while len(hashes) > 1:
        hashes = [parent(hashes[at], hashes[at + 1], new) for at in range(0, len(hashes), 2)]
    return hashes[0]


@dataclass(kw_only=True)
class Edge:
    """The right edge of a growing tree: its size, and the hashes of the unfinished tile of each level."""

    new: Hash
    size: int = 0
    levels: list[list[bytes]] = field(default_factory=list)

    def copy(self) -> Edge:
        """Return an edge that can grow without this one."""
        return Edge(new=self.new, size=self.size, levels=[list(level) for level in self.levels])

    def extend(self, leaves: Sequence[bytes]) -> dict[Tile, bytes]:
        """Append leaf hashes and return the tiles that changed, whole."""
        changed: dict[Tile, bytes] = {}
        level, added, size = 0, list(leaves), self.size
        self.size += len(leaves)
        while added:
            if level == len(self.levels):
                self.levels.append([])
            added = self._fill(level, size // WIDTH, added, changed)
            size //= WIDTH
            level += 1
        return changed

    def _fill(self, level: int, index: int, added: list[bytes], changed: dict[Tile, bytes]) -> list[bytes]:
        """Fill tiles of one level and return the roots of those that became full, for the level above."""
        above, at = [], 0
        while at < len(added):
            tile = self.levels[level]
            taken = added[at : at + WIDTH - len(tile)]
            tile.extend(taken)
            at += len(taken)
            changed[level, index] = b"".join(tile)
            if len(tile) == WIDTH:
                above.append(fold(tile, self.new))
                self.levels[level] = []
                index += 1
        return above

    def root(self) -> bytes:
        """Return the root over all leaves."""
        peaks: list[bytes] = []
        for tile in reversed(self.levels):
            at = 0
            for bit in reversed(range(8)):
                if len(tile) >> bit & 1:
                    peaks.append(fold(tile[at : at + (1 << bit)], self.new))
                    at += 1 << bit
        if not peaks:
            return self.new(b"").digest()
        root = peaks.pop()
        while peaks:
            root = parent(peaks.pop(), root, self.new)
        return root


def edge_tiles(size: int) -> list[Tile]:
    """Return the unfinished tiles of a tree of that size, one for each level that has one."""
    found, level = [], 0
    while size:
        if size % WIDTH:
            found.append((level, size // WIDTH))
        size //= WIDTH
        level += 1
    return found


def edge_of(size: int, tiles: Mapping[Tile, bytes], *, new: Hash) -> Edge:
    """Return the edge of a tree from its stored tiles."""
    edge = Edge(new=new, size=size)
    for level, index in edge_tiles(size):
        count = (size >> (8 * level)) % WIDTH
        edge.levels.extend([] for _ in range(level + 1 - len(edge.levels)))
        edge.levels[level] = split(tiles.get((level, index), b""))[:count]
    return edge


def split(tile: bytes) -> list[bytes]:
    """Return the hashes of a tile."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def inclusion_path(index: int, size: int, at: At, *, new: Hash) -> list[bytes]:
    """Return the proof that the leaf of an index is in the tree of a size (RFC 9162 §2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"There is no leaf {index} in a tree of {size}.")
    low, high, path = 0, size, []
    while high - low > 1:
        middle = low + _left(high - low)
        if index < middle:
            path.append(range_root(middle, high, at, new=new))
            high = middle
        else:
            path.append(range_root(low, middle, at, new=new))
            low = middle
    return path[::-1]


def consistency_path(first: int, second: int, at: At, *, new: Hash) -> list[bytes]:
    """Return the proof that the tree of the second size only added to that of the first (RFC 9162 §2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError(f"A tree of {second} does not continue one of {first}.")
    low, high, path, whole = 0, second, [], True
    while first != high:
        middle = low + _left(high - low)
        if first <= middle:
            path.append(range_root(middle, high, at, new=new))
            high = middle
        else:
            path.append(range_root(low, middle, at, new=new))
            low, whole = middle, False
    return ([] if whole else [range_root(low, high, at, new=new)]) + path[::-1]


def range_root(low: int, high: int, at: At, *, new: Hash) -> bytes:
    """Return the root over the leaves from low to before high, where low is a whole number of such trees."""
    count = high - low
    left = _left(count) if count & (count - 1) else count
    height = left.bit_length() - 1
    root = at(height, low >> height)
    if left == count:
        return root
    return parent(root, range_root(low + left, high, at, new=new), new)


def tile_of(height: int, place: int) -> tuple[Tile, int, int]:
    """Return the tile that holds a perfect subtree, and the first and after-last hash of it in that tile."""
    level, rest = divmod(height, 8)
    first = place << rest
    return (level, first // WIDTH), first % WIDTH, first % WIDTH + (1 << rest)


def in_tiles(tiles: Mapping[Tile, bytes], *, new: Hash) -> At:
    """Return a look into stored tiles."""

    def at(height: int, place: int) -> bytes:
        tile, first, last = tile_of(height, place)
        hashes = tiles[tile][first * HASH_BYTES : last * HASH_BYTES]
        if len(hashes) != (last - first) * HASH_BYTES:
            raise KeyError(tile)
        return fold(split(hashes), new)

    return at


def needed(prove: Callable[[At], Iterable[bytes]]) -> set[Tile]:
    """Return the tiles a proof reads, by making it of nothing."""
    found: set[Tile] = set()

    def at(height: int, place: int) -> bytes:
        found.add(tile_of(height, place)[0])
        return b""

    prove(at)
    return found


def _left(count: int) -> int:
    """Return the largest power of two below a count: the leaves of the left subtree."""
    return 1 << (count - 1).bit_length() - 1

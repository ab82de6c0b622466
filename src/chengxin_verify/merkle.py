"""Check Merkle proofs step by step as RFC 9162 §2.1.3.2 and §2.1.4.2 say, and root whole trees."""

from __future__ import annotations

from collections.abc import Sequence

from chengxin_verify.hashes import Hash


def leaf_hash(entry: bytes, new: Hash) -> bytes:
    """Return the hash of a leaf."""
    return new(b"\x00" + entry)


def is_included(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes, new: Hash) -> bool:
    """Tell whether a path proves that a leaf hash stands at an index of the tree with a root."""
    if not 0 <= index < size or any(len(part) != 32 for part in path):
        return False
    place, last, found = index, size - 1, leaf
    for part in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = new(b"\x01" + part + found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = new(b"\x01" + found + part)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(
    *, first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes], new: Hash
) -> bool:
    """Tell whether a path proves that the second tree begins with the whole of the first."""
    if first == second:
        return not path and first_root == second_root
    if not 0 < first < second or any(len(part) != 32 for part in path):
        return False
    parts = list(path) if first & (first - 1) else [first_root, *path]
    if not parts:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = new(b"\x01" + part + older), new(b"\x01" + part + newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = new(b"\x01" + newer + part)
        place, last = place >> 1, last >> 1
    return last == 0 and older == first_root and newer == second_root


def root_of(leaves: Sequence[bytes], new: Hash) -> bytes:
    """Return the root over leaf hashes: pair by pair, an odd one out goes up as it is."""
    if not leaves:
        return new(b"")
    row = list(leaves)
    while len(row) > 1:
        odd = row[-1:] if len(row) % 2 else []
        row = [new(b"\x01" + row[at] + row[at + 1]) for at in range(0, len(row) - 1, 2)] + odd
    return row[0]

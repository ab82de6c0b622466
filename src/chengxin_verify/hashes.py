"""The two hashes a tree may be made with: SHA-256, and SM3 (GB/T 32905) also where OpenSSL does not bring it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

_MASK: Final = 0xFFFFFFFF
_START: Final = (
    *(0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600),
    *(0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E),
)
Hash = Callable[[bytes], bytes]


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).digest()


def sm3(data: bytes) -> bytes:
    """Return the SM3 of some bytes, in plain Python."""
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (8 * len(data)).to_bytes(8, "big")
    state: tuple[int, ...] = _START
    for at in range(0, len(padded), 64):
        state = _compress(state, padded[at : at + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _sm3_of_openssl(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


def hash_named(name: str) -> Hash:
    """Return the hash of a name that a checkpoint gives; `KeyError` for any other."""
    return {"sha256": sha256, "sm3": _sm3_of_openssl if "sm3" in hashlib.algorithms_available else sm3}[name]


def _left(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & _MASK


def _compress(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    w = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
    for j in range(16, 68):
        mixed = w[j - 16] ^ w[j - 9] ^ _left(w[j - 3], 15)
        w.append(mixed ^ _left(mixed, 15) ^ _left(mixed, 23) ^ _left(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        is_early = j < 16
        rotated = _left(a, 12)
        ss1 = _left(rotated + e + _left(0x79CC4519 if is_early else 0x7A879D8A, j) & _MASK, 7)
        ff = a ^ b ^ c if is_early else (a & b) | (a & c) | (b & c)
        gg = e ^ f ^ g if is_early else (e & f) | (~e & g)
        tt1 = ff + d + (ss1 ^ rotated) + (w[j] ^ w[j + 4]) & _MASK
        tt2 = gg + h + ss1 + w[j] & _MASK
        a, b, c, d = tt1, a, _left(b, 9), c
        e, f, g, h = tt2 ^ _left(tt2, 9) ^ _left(tt2, 17), e, _left(f, 19), g
    return tuple(old ^ now for old, now in zip(state, (a, b, c, d, e, f, g, h), strict=True))

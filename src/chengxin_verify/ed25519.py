"""Ed25519 (RFC 8032 §5.1) in plain Python: verify signatures, and for a witness make them."""

from __future__ import annotations

import hashlib
from typing import Final

_P: Final = 2**255 - 19
_L: Final = 2**252 + 27742317777372353535851937790883648493
_D: Final = -121665 * pow(121666, -1, _P) % _P
_ROOT: Final = pow(2, (_P - 1) // 4, _P)
_Point = tuple[int, int, int, int]
_ZERO: Final[_Point] = (0, 1, 1, 0)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a signature of 64 bytes is that of the message under a public key of 32 bytes."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = _decode(public_key), _decode(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or scalar >= _L:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public_key + message).digest(), "little") % _L
    # S·B − k·A is R, or differs from it by a point of small order, which eight doublings of both leave out.
    left = _both(scalar, _BASE, challenge, _negative(key))
    return _equal(_times_eight(left), _times_eight(commitment))


def _decode(data: bytes) -> _Point | None:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


def _add(p: _Point, q: _Point) -> _Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _double(p: _Point) -> _Point:
    a, b, c = p[0] * p[0] % _P, p[1] * p[1] % _P, 2 * p[2] * p[2] % _P
    h = a + b
    e, g = h - (p[0] + p[1]) ** 2 % _P, a - b
    f = c + g
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _both(first: int, p: _Point, second: int, q: _Point) -> _Point:
    """Return first·p + second·q in one walk over the bits."""
    sums = (_ZERO, p, q, _add(p, q))
    total = _ZERO
    for bit in range(max(first.bit_length(), second.bit_length()) - 1, -1, -1):
        total = _double(total)
        if step := (first >> bit & 1) | (second >> bit & 1) << 1:
            total = _add(total, sums[step])
    return total


def _negative(p: _Point) -> _Point:
    return (-p[0] % _P, p[1], p[2], -p[3] % _P)


def _times_eight(p: _Point) -> _Point:
    return _double(_double(_double(p)))


def _equal(p: _Point, q: _Point) -> bool:
    return (p[0] * q[2] - q[0] * p[2]) % _P == 0 and (p[1] * q[2] - q[1] * p[2]) % _P == 0


_BASE_Y: Final = 4 * pow(5, -1, _P) % _P
_base = _decode(_BASE_Y.to_bytes(32, "little"))
if _base is None:
    raise AssertionError("The base point of Ed25519 is on its curve.")
_BASE: Final[_Point] = _base


def public_key(seed: bytes) -> bytes:
    """Return the public key of a secret seed of 32 bytes (RFC 8032 §5.1.5)."""
    return _encode(_both(_secret(seed)[0], _BASE, 0, _ZERO))


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the signature of a message (RFC 8032 §5.1.6).

    It takes longer for some keys than for others: sign so only where nobody can measure, as a witness does.
    """
    scalar, prefix = _secret(seed)
    own = public_key(seed)
    nonce = int.from_bytes(hashlib.sha512(prefix + message).digest(), "little") % _L
    commitment = _encode(_both(nonce, _BASE, 0, _ZERO))
    challenge = int.from_bytes(hashlib.sha512(commitment + own + message).digest(), "little") % _L
    return commitment + ((nonce + challenge * scalar) % _L).to_bytes(32, "little")


def _secret(seed: bytes) -> tuple[int, bytes]:
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | 1 << 254
    return scalar, digest[32:]


def _encode(p: _Point) -> bytes:
    inverse = pow(p[2], -1, _P)
    x, y = p[0] * inverse % _P, p[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")

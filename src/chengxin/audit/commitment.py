"""What an event commits to: one digest of the sealed values it opens, each with its owner, key and place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from chengxin.crypto.contracts import Value


def commitment(values: Iterable[Value]) -> bytes:
    """Return the SHA-256 of the values in their order; every part is preceded by its length."""
    digest = hashlib.sha256(b"chengxin|opens|1")
    for value in values:
        parts = (value.owner, value.wrapped, value.place, value.ciphertext)
        digest.update(b"".join(len(part).to_bytes(4, "big") + part for part in parts))
    return digest.digest()

"""Signing keys of the installation, behind the `Signer` seam, and the hash of the suite in use."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from chengxin.crypto.contracts import SignatureAlgorithm, SignatureUnavailable, Signer, Suite
from chengxin.crypto.keys import named_by, read_seed, suite_named

if TYPE_CHECKING:
    from hashlib import _Hash

Hash = Callable[[bytes], "_Hash"]

HASH_NAME: Final = {Suite.INTERNATIONAL: "sha256", Suite.NATIONAL: "sm3"}
_HASHES: Final[dict[str, Hash]] = {"sha256": hashlib.sha256, "sm3": partial(hashlib.new, "sm3")}


class Ed25519Signer:
    """Sign by Ed25519 (RFC 8032); the seed is a key file."""

    algorithm = SignatureAlgorithm.ED25519

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self._key.sign(message)


def signer(name: str) -> Signer:
    """Return the signing key of that name (`log`, `writer`, `webhook`) by the algorithm `CHENGXIN_SIGNATURE` names."""
    return _signer(os.environ.get("CHENGXIN_SIGNATURE", SignatureAlgorithm.ED25519), named_by(), name)


@lru_cache(maxsize=16)
def _signer(algorithm: str, _named_by: tuple[bytes | None, ...], name: str) -> Signer:
    if algorithm == SignatureAlgorithm.ED25519:
        return Ed25519Signer(read_seed(name))
    raise SignatureUnavailable(
        f"CHENGXIN_SIGNATURE is {algorithm!r}. Signatures are made by ed25519; sm2 needs a library or an HSM that this "
        "release does not bring."
    )


def hash_name() -> str:
    """Return the hash of the suite in use: sha256 or sm3."""
    return HASH_NAME[suite_named(os.environ.get("CHENGXIN_SUITE", "international"))]


def hash_named(name: str) -> Hash:
    """Return the hash function of a name `hash_name` gave."""
    return _HASHES[name]

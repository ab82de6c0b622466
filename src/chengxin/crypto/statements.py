"""Sign statements of the platform (签名) as compact JWS (RFC 7515): Ed25519, or SM2 or an HSM behind the same calls."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from chengxin.crypto.keys import read_seed


class NotSigned(Exception):
    """A statement was changed, or somebody else signed it."""


class StatementSigner(Protocol):
    """What signs and checks statements; the algorithm is named in each, so that suites can change."""

    @property
    def algorithm(self) -> str:
        """JWS name of the algorithm."""

    @property
    def key_id(self) -> str:
        """Name of the key."""

    @property
    def public_key(self) -> bytes:
        """The 32 bytes (Ed25519) anybody checks a statement with."""

    @property
    def public_jwk(self) -> dict[str, str]:
        """Return the public key as a JWK (RFC 7517), for whoever checks a statement."""

    def sign(self, payload: bytes, *, kind: str) -> str:
        """Return a compact JWS over the exact bytes; `kind` is its `typ`."""

    def open(self, statement: str, *, kind: str) -> bytes:
        """Return the bytes of a statement of a kind, or raise `NotSigned`."""


class Ed25519Signer:
    """Signs with an Ed25519 key (RFC 8037)."""

    algorithm = "EdDSA"

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key = self._key.public_key().public_bytes_raw()
        self.key_id = hashlib.sha256(self.public_key).hexdigest()[:16]
        self._jws = jwt.PyJWS(algorithms=[self.algorithm])

    @property
    def public_jwk(self) -> dict[str, str]:
        """Return the public key as a JWK (RFC 8037)."""
        number = base64.urlsafe_b64encode(self.public_key).rstrip(b"=").decode()
        return {"kty": "OKP", "crv": "Ed25519", "alg": self.algorithm, "use": "sig", "kid": self.key_id, "x": number}

    def sign(self, payload: bytes, *, kind: str) -> str:
        """Return a compact JWS over the exact bytes."""
        header = {"kid": self.key_id, "typ": kind}
        return self._jws.encode(payload, self._key, algorithm=self.algorithm, headers=header)

    def open(self, statement: str, *, kind: str) -> bytes:
        """Return the bytes of a statement of a kind, or raise `NotSigned`."""
        try:
            found = self._jws.decode_complete(statement, self._key.public_key(), algorithms=[self.algorithm])
        except jwt.InvalidTokenError as error:
            raise NotSigned from error
        if found["header"].get("typ") != kind or found["header"].get("kid") != self.key_id:
            raise NotSigned
        payload: bytes = found["payload"]
        return payload


def open_by(public_key: bytes, statement: str, *, kind: str) -> bytes:
    """Return the bytes of a statement of a kind that the holder of an Ed25519 key signed, or raise `NotSigned`."""
    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        found = jwt.PyJWS(algorithms=["EdDSA"]).decode_complete(statement, key, algorithms=["EdDSA"])
    except (jwt.InvalidTokenError, ValueError) as error:
        raise NotSigned from error
    if found["header"].get("typ") != kind:
        raise NotSigned
    payload: bytes = found["payload"]
    return payload


def statement_signer() -> StatementSigner:
    """Return the signer of this installation."""
    return _signer(read_seed("consent"))


@lru_cache(maxsize=4)
def _signer(seed: bytes) -> StatementSigner:
    return Ed25519Signer(seed)

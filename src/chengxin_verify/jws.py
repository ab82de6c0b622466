"""Open compact JWS (RFC 7515) with known keys: what is signed, and nothing that could be read in two ways."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from chengxin_verify import ed25519, p256
from chengxin_verify.notes import Unproven

Jwk = Mapping[str, Any]


def open_jws(token: str, keys: Mapping[str, Jwk], *, kind: str) -> dict[str, Any]:
    """Return what a compact JWS says, signed by the key it names, or by the one there is."""
    parts = token.split(".")
    if len(parts) != 3:
        raise Unproven("A part of it is no signed token.")
    header, said = read_json(decode(parts[0])), read_json(decode(parts[1]))
    if not isinstance(header, dict) or not isinstance(said, dict) or header.get("typ") != kind:
        raise Unproven(f"It is not signed as {kind}.")
    key = keys.get("") or keys.get(str(header.get("kid")))
    if key is None or not _is_signed(key, str(header.get("alg")), f"{parts[0]}.{parts[1]}".encode(), decode(parts[2])):
        raise Unproven("Its signature is not that of a known key.")
    return said


def _is_signed(key: Jwk, algorithm: str, message: bytes, signature: bytes) -> bool:
    if (algorithm, key.get("kty"), key.get("crv")) == ("EdDSA", "OKP", "Ed25519"):
        return ed25519.verify(decode(str(key.get("x"))), message, signature)
    if (algorithm, key.get("kty"), key.get("crv")) == ("ES256", "EC", "P-256"):
        return p256.verify(decode(str(key.get("x"))), decode(str(key.get("y"))), message, signature)
    return False


def read_json(data: bytes) -> Any:  # noqa: ANN401 - what JSON holds
    """Return what JSON says; a name that stands twice in one object is no JSON to us."""
    try:
        return json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Unproven("A part of it is not JSON.") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A name stands twice.")
    return found


def encode(data: bytes) -> str:
    """Return bytes as unpadded base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Return what unpadded base64url holds; one value has one spelling."""
    try:
        data = base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unproven("A part of it is not base64url.") from error
    if encode(data) != text:
        raise Unproven("A part of it is spelled in another way than it was signed.")
    return data

"""Write an SD-JWT VC (RFC 9901, SD-JWT VC draft) and a status list (Token Status List draft): pure but for chance.

The signature is the platform's signer, so the key may live in an HSM; the reference implementation (`sd-jwt` on PyPI)
wants the private key in hand, so it checks this module in the tests instead.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

CREDENTIAL: Final = "dc+sd-jwt"
STATUS: Final = "statuslist+jwt"
BITS: Final = 2
PLACES: Final = 131_072
Sign = Callable[[bytes, str], str]


def issue(said: Mapping[str, Any], disclosable: Mapping[str, Any], *, sign: Sign) -> str:
    """Return a credential: what is said to everybody, and salted digests of what its holder may disclose."""
    disclosures = [_disclosure(name, value) for name, value in disclosable.items()]
    # Sorted, so that their order tells nothing of the claims behind them.
    digests = sorted(_encode(hashlib.sha256(one.encode()).digest()) for one in disclosures)
    payload = {**said, "_sd": digests, "_sd_alg": "sha-256"}
    return "~".join([sign(orjson.dumps(payload), CREDENTIAL), *disclosures, ""])


def status_list(statuses: Mapping[int, int], *, uri: str, now: int, lasts: int, ttl: int, sign: Sign) -> str:
    """Return the signed list of all statuses by place, two bits each; places nobody holds look like valid ones."""
    packed = bytearray(PLACES * BITS // 8)
    for place, status in statuses.items():
        packed[place * BITS // 8] |= status << (place * BITS % 8)
    listed = {"bits": BITS, "lst": _encode(zlib.compress(bytes(packed), 9))}
    payload = {"sub": uri, "iat": now, "exp": now + lasts, "ttl": ttl, "status_list": listed}
    return sign(orjson.dumps(payload), STATUS)


def _disclosure(name: str, value: object) -> str:
    return _encode(json.dumps([secrets.token_urlsafe(16), name, value]).encode())


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

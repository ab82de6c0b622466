"""Check a credential (SD-JWT VC, RFC 9901) with key binding and its status list: files in, claims out.

The status list is fetched whole, so whoever issued it does not learn which credential is checked, nor by whom.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from chengxin_verify.jws import Jwk, decode, encode, open_jws, read_json
from chengxin_verify.notes import Unproven

CREDENTIAL: Final = "dc+sd-jwt"
BINDING: Final = "kb+jwt"
STATUS: Final = "statuslist+jwt"
LEEWAY: Final = 60
BINDING_AGE: Final = 300
_LONGEST: Final = 200_000
_MOST_STATUSES: Final = 4_000_000
_OWN: Final = frozenset({"_sd", "_sd_alg", "...", "iss", "iat", "exp", "nbf", "cnf", "vct", "status", "sub"})


@dataclass(frozen=True)
class Checked:
    """What a credential proves: its issuer, until when, and the claims its holder disclosed."""

    issuer: str
    until: float
    claims: Mapping[str, Any]
    is_bound: bool
    status_uri: str


def read_jwks(text: str) -> Mapping[str, Jwk]:
    """Return the keys of a JWK set by their names; an issuer's metadata holds one under `jwks`."""
    found = json.loads(text)
    keys = found.get("jwks", found)["keys"]
    return {str(key["kid"]): key for key in keys}


def check_credential(
    text: str, keys: Mapping[str, Jwk], *, now: float, audience: str = "", nonce: str = "", status: str | None = None
) -> Checked:
    """Return what a presented credential proves, or raise `Unproven`.

    With `audience` and `nonce` it must be bound to the holder's key for this very occasion; `status` is the whole
    status list, as it was fetched.
    """
    if len(text) > _LONGEST:
        raise Unproven("The credential is longer than any we know.")
    signed, *disclosures, binding = text.strip().split("~") if "~" in text else (text, "")
    said = open_jws(signed, keys, kind=CREDENTIAL)
    _in_time(said, now=now)
    claims = _disclosed(said, disclosures)
    presented = text.strip()[: len(text.strip()) - len(binding)]
    if audience or nonce:
        _check_binding(binding, presented, said, audience=audience, nonce=nonce, now=now)
    elif binding:
        raise Unproven("It is bound to an occasion; say which: audience and nonce.")
    place = _place(said)
    if status is not None:
        _check_status(status, keys, place=place, now=now)
    return Checked(str(said["iss"]), float(said["exp"]), claims, bool(audience or nonce), place[0] if place else "")


def _disclosed(said: Mapping[str, Any], disclosures: list[str]) -> dict[str, Any]:
    if said.get("_sd_alg", "sha-256") != "sha-256":
        raise Unproven("The digests are of a kind we do not know.")
    promised = said.get("_sd", [])
    if not isinstance(promised, list) or len(set(map(str, promised))) != len(promised):
        raise Unproven("The digests are not a list of different ones.")
    claims = {name: value for name, value in said.items() if name not in _OWN}
    for disclosure in disclosures:
        digest = encode(hashlib.sha256(disclosure.encode()).digest())
        if digest not in promised:
            raise Unproven("A disclosed claim was not signed by the issuer.")
        promised = [one for one in promised if one != digest]
        parts = read_json(decode(disclosure))
        if not (isinstance(parts, list) and len(parts) == 3 and isinstance(parts[1], str)):
            raise Unproven("A disclosed claim is not of the form [salt, name, value].")
        if parts[1] in claims or parts[1] in _OWN:
            raise Unproven("A claim is disclosed twice, or pretends to be one of the issuer's own.")
        claims[parts[1]] = parts[2]
    return claims


def _check_binding(
    binding: str, presented: str, said: Mapping[str, Any], *, audience: str, nonce: str, now: float
) -> None:
    holder = said.get("cnf", {}).get("jwk") if isinstance(said.get("cnf"), dict) else None
    if not binding or not isinstance(holder, dict):
        raise Unproven("It is not bound to its holder's key.")
    bound = open_jws(binding, {"": holder}, kind=BINDING)
    if bound.get("aud") != audience or bound.get("nonce") != nonce:
        raise Unproven("It was bound for somebody else or another occasion.")
    if not isinstance(bound.get("iat"), int | float) or not -LEEWAY <= now - bound["iat"] <= BINDING_AGE:
        raise Unproven("It was bound too long ago, or in the future.")
    if bound.get("sd_hash") != encode(hashlib.sha256(presented.encode()).digest()):
        raise Unproven("What was bound is not what was handed over.")


def _place(said: Mapping[str, Any]) -> tuple[str, int] | None:
    found = said.get("status", {})
    listed = found.get("status_list") if isinstance(found, dict) else None
    if not isinstance(listed, dict):
        return None
    uri, index = listed.get("uri"), listed.get("idx")
    if not isinstance(uri, str) or not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise Unproven("Its place in a status list cannot be read.")
    return uri, index


def _check_status(token: str, keys: Mapping[str, Jwk], *, place: tuple[str, int] | None, now: float) -> None:
    said = open_jws(token.strip(), keys, kind=STATUS)
    _in_time(said, now=now)
    if place is None or said.get("sub") != place[0]:
        raise Unproven("This is not the status list the credential names.")
    listed = said.get("status_list")
    bits = listed.get("bits") if isinstance(listed, dict) else None
    if not isinstance(listed, dict) or bits not in {1, 2, 4, 8}:
        raise Unproven("The status list cannot be read.")
    try:
        statuses = zlib.decompressobj().decompress(decode(str(listed.get("lst"))), _MOST_STATUSES)
    except zlib.error as error:
        raise Unproven("The status list cannot be read.") from error
    at = place[1] * bits
    if at // 8 >= len(statuses):
        raise Unproven("The status list does not reach so far.")
    if statuses[at // 8] >> (at % 8) & ((1 << bits) - 1):
        raise Unproven("The credential is not valid now.")


def _in_time(said: Mapping[str, Any], *, now: float) -> None:
    starts, ends = said.get("iat"), said.get("exp")
    if not isinstance(starts, int | float) or not isinstance(ends, int | float):
        raise Unproven("It does not say from when until when it holds.")
    if not starts - LEEWAY <= now < ends:
        raise Unproven("It does not hold at this moment.")

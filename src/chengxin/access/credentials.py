"""Prove registered programs by what their requests claim; several at once in one statement."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from chengxin.access.contracts import Client
from chengxin.database.facade import ask

_NOBODY: Final = b"\0" * 32
_CLIENTS: Final = """
    select c.id, c.secret_digest, c.body_id, b.area, c.name, c.scopes, c.rate_per_minute, c.public_key
      from access_api_client c join access_body b on b.code = c.body_id where c.id = any(%s::uuid[]) and c.is_active
"""


class Claim(NamedTuple):
    """Which program somebody says to be: by the digest of its secret, or by a token, which was given for scopes."""

    client_id: UUID
    secret: bytes = b""
    scopes: frozenset[str] | None = None


def digest_of(secret: str) -> bytes:
    """Return the digest of a high-entropy secret; a slow hash would protect nothing here and cost each request."""
    return hashlib.sha256(secret.encode()).digest()


def find_by_secret(client_id: UUID, secret: str) -> Client | None:
    """Return the active program whose secret this is, or None."""
    return find_claimed([Claim(client_id, digest_of(secret))])[0]


def find_claimed(claims: Sequence[Claim | None]) -> list[Client | None]:
    """Return the active program each claim proves, or None; an unknown id costs as much as a known one."""
    wanted = [claim.client_id for claim in claims if claim is not None]
    rows = {row[0]: row for row in ask(_CLIENTS, [wanted])} if wanted else {}
    return [_proven(claim, rows.get(claim.client_id)) if claim else None for claim in claims]


def read_header(header: str) -> tuple[UUID, str] | None:
    """Return id and secret of an Authorization header, or None."""
    scheme, _, credentials = header.partition(" ")
    try:
        if scheme.lower() == "basic":
            credentials = base64.b64decode(credentials, validate=True).decode()
        elif scheme.lower() != "bearer":
            return None
        client_id, _, secret = credentials.partition(":")
        return UUID(client_id), secret
    except (ValueError, binascii.Error):
        return None


def _proven(claim: Claim, row: tuple[Any, ...] | None) -> Client | None:
    is_token = claim.scopes is not None
    is_secret = hmac.compare_digest(bytes(row[1]) if row else _NOBODY, claim.secret)
    if row is None or not (is_token or is_secret):
        return None
    client_id, _digest, body, area, name, scopes, rate_per_minute, public_key = row
    return Client(
        id=client_id,
        body=body,
        area=area,
        name=name,
        scopes=frozenset(scopes) if claim.scopes is None else frozenset(scopes) & claim.scopes,
        is_active=True,
        rate_per_minute=rate_per_minute,
        public_key=bytes(public_key),
    )

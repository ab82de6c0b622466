"""Prove a registered program by its id and secret."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from typing import Final
from uuid import UUID

from chengxin.access import models
from chengxin.access.contracts import Client
from chengxin.access.queries import client_of

_NOBODY: Final = b"\0" * 32


def digest_of(secret: str) -> bytes:
    """Return the digest of a high-entropy secret; a slow hash would protect nothing here and cost each request."""
    return hashlib.sha256(secret.encode()).digest()


def find_by_secret(client_id: UUID, secret: str) -> Client | None:
    """Return the active program whose secret this is, or None; an unknown id costs as much as a known one."""
    row = models.ApiClient.objects.filter(id=client_id).select_related("body").first()
    expected = bytes(row.secret_digest) if row else _NOBODY
    if not hmac.compare_digest(expected, digest_of(secret)) or row is None or not row.is_active:
        return None
    return client_of(row)


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

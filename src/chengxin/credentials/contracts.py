"""Credentials as pages see them: frozen values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from uuid import UUID


class Status(IntEnum):
    """What a status list says of a credential (Token Status List): valid, ended by its holder, or not true now."""

    VALID = 0
    INVALID = 1
    SUSPENDED = 2


@dataclass(frozen=True, kw_only=True)
class Credential:
    """One issued credential (信用凭证) as its holder sees it; the credential itself is with the holder alone."""

    id: UUID
    claims: Sequence[str]
    key: str
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    status: Status


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A credential just issued with its text, which is handed over once and kept nowhere."""

    text: str
    claims: Sequence[str]
    expires_at: datetime

"""What other packages say to `crypto`: the place a value is sealed for, and why it could not be opened."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol, TypeAlias
from uuid import UUID

from chengxin.crypto.messages import (
    MOST_BYTES,
    Count,
    Counted,
    Covered,
    Keys,
    New,
    Open,
    Opened,
    Refused,
    Reply,
    Request,
    Sealing,
    Tried,
    Try,
    Value,
    frame,
    read_request,
)

__all__ = [
    "MOST_BYTES",
    "Aad",
    "CannotOpen",
    "Count",
    "Counted",
    "Covered",
    "DataKey",
    "KeyServiceAway",
    "KeyServiceRefuses",
    "Keys",
    "KeysMissing",
    "New",
    "NewKey",
    "Open",
    "Opened",
    "Refused",
    "Reply",
    "Request",
    "Sealing",
    "SealingKey",
    "Suite",
    "Tried",
    "Try",
    "Value",
    "aad_prefix",
    "aad_version",
    "frame",
    "read_request",
]

DataKey: TypeAlias = bytes
# A key derived from a data key for new values: salt ‖ key. It opens what was sealed with it, and nothing before.
SealingKey: TypeAlias = bytes


class Suite(IntEnum):
    """Algorithm suites (密码套件): AES-256-GCM with HMAC-SHA-256, or SM4-GCM with HMAC-SM3."""

    INTERNATIONAL = 1
    NATIONAL = 2


class SignatureAlgorithm(StrEnum):
    """How something is signed (签名算法)."""

    ED25519 = "ed25519"
    SM2 = "sm2"


class Signer(Protocol):
    """One signing key of the installation; where the key itself lives (a file, an HSM) is the signer's own affair."""

    @property
    def algorithm(self) -> SignatureAlgorithm:
        """Return the algorithm."""

    @property
    def public_key(self) -> bytes:
        """Return the public key as it is published."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""


class SignatureUnavailable(Exception):
    """An algorithm was asked for that nothing installed here can do; nothing else is signed in its place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Aad:
    """The one place where a sealed value belongs; opened anywhere else, it fails."""

    table: str
    column: str
    row: UUID
    version: int = 1

    def encoded(self) -> bytes:
        """Return the place as the bytes that are authenticated with the value."""
        return aad_prefix(self.table, self.column) + self.row.bytes + aad_version(self.version)


def aad_prefix(table: str, column: str) -> bytes:
    """Return the part of an `Aad` that all rows of a column share."""
    if "|" in table or "|" in column:
        raise ValueError("A table or column name holds no |.")
    return f"chengxin|{table}|{column}|".encode()


def aad_version(version: int) -> bytes:
    """Return the part of an `Aad` that holds the version."""
    return struct.pack(">I", version)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewKey:
    """A new data key as its maker sees it: wrapped for its owner, and what seals the owner's first values."""

    wrapped: bytes
    sealing: SealingKey


class KeyServiceAway(Exception):
    """Nobody answers where keys are kept, or not just now; until somebody does nothing is opened and nothing sealed."""


class KeyServiceRefuses(Exception):
    """The key service said no; `reason` is its word for why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CannotOpen(Exception):
    """A value was changed, moved to another place, or belongs to another key; nothing of it is told."""


class KeysMissing(Exception):
    """The key folder lacks a key, or others than its owner may read it."""

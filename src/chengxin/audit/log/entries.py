"""What one leaf of the log is made of: a header, and a commitment to the content that says nothing without its salt.

Event:     digest = H(H(salt ‖ "body") ‖ body), where the body names the actor only as H(H(salt ‖ "actor") ‖ key), so
           that a person can be given the proof of a look without the account of the member of staff.
Heartbeat: counter = events so far of that writer, digest = running hash over their leaves, signed by the writer.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson

from chengxin.crypto.facade import Hash

SALT_BYTES: Final = 16
START: Final = bytes(32)
"""The running hash of a writer before its first event."""
HEARTBEAT: Final = "heartbeat"
_FORMAT: Final = 1
_HEAD: Final = struct.Struct(">B16s16sQqB")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_HEARTBEAT_PREFIX: Final = b"chengxin/heartbeat/1\n"
_RECEIPT_PREFIX: Final = b"chengxin/receipt/1\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One leaf before it is hashed: who wrote it as the how-manieth, when, what kind, and the commitment."""

    id: UUID
    writer_id: UUID
    counter: int
    at: datetime
    kind: str
    digest: bytes
    signature: bytes = b""

    def encoded(self) -> bytes:
        """Return the entry as the bytes that are hashed into the tree."""
        kind = self.kind.encode()
        micros = (self.at - _EPOCH) // _MICROSECOND
        head = _HEAD.pack(_FORMAT, self.id.bytes, self.writer_id.bytes, self.counter, micros, len(kind))
        return b"".join((head, kind, self.digest, bytes([len(self.signature)]), self.signature))

    def signed(self, signature: bytes) -> Entry:
        """Return the same entry with a signature."""
        return replace(self, signature=signature)

    def leaf(self, new: Hash) -> bytes:
        """Return the hash of the leaf (RFC 9162 §2.1.1)."""
        return new(b"\x00" + self.encoded()).digest()


def commit(values: Mapping[str, Any], *, actor_key: str, salt: bytes, new: Hash) -> bytes:
    """Return the salted commitment to the content of an event."""
    return new(body_salt(salt, new) + body(values, actor=actor_digest(actor_key, salt=salt, new=new))).digest()


def body(values: Mapping[str, Any], *, actor: bytes) -> bytes:
    """Return the content of an event in its one canonical form: JSON, sorted keys, no spaces, UTF-8 (RFC 8785)."""
    return orjson.dumps({**values, "actor": actor.hex()}, option=orjson.OPT_SORT_KEYS)


def body_salt(salt: bytes, new: Hash) -> bytes:
    """Return the salt of the body, which does not give away that of the actor."""
    return new(salt + b"body").digest()


def actor_digest(actor_key: str, *, salt: bytes, new: Hash) -> bytes:
    """Return what stands in the body for the account of who acted."""
    return new(new(salt + b"actor").digest() + actor_key.encode()).digest()


def run_on(running: bytes, leaf: bytes, new: Hash) -> bytes:
    """Return the running hash of a writer after one more leaf."""
    return new(running + leaf).digest()


def heartbeat_message(entry: Entry) -> bytes:
    """Return what a writer signs in a heartbeat: the entry without its signature."""
    return _HEARTBEAT_PREFIX + entry.signed(b"").encoded()


def receipt_message(*, event_id: UUID, writer_id: UUID, counter: int, leaf: bytes) -> bytes:
    """Return what a writer signs in a receipt."""
    return _RECEIPT_PREFIX + event_id.bytes + writer_id.bytes + counter.to_bytes(8, "big") + leaf

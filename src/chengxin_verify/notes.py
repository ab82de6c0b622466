"""Read signed notes and checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature); believe none unsigned."""

from __future__ import annotations

import binascii
import hashlib
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from chengxin_verify.ed25519 import verify

LOG, COSIGNATURE = 0x01, 0x04
"""Kinds of Ed25519 keys: of a log or a writer, and of a witness."""


class Unproven(Exception):
    """What was read proves nothing: it is damaged, signed by another key, or not signed at all."""


@dataclass(frozen=True)
class Key:
    """A public key with the name it signs under."""

    name: str
    key_id: bytes
    kind: int
    public_key: bytes


@dataclass(frozen=True)
class Checkpoint:
    """A signed statement: the log `origin` has `size` leaves and this root."""

    origin: str
    size: int
    root: bytes
    hash_name: str
    at: datetime
    text: str
    cosigned_by: Mapping[str, int] = field(default_factory=dict)


def read_key(line: str) -> Key:
    """Return the key of a line `name+id+key`; raise `Unproven` when its id is not its own."""
    parts = line.strip().split("+", 2)
    try:
        name, given, encoded = parts
        key, key_id = b64decode(encoded, validate=True), bytes.fromhex(given)
    except (ValueError, binascii.Error):
        raise Unproven(f"This is no public key: {line.strip()[:80]!r}") from None
    if key_id != hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]:
        raise Unproven(f"The key of {name} does not have the id it claims.")
    if len(key) != 33 or key[0] not in {LOG, COSIGNATURE}:
        raise Unproven(f"The key of {name} is of a kind this program does not know.")
    return Key(name=name, key_id=key_id, kind=key[0], public_key=key[1:])


def read_keys(lines: Iterable[str]) -> dict[str, Key]:
    """Return the keys of a file by name; lines that begin with # are remarks."""
    keys = (read_key(line) for line in lines if line.strip() and not line.startswith("#"))
    return {key.name: key for key in keys}


def open_note(note: str, keys: Mapping[str, Key]) -> tuple[str, dict[str, int]]:
    """Return the text of a note and which known keys signed it (a witness with the second it did so).

    A signature by a key we know that does not hold makes the whole note unproven.
    """
    text, gap, signatures = note.rpartition("\n\n")
    if not gap or not text or not signatures.endswith("\n"):
        raise Unproven("This is no signed note.")
    text += "\n"
    signed: dict[str, int] = {}
    for line in signatures[:-1].split("\n"):
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        try:
            data = b64decode(encoded, validate=True)
        except binascii.Error:
            raise Unproven("A signature of the note is damaged.") from None
        if dash != "—" or len(data) < 5:
            raise Unproven("A signature of the note is damaged.")
        key = keys.get(name)
        if key is not None and data[:4] == key.key_id:
            signed[name] = _checked(key, text, data[4:])
    return text, signed


def _checked(key: Key, text: str, signature: bytes) -> int:
    second, message = 0, text.encode()
    if key.kind == COSIGNATURE:
        second, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = f"cosignature/v1\ntime {second}\n".encode() + message
    if not verify(key.public_key, message, signature):
        raise Unproven(f"The signature of {key.name} does not hold.")
    return second


def read_checkpoint(note: str, keys: Mapping[str, Key]) -> Checkpoint:
    """Return a checkpoint; raise `Unproven` unless the key named as its origin signed it."""
    text, signed = open_note(note, keys)
    try:
        origin, size, root, *more = text[:-1].split("\n")
        told = dict(line.split(" ", 1) for line in more)
        found = Checkpoint(
            origin=origin,
            size=int(size),
            root=b64decode(root, validate=True),
            hash_name=told["hash"],
            at=datetime.fromisoformat(told["time"]),
            text=text,
            cosigned_by={name: second for name, second in signed.items() if name != origin},
        )
    except (ValueError, KeyError, binascii.Error):
        raise Unproven("This is no checkpoint.") from None
    if origin not in signed or keys[origin].kind != LOG:
        raise Unproven(f"The log {origin} has not signed this checkpoint.")
    if len(found.root) != 32 or str(found.size) != size or found.size < 0:
        raise Unproven("This is no checkpoint.")
    return found

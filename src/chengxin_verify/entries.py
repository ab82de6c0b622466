"""Read the leaves of an exported log: a header and a commitment, written as `docs/adr/0010` says.

format u8=1 ‖ id 16 ‖ writer 16 ‖ counter u64 ‖ microseconds since 1970 i64 ‖ kind (u8 length) ‖ digest 32 ‖
signature (u8 length). In a file each entry has its length before it, u16; numbers are big-endian.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from chengxin_verify.hashes import Hash
from chengxin_verify.notes import Unproven

HEAD: Final = struct.Struct(">B16s16sQqB")
START: Final = bytes(32)
HEARTBEAT: Final = b"heartbeat"


@dataclass(frozen=True)
class Entry:
    """One leaf as it was hashed, taken apart."""

    id: bytes
    writer: bytes
    counter: int
    micros: int
    kind: bytes
    digest: bytes
    signature: bytes


def read_entry(data: bytes) -> Entry:
    """Return the parts of an entry; raise `Unproven` when it is not exactly one."""
    try:
        version, identity, writer, counter, micros, length = HEAD.unpack_from(data)
        kind_ends = HEAD.size + length
        signature = data[kind_ends + 33 :]
        is_whole = version == 1 and data[kind_ends + 32] == len(signature)
    except (struct.error, IndexError):
        is_whole = False
    if not is_whole:
        raise Unproven("This is no entry of a log.")
    digest = data[kind_ends : kind_ends + 32]
    return Entry(identity, writer, counter, micros, data[HEAD.size : kind_ends], digest, signature)


def split(data: bytes) -> Iterator[bytes]:
    """Yield the entries of a file."""
    at = 0
    while at < len(data):
        ends = at + 2 + (data[at] << 8 | data[at + 1] if at + 1 < len(data) else 0)
        if ends > len(data):
            raise Unproven("A file of entries ends in the middle of one.")
        yield data[at + 2 : ends]
        at = ends


def heartbeat_message(entry: Entry) -> bytes:
    """Return what a writer signed in a heartbeat."""
    head = HEAD.pack(1, entry.id, entry.writer, entry.counter, entry.micros, len(entry.kind))
    return b"chengxin/heartbeat/1\n" + head + entry.kind + entry.digest + b"\x00"


def receipt_message(event: bytes, writer: bytes, counter: int, leaf: bytes) -> bytes:
    """Return what a writer signed in a receipt."""
    return b"chengxin/receipt/1\n" + event + writer + counter.to_bytes(8, "big") + leaf


def commitment(body: bytes, *, salt: bytes, new: Hash) -> bytes:
    """Return the commitment to the content of an event, given as its canonical bytes with the salt of the body."""
    return new(salt + body)


def commitment_of(content: Mapping[str, Any], *, actor: str, salt: bytes, new: Hash) -> bytes:
    """Return the commitment to a content read from the platform, with the salt of the whole event."""
    named = new(new(salt + b"actor") + actor.encode()).hex()
    body = json.dumps({**content, "actor": named}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return commitment(body.encode(), salt=new(salt + b"body"), new=new)

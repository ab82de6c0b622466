"""Verify a whole exported log: signatures, leaves, tiles, writers and their running hashes.

Yardstick: the two SHA-256 a leaf costs in any Merkle tree, by hashlib in one process.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from benches import ground

PART = 65_536
WRITERS = 8


def run(root: Path, *, rows: int) -> dict[str, Any]:
    """Run the bench and return its figures."""
    ground.prepare(root)
    from chengxin.audit import facade as audit
    from chengxin_verify.log import verify_log
    from chengxin_verify.notes import read_keys

    with tempfile.TemporaryDirectory(prefix="chengxin-bench-") as name:
        folder = Path(name)
        entries = _export(folder, rows)
        began = time.perf_counter()
        for entry in entries:
            hashlib.sha256(b"\x01" + hashlib.sha256(b"\x00" + entry).digest() + entry[:32]).digest()
        yardstick = time.perf_counter() - began
        keys = read_keys(audit.public_keys().splitlines())
        began = time.perf_counter()
        verdict, _trees = verify_log(folder, keys)
        ours = time.perf_counter() - began
    if not verdict.is_whole or verdict.attention:
        raise RuntimeError(f"The log of the bench is not whole: {verdict.broken[:3]} {verdict.attention[:3]}")
    return {
        "leaves": len(entries),
        "processes": os.cpu_count() or 1,
        "leaves_per_second": round(len(entries) / ours),
        "two_hashes_a_leaf_per_second_yardstick": round(len(entries) / yardstick),
        "ratio": round(yardstick / ours, 2),
    }


def _export(folder: Path, rows: int) -> list[bytes]:
    """Write a log of so many leaves, as `chengxin log export` does, with a signed heartbeat of each writer."""
    from django.conf import settings

    from chengxin.audit.log.entries import HEARTBEAT, START, Entry, heartbeat_message, run_on
    from chengxin.audit.log.notes import checkpoint_text, sign_note
    from chengxin.audit.log.tree import Edge
    from chengxin.crypto.facade import hash_named, signer

    new, at = hash_named("sha256"), datetime.now(UTC) - timedelta(minutes=1)
    writers = [UUID(int=place + 1) for place in range(WRITERS)]
    running = dict.fromkeys(writers, START)
    encoded, counters = [], dict.fromkeys(writers, 0)
    for place in range(rows - WRITERS):
        writer = writers[place // 50 % WRITERS]
        counters[writer] += 1
        digest = place.to_bytes(32, "big")
        event = UUID(int=(7 << 80) + place)
        entry = Entry(id=event, writer_id=writer, counter=counters[writer], at=at, kind="disclose", digest=digest)
        encoded.append(entry.encoded())
        running[writer] = run_on(running[writer], new(b"\x00" + encoded[-1]).digest(), new)
    for writer in writers:
        beat = Entry(
            id=writer, writer_id=writer, counter=counters[writer], at=at, kind=HEARTBEAT, digest=running[writer]
        )
        encoded.append(beat.signed(signer("writer").sign(heartbeat_message(beat))).encoded())
    edge = Edge(new=new)
    edge.extend([new(b"\x00" + entry).digest() for entry in encoded])
    (folder / "rights" / "entries").mkdir(parents=True)
    for start in range(0, len(encoded), PART):
        part = b"".join(struct.pack(">H", len(entry)) + entry for entry in encoded[start : start + PART])
        (folder / "rights" / "entries" / f"{start:012d}").write_bytes(part)
    name = f"{settings.LOG_ORIGIN}/rights"
    now = datetime.now(UTC)
    text = checkpoint_text(origin=name, size=edge.size, root=edge.root(), hash_name="sha256", at=now)
    (folder / "rights" / "checkpoint").write_text(sign_note(text, name=name, signer=signer("log")), "utf-8")
    return encoded

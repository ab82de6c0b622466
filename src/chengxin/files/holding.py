"""Hold a file for minutes, sealed under a key that stays with whoever sent it and never here.

Beside the files that are kept: `held/WHOSE.NAME`, where `WHOSE` is a keyed hash. What lies here opens for nobody but
the bearer of its key, is taken once, and is swept when it is older than its caller says, by the clock of the disk.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO, BinaryIO
from uuid import uuid4

from chengxin.crypto import facade as crypto
from chengxin.files.chunks import full_disk_refused, open_chunks, root, seal_chunks


@dataclass(frozen=True, kw_only=True)
class Held:
    """A file that is held: its name, and its key, which is nowhere else."""

    name: str
    key: bytes


def hold(plain: IO[bytes], *, whose: str) -> Held:
    """Seal a file from its beginning and return what opens it; raises `Refused` (F-DISK) when the disk is full."""
    held = Held(name=uuid4().hex, key=crypto.passing_key())
    place = _place(held, whose)
    plain.seek(0)
    with full_disk_refused():
        _folder().mkdir(exist_ok=True, mode=0o700)
        try:
            with place.open("xb") as sealed:
                seal_chunks(plain, sealed, key=held.key, digest=held.name)
        except BaseException:
            place.unlink(missing_ok=True)
            raise
    return held


def held_bytes(whose: str) -> int:
    """Return how many bytes are held of somebody."""
    return sum(found.st_size for _, found in _standing(f"{_tag(whose)}.*"))


def take_held(held: Held, plain: BinaryIO, *, whose: str, older_than: timedelta) -> bool:
    """Write a held file to `plain` and let go of it; False when it is gone or too old. Who comes first takes it."""
    place = _place(held, whose)
    taken = place.with_name(f"{place.name}.taken")
    try:
        if _is_old(place.stat(), older_than):
            return False
        place.rename(taken)
    except FileNotFoundError:
        return False
    try:
        with taken.open("rb") as sealed:
            open_chunks(sealed, plain, key=held.key, digest=held.name)
    finally:
        taken.unlink(missing_ok=True)
    plain.seek(0)
    return True


def sweep_held(*, older_than: timedelta) -> int:
    """Remove what is held longer than its time, also what a crash left half taken; return how many files went."""
    old = [place for place, found in _standing("*") if _is_old(found, older_than)]
    for place in old:
        place.unlink(missing_ok=True)
    return len(old)


def _standing(pattern: str) -> Iterator[tuple[Path, os.stat_result]]:
    for place in _folder().glob(pattern):
        with suppress(FileNotFoundError):  # Somebody took it meanwhile.
            yield place, place.stat()


def _is_old(found: os.stat_result, older_than: timedelta) -> bool:
    return time.time() - found.st_mtime >= older_than.total_seconds()


def _folder() -> Path:
    return root() / "held"


def _place(held: Held, whose: str) -> Path:
    return _folder() / f"{_tag(whose)}.{held.name}"


def _tag(whose: str) -> str:
    return crypto.blind("files.held", whose).hex()

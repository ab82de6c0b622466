"""What a witness has seen: one line for each checkpoint, only ever appended, on the disk before anything is signed."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from chengxin_verify.notes import Checkpoint, Key, Unproven, read_checkpoint


class Memory:
    """The file of a witness, held by one process at a time."""

    def __init__(self, file: Path, keys: Mapping[str, Key]) -> None:
        self._file, self._keys = file, keys

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the file for one look and one line, so that no second process signs beside it."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def newest(self, origin: str) -> Checkpoint | None:
        """Return the last checkpoint seen of a log; raise `Unproven` when the file is damaged."""
        found = None
        lines = self._file.read_bytes().split(b"\n") if self._file.exists() else [b""]
        for line in lines[:-1]:  # What a crash left without its end was never signed.
            if not line:
                continue
            try:
                told = json.loads(line)
            except json.JSONDecodeError:
                if line.endswith(b"#torn"):
                    continue
                raise Unproven(f"{self._file} is damaged: a witness without memory signs nothing.") from None
            if told["origin"] == origin:
                found = told["note"]
        return None if found is None else read_checkpoint(found, self._keys)

    def keep(self, checkpoint: Checkpoint, note: str, cosignature: str) -> None:
        """Append a checkpoint with the signature given for it; return only when it is on the disk."""
        line = {"origin": checkpoint.origin, "size": checkpoint.size, "note": note, "cosignature": cosignature}
        is_new = not self._file.exists() or self._file.stat().st_size == 0
        torn = not is_new and not self._ends_whole()
        with self._file.open("ab") as file:
            file.write((b"#torn\n" if torn else b"") + json.dumps(line).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            folder = os.open(self._file.parent, os.O_RDONLY)
            os.fsync(folder)
            os.close(folder)

    def _ends_whole(self) -> bool:
        with self._file.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"

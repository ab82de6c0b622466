"""What the program holds and what it has answered, in one file that is replaced whole."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

State = dict[str, Any]


@contextmanager
def remembering(file: Path) -> Iterator[State]:
    """Give what is known, alone; keep what was made of it when the block ends well, and after each `keep`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.with_name(f".{file.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        state: State = json.loads(file.read_text("utf-8")) if file.exists() else {"held": {}, "answered": {}}
        yield state
        keep(file, state)


def keep(file: Path, state: State) -> None:
    """Write what is known so that a crash leaves the old or the new."""
    draft = file.with_name(f".{file.name}.draft")
    with draft.open("w", encoding="utf-8") as target:
        json.dump(state, target, indent=1, sort_keys=True, ensure_ascii=False)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(file)

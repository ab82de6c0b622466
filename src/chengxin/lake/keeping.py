"""Results end: what was computed from a lake goes after its time, and can be computed again from what was delivered."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from chengxin.lake.store import Store


def forget_results(store: Store, *, before: datetime, limit: int) -> Iterator[str]:
    """Delete results that were last written before a moment, with what was worked out from them, and yield which.

    Drafts that a process left behind when it died go too. A result may be read while it goes: whoever has opened its
    files keeps them, whoever comes later computes it again.
    """
    for (query, identity), files in sorted(_results(store).items()):
        if limit <= 0:
            return
        if max(_written(file) for file in files) < before.timestamp():
            # What describes a result goes first: without it nobody looks for the rows.
            for file in sorted(files, key=lambda file: file.suffix != ".json"):
                file.unlink(missing_ok=True)
            limit -= 1
            yield f"{query}/{identity}"


def _results(store: Store) -> dict[tuple[str, str], list[Path]]:
    """Return the files of each result: rows, description, and what was worked out from them."""
    found = defaultdict[tuple[str, str], list[Path]](list)
    for folder, _folders, names in os.walk(store.root / "_results"):
        for name in names:
            identity = name.lstrip(".").split("-")[0].split(".")[0]
            found[Path(folder).name, identity].append(Path(folder) / name)
    return found


def _written(file: Path) -> float:
    """Return when a file was written; one that has gone meanwhile is as old as can be."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0

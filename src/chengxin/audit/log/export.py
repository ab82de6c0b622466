"""Write the log into a folder, as `chengxin-verify log` reads it; the content only for the audit."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, Final

import orjson
from django.db.models import Exists, OuterRef, Q

from chengxin.audit import models
from chengxin.audit.contracts import Checkpoint, Tree
from chengxin.audit.log.reading import newest_checkpoint, older_checkpoints, row_content
from chengxin.audit.log.tree import HASH_BYTES, WIDTH
from chengxin.kernel.refusal import Refused

PART: Final = 65_536
"""Entries in one file: whole tiles, so that files can be checked side by side."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def export_log(folder: Path, *, content: bool = False) -> dict[str, int]:
    """Write checkpoints, entries and tiles of one moment, and return how many leaves each tree has.

    With `content` also what the leaves commit to, with the salts, as far as row security shows it.
    """
    newest = {tree: found for tree in Tree if (found := _newest(tree)) is not None}
    for tree, checkpoint in newest.items():
        _export_tree(folder / tree, checkpoint)
    if content:
        _export_content(folder / "content.jsonl", newest)
    return {tree.value: checkpoint.size for tree, checkpoint in newest.items()}


def _newest(tree: Tree) -> Checkpoint | None:
    try:
        return newest_checkpoint(tree)
    except Refused:
        return None


def _export_tree(folder: Path, newest: Checkpoint) -> None:
    """Write one tree as it was when it was signed: the log may grow meanwhile."""
    for part in ("entries", "older", "tile"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    (folder / "checkpoint").write_text(newest.note, "utf-8")
    for one in older_checkpoints(newest.tree):
        if one.size < newest.size:
            (folder / "older" / f"{one.size:012d}").write_text(one.note, "utf-8")
    for start in range(0, newest.size, PART):
        (folder / "entries" / f"{start:012d}").write_bytes(b"".join(_entries(newest, start)))
    rows = models.Tile.objects.filter(tree=newest.tree, level__lte=1)
    for level, index, hashes in rows.values_list("level", "index", "hashes"):
        count = min(WIDTH, (newest.size >> (8 * level)) - WIDTH * index)
        if count > 0:
            (folder / "tile" / str(level)).mkdir(exist_ok=True)
            (folder / "tile" / str(level) / f"{index:012d}").write_bytes(hashes[: HASH_BYTES * count])


def _entries(checkpoint: Checkpoint, start: int) -> Iterator[bytes]:
    ends = min(start + PART, checkpoint.size)
    rows = models.Leaf.objects.filter(tree=checkpoint.tree, index__gte=start, index__lt=ends).order_by("index")
    for entry in rows.values_list("entry", flat=True):
        yield struct.pack(">H", len(entry)) + bytes(entry)


def _export_content(file: Path, newest: Mapping[Tree, Checkpoint]) -> None:
    """Write the content of each event that is in the trees; what still waits is not in the log yet."""
    in_trees = [Q(tree=tree, index__lt=checkpoint.size) for tree, checkpoint in newest.items()]
    logged = models.Leaf.objects.filter(reduce(or_, in_trees, Q(tree="")), event_id=OuterRef("id"))
    rows = models.Event.objects.filter(Exists(logged), salt__isnull=False).order_by("id")
    with file.open("wb") as lines:
        for row in rows.iterator(chunk_size=2_000):
            lines.write(orjson.dumps(_line(row)) + b"\n")


def _line(row: models.Event) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "writer": str(row.writer_id),
        "counter": row.counter,
        "micros": (row.at - _EPOCH) // timedelta(microseconds=1),
        "kind": row.kind,
        "salt": bytes(row.salt or b"").hex(),
        "actor": row.actor_key,
        "content": row_content(row),
    }

"""Verify a whole exported log: signatures, roots, tiles, earlier checkpoints, writers, receipts, content."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from chengxin_verify.chunks import Chunk, Place, read_chunk
from chengxin_verify.ed25519 import verify
from chengxin_verify.entries import START, heartbeat_message, read_entry
from chengxin_verify.hashes import Hash, hash_named
from chengxin_verify.merkle import root_of
from chengxin_verify.notes import Checkpoint, Key, Unproven, read_checkpoint

TREES: Final = ("rights", "lists")
WIDTH: Final = 256
SKEW_SECONDS: Final = 60.0


@dataclass
class Verdict:
    """What was found: `broken` is proof of tampering or damage, `attention` is for a person to look into."""

    broken: list[str] = field(default_factory=list)
    attention: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is broken."""
        return not self.broken


@dataclass
class Tree:
    """One verified tree: its checkpoint, its leaf hashes by place, and what its entries say of their writers."""

    name: str
    checkpoint: Checkpoint
    new: Hash
    chunks: list[Chunk]

    @property
    def size(self) -> int:
        """Return how many leaves were read."""
        return sum(len(chunk.leaves) // 32 for chunk in self.chunks)

    def root(self, size: int) -> bytes:
        """Return the root over the first leaves: of whole tiles from their roots, of the rest from the leaves."""
        roots, rest = [], size
        for chunk in self.chunks:
            count = min(rest, len(chunk.leaves) // 32)
            roots += chunk.tile_roots[: count // WIDTH]
            rest -= count
            if not rest:
                tail = chunk.leaves[count // WIDTH * WIDTH * 32 : count * 32]
                if tail:
                    roots.append(root_of([tail[at : at + 32] for at in range(0, len(tail), 32)], self.new))
                break
        return root_of(roots, self.new)


def verify_log(
    folder: Path, keys: Mapping[str, Key], *, max_delay: float | None = 1800.0, processes: int | None = None
) -> tuple[Verdict, dict[str, Tree]]:
    """Verify an exported log; `max_delay` is how much older than its place an act may be, None for replayed pasts."""
    verdict, trees = Verdict(), {}
    for name in TREES:
        if (folder / name).is_dir():
            try:
                trees[name] = _read_tree(folder / name, keys, max_delay=max_delay, processes=processes)
            except (Unproven, OSError, KeyError, ValueError) as error:
                verdict.broken.append(f"{name}: {error}")
    if not trees and not verdict.broken:
        verdict.broken.append(f"{folder} holds no log.")
    for tree in trees.values():
        _check_tree(tree, folder / tree.name, keys, verdict)
    if len({tree.checkpoint.origin.rpartition("/")[0] for tree in trees.values()}) > 1:
        verdict.broken.append("The trees are of different logs.")
    _check_writers(trees, keys, verdict)
    verdict.counts = {name: tree.size for name, tree in trees.items()}
    return verdict, trees


def _read_tree(folder: Path, keys: Mapping[str, Key], *, max_delay: float | None, processes: int | None) -> Tree:
    checkpoint = read_checkpoint((folder / "checkpoint").read_text("utf-8"), keys)
    if checkpoint.origin.rpartition("/")[2] != folder.name:
        raise Unproven(f"The checkpoint is that of {checkpoint.origin}.")
    history = _history(folder, keys)
    bounds = tuple((one.size, one.at.timestamp()) for one in [*history, checkpoint])
    files = sorted((folder / "entries").iterdir()) if (folder / "entries").is_dir() else []
    starts = [int(file.name) for file in files]
    jobs = [(file, start, checkpoint.hash_name, bounds, max_delay) for file, start in zip(files, starts, strict=True)]
    workers = min(len(jobs), processes or os.cpu_count() or 1)
    if workers > 1:
        with ProcessPoolExecutor(workers) as pool:
            chunks = list(pool.map(read_chunk, *zip(*jobs, strict=True)))
    else:
        chunks = [read_chunk(*job) for job in jobs]
    return Tree(folder.name, checkpoint, hash_named(checkpoint.hash_name), chunks)


def _history(folder: Path, keys: Mapping[str, Key]) -> list[Checkpoint]:
    older = folder / "older"
    notes = [file.read_text("utf-8") for file in sorted(older.iterdir())] if older.is_dir() else []
    return sorted((read_checkpoint(note, keys) for note in notes), key=lambda one: one.size)


def _check_tree(tree: Tree, folder: Path, keys: Mapping[str, Key], verdict: Verdict) -> None:
    """Compare what was signed with what is there."""
    for chunk in tree.chunks:
        verdict.broken += [f"{tree.name}: {what}" for what in chunk.wrong]
    if tree.size != tree.checkpoint.size:
        verdict.broken.append(f"{tree.name}: {tree.size} leaves are there, {tree.checkpoint.size} are signed.")
    elif tree.root(tree.size) != tree.checkpoint.root:
        verdict.broken.append(f"{tree.name}: the leaves do not give the root that is signed.")
    for one in _history(folder, keys):
        check_earlier(tree, one, verdict)
    _check_tiles(tree, folder, verdict)


def check_earlier(tree: Tree, earlier: Checkpoint, verdict: Verdict) -> None:
    """Compare a tree with what was signed before: it must begin with the whole of it."""
    if earlier.origin != tree.checkpoint.origin or earlier.hash_name != tree.checkpoint.hash_name:
        verdict.broken.append(f"{tree.name}: the earlier checkpoint is that of another log.")
    elif earlier.size > tree.size:
        verdict.broken.append(f"{tree.name}: {earlier.size} leaves were signed earlier, {tree.size} are left.")
    elif tree.root(earlier.size) != earlier.root:
        verdict.broken.append(f"{tree.name}: the first {earlier.size} leaves are not those signed earlier.")


def _check_tiles(tree: Tree, folder: Path, verdict: Verdict) -> None:
    """Compare the exported tiles of the lowest two levels with the leaves; levels above follow from these."""
    leaves = b"".join(chunk.leaves for chunk in tree.chunks)
    levels = (leaves, b"".join(root for chunk in tree.chunks for root in chunk.tile_roots))
    for level, hashes in enumerate(levels):
        for file in sorted((folder / "tile" / str(level)).glob("*")):
            index = int(file.name)
            if file.read_bytes() != hashes[index * WIDTH * 32 : (index + 1) * WIDTH * 32]:
                verdict.broken.append(f"{tree.name}: tile {level}/{index} is not what the leaves give.")


def _check_writers(trees: Mapping[str, Tree], keys: Mapping[str, Key], verdict: Verdict) -> None:
    """Find deleted, added and changed events of each writer, by its counters and its signed running hash."""
    events: dict[bytes, dict[int, bytes]] = defaultdict(dict)
    beats: dict[bytes, list[Place]] = defaultdict(list)
    for tree in trees.values():
        for chunk in tree.chunks:
            for writer, counter, leaf in chunk.events():
                if counter in events[writer]:
                    verdict.broken.append(f"Writer {writer.hex()}: event {counter} is there twice.")
                events[writer][counter] = leaf
            for beat in chunk.beats:
                beats[beat.writer].append(beat)
    new = next(iter(trees.values())).new if trees else None
    writer_keys = {
        tree.checkpoint.origin.rpartition("/")[0] + "/writer": tree.checkpoint.origin for tree in trees.values()
    }
    key = next((keys[name] for name in writer_keys if name in keys), None)
    if trees and key is None:
        verdict.attention.append("No writer key was given, so no heartbeat was checked.")
    for writer in sorted(events.keys() | beats.keys()):
        if new is not None and key is not None:
            _check_writer(writer, events[writer], beats[writer], key=key, new=new, verdict=verdict)


def _check_writer(
    writer: bytes, events: Mapping[int, bytes], beats: list[Place], *, key: Key, new: Hash, verdict: Verdict
) -> None:
    """Walk the events of one writer in order and compare each heartbeat with where the walk stands."""
    name, last = f"Writer {writer.hex()}", max(events, default=0)
    beats = sorted(beats, key=lambda beat: beat.counter)
    signed = beats[-1].counter if beats else 0
    if missing := [counter for counter in range(1, max(last, signed) + 1) if counter not in events]:
        verdict.broken.append(f"{name}: {len(missing)} events are missing, the first is {missing[0]}.")
        return
    if beats and not verify(key.public_key, heartbeat_message(read_entry(beats[-1].data)), beats[-1].signature):
        verdict.broken.append(f"{name}: its last heartbeat is not signed by the platform.")
    running, at = START, 0
    for beat in beats:
        while at < beat.counter:
            at += 1
            running = new(running + events[at])
        if running != beat.digest:
            verdict.broken.append(f"{name}: the events up to {beat.counter} are not those it signed.")
            return
    if last > signed:
        verdict.attention.append(f"{name}: {last - signed} events after its last heartbeat are not signed.")


def stale(checkpoint: Checkpoint, *, within: float, now: datetime | None = None) -> str:
    """Say that a checkpoint is older than it may be, or nothing: an old one replayed hides what came after."""
    age = ((now or datetime.now(UTC)) - checkpoint.at).total_seconds()
    return f"{checkpoint.origin}: the checkpoint is {age:.0f} s old." if age > within else ""

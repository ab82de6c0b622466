"""The one process that lays committed entries into the trees and signs what it did (定序器).

It logs in as `chengxin_sequencer`, which reads the queue and writes the log and can see nothing about anybody.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction

from chengxin.audit.contracts import Tree
from chengxin.audit.log.entries import Entry
from chengxin.audit.log.notes import checkpoint_text, sign_note
from chengxin.audit.log.tree import Edge, edge_of, edge_tiles
from chengxin.crypto.facade import hash_name, hash_named, signer

BATCH: Final = 2048
PAUSE_SECONDS: Final = 0.1
RESIGN_SECONDS: Final = 30.0
KEPT_SECONDS: Final = 60.0
AWAY_SECONDS: Final = 1.0
LOCK: Final = 0x63785F6C  # 'cx_l': one sequencer in a cluster.

_TAKE = """
    delete from audit_queue where (queued_at, event_id) in (
        select queued_at, event_id from audit_queue order by queued_at, event_id limit %s)
    returning queued_at, tree, event_id, writer_id, counter, at, kind, digest, signature
"""
_PUT_TILE = """
    insert into audit_tile (tree, level, index, hashes) values (%s, %s, %s, %s)
    on conflict (tree, level, index) do update set hashes = excluded.hashes
"""
_PUT_CHECKPOINT = """
    insert into audit_checkpoint (tree, size, root, hash_name, note, at) values (%s, %s, %s, %s, %s, %s)
    on conflict (tree, size) do update set note = excluded.note, at = excluded.at
"""
_log = logging.getLogger("chengxin.audit")


class LogBroken(Exception):
    """What is stored does not fit the last checkpoint: nothing may be added to it, or the break would be signed."""


@dataclass(kw_only=True)
class Head:
    """A tree as it was left: its edge, when it was signed, and when the checkpoint kept before that one was."""

    edge: Edge
    at: datetime | None = None
    kept_at: datetime | None = None


class Sequencer:
    """Move the queue into the trees, batch by batch; make one only while holding the lock."""

    def __init__(self) -> None:
        self._heads = {tree: _read_head(tree) for tree in Tree}

    def step(self) -> int:
        """Lay one batch into the trees and sign; return how many entries it was. Signs anew when long idle."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_TAKE, [BATCH])
            rows = sorted(cursor.fetchall(), key=lambda row: (row[0], row[4], row[2]))
            cursor.execute("select clock_timestamp()")
            ((moment,),) = cursor.fetchall()
            by_tree: dict[Tree, list[Entry]] = defaultdict(list)
            for row in rows:
                by_tree[Tree(row[1])].append(_entry(row))
            grown = {tree: self._grow(cursor, tree, entries, moment) for tree, entries in by_tree.items()}
            for tree, head in self._heads.items():
                if tree not in grown and len(rows) < BATCH and _is_old(head, moment):
                    grown[tree] = _sign(cursor, tree, head, head.edge, moment)
        # Only what is committed is remembered.
        self._heads.update(grown)
        return len(rows)

    def _grow(self, cursor: Any, tree: Tree, entries: Sequence[Entry], moment: datetime) -> Head:  # noqa: ANN401
        head = self._heads[tree]
        edge = head.edge.copy()
        new, first = edge.new, edge.size
        encoded = [entry.encoded() for entry in entries]
        with cursor.copy("copy audit_leaf (tree, index, event_id, entry) from stdin") as copy:
            for index, (entry, data) in enumerate(zip(entries, encoded, strict=True), first):
                copy.write_row((tree.value, index, entry.id, data))
        tiles = edge.extend([new(b"\x00" + data).digest() for data in encoded])
        cursor.executemany(_PUT_TILE, [(tree.value, level, index, tile) for (level, index), tile in tiles.items()])
        return _sign(cursor, tree, head, edge, moment)


def sequence(*, once: bool = False) -> int:
    """Sequence until ended, or until the queue is empty; return how many entries were laid down.

    A database that goes away is waited for; of two sequencers one waits for the other's lock.
    """
    total = 0
    while True:
        try:
            with _alone():
                worker = Sequencer()
                while True:
                    began = time.monotonic()
                    done = worker.step()
                    total += done
                    if once and done < BATCH:
                        return total
                    if done < BATCH:
                        time.sleep(max(0.0, PAUSE_SECONDS - (time.monotonic() - began)))
        except (DatabaseError, InterfaceError) as error:
            if once:
                raise
            _log.warning("The database is away (%s); the log waits.", type(error).__name__)
            connection.close()
            time.sleep(AWAY_SECONDS)


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the lock of the one sequencer; it ends with its session at the latest."""
    with connection.cursor() as cursor:
        cursor.execute("set lock_timeout = 0; set statement_timeout = 0")
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        cursor.execute("reset lock_timeout; reset statement_timeout")
    try:
        yield
    finally:
        if connection.connection is not None and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def _read_head(tree: Tree) -> Head:
    """Return a tree as it is stored; raise `LogBroken` if that is not what was signed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select size, root, hash_name, at from audit_checkpoint where tree = %s order by size desc limit 2", [tree]
        )
        kept = cursor.fetchall()
        if not kept:
            return Head(edge=Edge(new=hash_named(hash_name())))
        size, root, named, at = kept[0]
        if named != hash_name():
            raise LogBroken(f"The tree {tree} is made with {named}, this installation with {hash_name()}: never mixed.")
        tiles = {}
        for level, index in edge_tiles(size):
            cursor.execute(
                "select hashes from audit_tile where tree = %s and level = %s and index = %s", [tree, level, index]
            )
            tiles[level, index] = b"".join(bytes(row[0]) for row in cursor.fetchall())
    edge = edge_of(size, tiles, new=hash_named(named))
    if edge.root() != bytes(root):
        raise LogBroken(f"The tiles of the tree {tree} do not give the root that was signed for {size} leaves.")
    return Head(edge=edge, at=at, kept_at=kept[1][3] if len(kept) > 1 else None)


def _entry(row: Sequence[Any]) -> Entry:
    _queued_at, _tree, event_id, writer_id, counter, at, kind, digest, signature = row
    return Entry(
        id=event_id,
        writer_id=writer_id,
        counter=counter,
        at=at,
        kind=kind,
        digest=bytes(digest),
        signature=bytes(signature),
    )


def _is_old(head: Head, moment: datetime) -> bool:
    return head.at is None or (moment - head.at).total_seconds() > RESIGN_SECONDS


def _sign(cursor: Any, tree: Tree, head: Head, edge: Edge, moment: datetime) -> Head:  # noqa: ANN401
    """Sign a tree; of the checkpoints of one minute only the last is kept."""
    root, name = edge.root(), f"{settings.LOG_ORIGIN}/{tree}"
    text = checkpoint_text(origin=name, size=edge.size, root=root, hash_name=hash_name(), at=moment)
    note = sign_note(text, name=name, signer=signer("log"))
    kept_at = head.kept_at
    if head.at is not None and head.edge.size != edge.size:
        if kept_at is not None and (head.at - kept_at).total_seconds() < KEPT_SECONDS:
            cursor.execute("delete from audit_checkpoint where tree = %s and size = %s", [tree, head.edge.size])
        else:
            kept_at = head.at
    cursor.execute(_PUT_CHECKPOINT, [tree, edge.size, root, hash_name(), note, moment])
    return Head(edge=edge, at=moment, kept_at=kept_at)

"""Keys that seal: asked of the key service once per transaction; they open nothing that exists."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from uuid import UUID

import polars as pl
from django.db import transaction

from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad, SealingKey
from chengxin.database.facade import ask


class _Held(threading.local):
    """Keys of the running transaction, by subject id in hexadecimal; another thread has its own."""

    def __init__(self) -> None:
        self.keys: dict[str, SealingKey] = {}


_held = _Held()
_WRAPPED = "select subject_id, wrapped from subjects_subject_key where subject_id = any(%s::uuid[])"
_MOST_HELD = 2_000_000


class NoKey(LookupError):
    """A subject has no data key: it is unknown, out of sight, or erased."""


def hold(subject_ids: Iterable[str], keys: Iterable[SealingKey]) -> None:
    """Keep keys at hand until the transaction commits; after a rollback they belong to nobody."""
    if not _held.keys or len(_held.keys) > _MOST_HELD:
        _held.keys.clear()
        transaction.on_commit(_held.keys.clear)
    _held.keys.update(zip(subject_ids, keys, strict=True))


def forget(subject_id: UUID) -> None:
    """Drop a key from the hand, as erasure does."""
    _held.keys.pop(subject_id.hex, None)


def sealing_keys(subject_ids: Iterable[str]) -> dict[str, SealingKey]:
    """Return a key that seals for each subject, by its id in hexadecimal; raise `NoKey` if one has no data key."""
    wanted = set(subject_ids)
    missing = sorted(wanted - _held.keys.keys())
    if missing:
        wrapped = wrapped_keys([UUID(hex=subject_id) for subject_id in missing])
        if len(wrapped) < len(missing):
            raise NoKey(f"{len(missing) - len(wrapped)} subjects have no data key.")
        ids = list(wrapped)
        keys = crypto.sealing_keys(list(wrapped.values()), owners=[subject_id.bytes for subject_id in ids])
        hold([subject_id.hex for subject_id in ids], keys)
    return {subject_id: _held.keys[subject_id] for subject_id in wanted}


def wrapped_keys(subject_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """Return the wrapped keys of subjects, as `audit.disclose` takes them; an erased subject is not among them."""
    found = ask(
        "select subject_id, wrapped from subjects_subject_key where subject_id = any(%s::uuid[])", [list(subject_ids)]
    )
    return {subject_id: bytes(wrapped) for subject_id, wrapped in found}


def seal_column(
    subject_ids: pl.Series, plaintexts: Sequence[bytes], *, table: str, column: str, rows: Iterable[bytes]
) -> list[bytes]:
    """Seal one column of many rows, each with the key of its subject; `subject_ids` are hexadecimal text."""
    ids = subject_ids.to_list()
    keys = sealing_keys(ids)
    return crypto.seal_column([keys[one] for one in ids], plaintexts, table=table, column=column, rows=rows)


def seal_many(subject_ids: Sequence[UUID], plaintexts: Sequence[bytes], *, aads: Iterable[Aad]) -> list[bytes]:
    """Seal many values, each with the key of its subject, for its own place."""
    keys = sealing_keys(subject_id.hex for subject_id in subject_ids)
    return crypto.seal_many([keys[one.hex] for one in subject_ids], plaintexts, aads=aads)

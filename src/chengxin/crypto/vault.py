"""Make, wrap and open data keys. Only the key service and its tests import this: it needs the keys above keys."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from uuid import UUID

from chengxin.crypto.contracts import CannotOpen, DataKey, NewKey, SealingKey, Suite
from chengxin.crypto.keys import keyring
from chengxin.crypto.suites import KEY_BYTES, SALT_BYTES, decrypt, derive, encrypt_many


def new_data_keys(count: int) -> list[DataKey]:
    """Return random data keys (数据密钥), of the length of the current suite."""
    size = KEY_BYTES[keyring().suite]
    randomness = os.urandom(size * count)
    return [randomness[start : start + size] for start in range(0, size * count, size)]


def make_new(owners: Sequence[bytes]) -> list[NewKey]:
    """Make a data key for each owner; the key itself is kept by nobody."""
    keys = new_data_keys(len(owners))
    wrapped = wrap_many(keys, subject_ids=owners)
    return [NewKey(wrapped=one, sealing=sealing) for one, sealing in zip(wrapped, _sealing(keys), strict=True)]


def sealing_keys(wrapped: Iterable[bytes], *, owners: Iterable[bytes]) -> list[SealingKey]:
    """Return for each data key a key that seals new values: the salt is ours, so it opens nothing that exists."""
    return _sealing(unwrap_many(wrapped, subject_ids=owners))


def _sealing(keys: Sequence[DataKey]) -> list[SealingKey]:
    salts = os.urandom(SALT_BYTES * len(keys))
    return [derive(key, salts[SALT_BYTES * at : SALT_BYTES * at + SALT_BYTES]) for at, key in enumerate(keys)]


def wrap(key: DataKey, *, subject_id: UUID) -> bytes:
    """Return a data key encrypted for its subject only: generation ‖ sealed value."""
    return wrap_many([key], subject_ids=[subject_id.bytes])[0]


def wrap_many(keys: Sequence[DataKey], *, subject_ids: Iterable[bytes]) -> list[bytes]:
    """Wrap many data keys; subjects are given as the 16 bytes of their id."""
    ring = keyring()
    generation = ring.current
    header = generation.to_bytes(2, "big")
    kek = ring.kek(generation, ring.suite) or b""
    aads = (_wrap_aad(header, subject_id) for subject_id in subject_ids)
    return [header + sealed for sealed in encrypt_many([kek] * len(keys), keys, aads)]


def unwrap(wrapped: bytes, *, subject_id: UUID) -> DataKey:
    """Return the data key of a subject; raise `CannotOpen` when it was wrapped for another or is damaged."""
    return unwrap_many([wrapped], subject_ids=[subject_id.bytes])[0]


def unwrap_many(wrapped: Iterable[bytes], *, subject_ids: Iterable[bytes]) -> list[DataKey]:
    """Unwrap many data keys; subjects are given as the 16 bytes of their id."""
    return [_unwrap(value, subject_id) for value, subject_id in zip(wrapped, subject_ids, strict=True)]


def _unwrap(wrapped: bytes, subject_id: bytes) -> DataKey:
    header, sealed = wrapped[:2], wrapped[2:]
    if not sealed or sealed[0] not in Suite.__members__.values():
        raise CannotOpen
    kek = keyring().kek(int.from_bytes(header, "big"), Suite(sealed[0]))
    if kek is None:
        raise CannotOpen
    return decrypt(kek, sealed, _wrap_aad(header, subject_id))


def _wrap_aad(header: bytes, subject_id: bytes) -> bytes:
    if len(subject_id) != 16:
        raise ValueError("A subject id has 16 bytes.")
    return b"chengxin|subject-key|" + header + subject_id


def open_sealed(key: DataKey, sealed: bytes, aad: bytes) -> bytes:
    """Return the value, or raise `CannotOpen` when key, place or content is not the one it was sealed with."""
    return decrypt(key, sealed, aad)

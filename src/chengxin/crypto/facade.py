"""The door of `crypto`: data keys, sealed values, blind indexes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from chengxin.crypto import certificates
from chengxin.crypto.contracts import Aad, CannotOpen, DataKey, Suite, aad_prefix, aad_version
from chengxin.crypto.keys import create_missing, key_folder, keyring
from chengxin.crypto.signing import Hash, hash_name, hash_named, signer
from chengxin.crypto.statements import NotSigned, StatementSigner, statement_signer
from chengxin.crypto.suites import KEY_BYTES, decrypt, encrypt_many, keyed_hash

__all__ = [
    "BLIND_BYTES",
    "Hash",
    "NotSigned",
    "StatementSigner",
    "blind",
    "blind_many",
    "create_missing",
    "document_certificate",
    "hash_name",
    "hash_named",
    "new_data_keys",
    "open_sealed",
    "seal",
    "seal_column",
    "seal_many",
    "sign_pdf",
    "signer",
    "statement_signer",
    "unwrap",
    "unwrap_many",
    "wrap",
    "wrap_many",
]

BLIND_BYTES = 16


def new_data_keys(count: int) -> list[DataKey]:
    """Return random data keys (数据密钥), of the length of the current suite."""
    size = KEY_BYTES[keyring().suite]
    randomness = os.urandom(size * count)
    return [randomness[start : start + size] for start in range(0, size * count, size)]


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


def seal(key: DataKey, plaintext: bytes, *, aad: Aad) -> bytes:
    """Return a value encrypted for one place: suite ‖ nonce ‖ ciphertext ‖ tag."""
    return encrypt_many([key], [plaintext], [aad.encoded()])[0]


def seal_many(keys: Iterable[DataKey], plaintexts: Sequence[bytes], *, aads: Iterable[Aad]) -> list[bytes]:
    """Seal many values, each with its own key and place."""
    return encrypt_many(keys, plaintexts, (aad.encoded() for aad in aads))


def seal_column(
    keys: Iterable[DataKey],
    plaintexts: Sequence[bytes],
    *,
    table: str,
    column: str,
    rows: Iterable[bytes],
    version: int = 1,
) -> list[bytes]:
    """Seal one column of many rows, given as the 16 bytes of their ids: the fastest form, equal to `seal`."""
    prefix, suffix = aad_prefix(table, column), aad_version(version)
    return encrypt_many(keys, plaintexts, (prefix + row + suffix for row in rows))


def open_sealed(key: DataKey, sealed: bytes, *, aad: Aad) -> bytes:
    """Return the value, or raise `CannotOpen` when key, place or content is not the one it was sealed with."""
    return decrypt(key, sealed, aad.encoded())


def blind(column: str, value: str) -> bytes:
    """Return the blind index (盲索引) of a value: 16 bytes of a keyed hash, with a key of the column's own."""
    return blind_many(column, [value])[0]


def blind_many(column: str, values: Iterable[str]) -> list[bytes]:
    """Return the blind index of many values of one column."""
    ring = keyring()
    start = keyed_hash(ring.suite, _column_key(ring.suite, ring.blind, column))
    indexes = []
    for value in values:
        keyed = start.copy()
        keyed.update(value.encode())
        indexes.append(keyed.finalize()[:BLIND_BYTES])
    return indexes


@lru_cache(maxsize=64)
def _column_key(suite: Suite, root: bytes, column: str) -> bytes:
    derivation = keyed_hash(suite, root)
    derivation.update(b"chengxin|blind|" + column.encode())
    return derivation.finalize()


def sign_pdf(pdf: bytes) -> bytes:
    """Return a PDF that carries the electronic signature (PAdES) of this installation."""
    from chengxin.crypto import documents  # noqa: PLC0415 - half a second to load, and few processes sign

    return documents.sign_pdf(pdf, folder=key_folder())


def document_certificate() -> bytes:
    """Return the certificate that signed documents are checked with, as PEM."""
    return certificates.certificate(key_folder())

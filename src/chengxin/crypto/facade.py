"""The door of `crypto`: new keys, sealed values, blind indexes. Opening is the key service's alone."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache

from chengxin.crypto import certificates
from chengxin.crypto.client import ask, ask_all, new_keys, peer_pid, sealing_keys, service_pid, socket_path, stand_by
from chengxin.crypto.contracts import Aad, SealingKey, Suite, aad_prefix, aad_version
from chengxin.crypto.keys import blind_root, check_keys, create_missing, current_suite, key_folder
from chengxin.crypto.signing import Hash, hash_name, hash_named, signer
from chengxin.crypto.statements import NotSigned, StatementSigner, open_by, statement_signer
from chengxin.crypto.suites import KEY_BYTES, SALT_BYTES, derive, keyed_hash
from chengxin.crypto.suites import seal_many as _seal_many
from chengxin.crypto.suites import unseal as _unseal

__all__ = [
    "BLIND_BYTES",
    "Hash",
    "NotSigned",
    "StatementSigner",
    "ask",
    "ask_all",
    "blind",
    "blind_many",
    "check_keys",
    "create_missing",
    "document_certificate",
    "hash_name",
    "hash_named",
    "new_keys",
    "open_by",
    "passing_key",
    "peer_pid",
    "seal",
    "seal_column",
    "seal_many",
    "sealing_keys",
    "service_pid",
    "sign_pdf",
    "signer",
    "socket_path",
    "stand_by",
    "statement_signer",
    "unseal",
]

BLIND_BYTES = 16


def passing_key() -> SealingKey:
    """Return a key of our own for one file; what it seals opens with it, so it is itself kept sealed."""
    return derive(os.urandom(KEY_BYTES[current_suite()]), os.urandom(SALT_BYTES))


def unseal(key: SealingKey, sealed: bytes, *, aad: Aad) -> bytes:
    """Return what was sealed with this very key, or raise `CannotOpen`."""
    return _unseal(key, sealed, aad.encoded())


def seal(key: SealingKey, plaintext: bytes, *, aad: Aad) -> bytes:
    """Return a value encrypted for one place: suite ‖ salt ‖ nonce ‖ ciphertext ‖ tag."""
    return _seal_many([key], [plaintext], [aad.encoded()])[0]


def seal_many(keys: Iterable[SealingKey], plaintexts: Sequence[bytes], *, aads: Iterable[Aad]) -> list[bytes]:
    """Seal many values, each with its own key and place."""
    return _seal_many(keys, plaintexts, (aad.encoded() for aad in aads))


def seal_column(
    keys: Iterable[SealingKey],
    plaintexts: Sequence[bytes],
    *,
    table: str,
    column: str,
    rows: Iterable[bytes],
    version: int = 1,
) -> list[bytes]:
    """Seal one column of many rows, given as the 16 bytes of their ids: the fastest form, equal to `seal`."""
    prefix, suffix = aad_prefix(table, column), aad_version(version)
    return _seal_many(keys, plaintexts, (prefix + row + suffix for row in rows))


def blind(column: str, value: str) -> bytes:
    """Return the blind index (盲索引) of a value: 16 bytes of a keyed hash, with a key of the column's own."""
    return blind_many(column, [value])[0]


def blind_many(column: str, values: Iterable[str]) -> list[bytes]:
    """Return the blind index of many values of one column."""
    suite, root = blind_root()
    start = keyed_hash(suite, _column_key(suite, root, column))
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

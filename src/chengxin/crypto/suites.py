"""The two algorithm suites, both by `cryptography`: authenticated encryption and keyed hashing."""

from __future__ import annotations

import hmac as plain_hmac
import os
from collections.abc import Iterable, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengxin.crypto.contracts import CannotOpen, DataKey, SealingKey, Suite

NONCE_BYTES: Final = 12
SALT_BYTES: Final = 8
TAG_BYTES: Final = 16
KEY_BYTES: Final = {Suite.INTERNATIONAL: 32, Suite.NATIONAL: 16}
_HEADER: Final = {suite: bytes([suite]) for suite in Suite}
# A value sealed with a derived key says so beside its suite, and then names the salt.
_DERIVED: Final = 0x10
_SUITE_OF_KEY: Final = {size: suite for suite, size in KEY_BYTES.items()}


def derive(key: DataKey, salt: bytes) -> SealingKey:
    """Return the key that seals under a salt: HMAC of the salt with the data key, after NIST SP 800-108."""
    if len(key) == KEY_BYTES[Suite.INTERNATIONAL]:
        return salt + plain_hmac.digest(key, b"chengxin|seal|" + salt, "sha256")
    derivation = keyed_hash(Suite.NATIONAL, key)
    derivation.update(b"chengxin|seal|" + salt)
    return salt + derivation.finalize()[: KEY_BYTES[Suite.NATIONAL]]


def seal_many(keys: Iterable[SealingKey], plaintexts: Sequence[bytes], aads: Iterable[bytes]) -> list[bytes]:
    """Return suite ‖ salt ‖ nonce ‖ ciphertext ‖ tag of each plaintext."""
    randomness = os.urandom(NONCE_BYTES * len(plaintexts))
    nonces = (randomness[start : start + NONCE_BYTES] for start in range(0, len(randomness), NONCE_BYTES))
    aes, sm4 = bytes([_DERIVED | Suite.INTERNATIONAL]), bytes([_DERIVED | Suite.NATIONAL])
    return [
        (header := aes + key[:SALT_BYTES]) + nonce + AESGCM(key[SALT_BYTES:]).encrypt(nonce, plaintext, header + aad)
        if len(key) == SALT_BYTES + 32
        else (header := sm4 + key[:SALT_BYTES]) + nonce + _sm4_encrypt(key[SALT_BYTES:], nonce, plaintext, header + aad)
        for key, nonce, plaintext, aad in zip(keys, nonces, plaintexts, aads, strict=True)
    ]


def unseal(key: SealingKey, sealed: bytes, aad: bytes) -> bytes:
    """Return what was sealed with this very key, or raise `CannotOpen`."""
    if sealed[1 : 1 + SALT_BYTES] != key[:SALT_BYTES]:
        raise CannotOpen
    return _decrypt(key[SALT_BYTES:], sealed, 1 + SALT_BYTES, aad)


def encrypt_many(keys: Iterable[DataKey], plaintexts: Sequence[bytes], aads: Iterable[bytes]) -> list[bytes]:
    """Return suite ‖ nonce ‖ ciphertext ‖ tag of each plaintext; the length of a key names its suite.

    A nonce is 96 random bits (NIST SP 800-38D §8.2.2): one key may seal 2^32 values.
    """
    randomness = os.urandom(NONCE_BYTES * len(plaintexts))
    nonces = (randomness[start : start + NONCE_BYTES] for start in range(0, len(randomness), NONCE_BYTES))
    aes, sm4 = _HEADER[Suite.INTERNATIONAL], _HEADER[Suite.NATIONAL]
    return [
        aes + nonce + AESGCM(key).encrypt(nonce, plaintext, aes + aad)
        if len(key) == 32
        else sm4 + nonce + _sm4_encrypt(key, nonce, plaintext, sm4 + aad)
        for key, nonce, plaintext, aad in zip(keys, nonces, plaintexts, aads, strict=True)
    ]


def decrypt(key: DataKey, sealed: bytes, aad: bytes) -> bytes:
    """Return the plaintext, or raise `CannotOpen` without saying which check failed."""
    if sealed and sealed[0] & _DERIVED:
        return unseal(derive(key, sealed[1 : 1 + SALT_BYTES]), sealed, aad)
    return _decrypt(key, sealed, 1, aad)


def _decrypt(key: DataKey, sealed: bytes, header_bytes: int, aad: bytes) -> bytes:
    """Open with a header of so many bytes, which is authenticated with the place."""
    header = sealed[:header_bytes]
    nonce, body = sealed[header_bytes : header_bytes + NONCE_BYTES], sealed[header_bytes + NONCE_BYTES :]
    suite = _SUITE_OF_KEY.get(len(key))
    if suite is None or len(body) < TAG_BYTES or header[0] != suite | (_DERIVED if header_bytes > 1 else 0):
        raise CannotOpen
    try:
        if suite is Suite.INTERNATIONAL:
            return AESGCM(key).decrypt(nonce, body, header + aad)
        return _sm4_decrypt(key, nonce, body, header + aad)
    except InvalidTag:
        raise CannotOpen from None


def _sm4_encrypt(key: DataKey, nonce: bytes, plaintext: bytes, aad: bytes) -> bytes:
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    return encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def _sm4_decrypt(key: DataKey, nonce: bytes, body: bytes, aad: bytes) -> bytes:
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, body[-TAG_BYTES:])).decryptor()
    decryptor.authenticate_additional_data(aad)
    return decryptor.update(body[:-TAG_BYTES]) + decryptor.finalize()


def keyed_hash(suite: Suite, key: bytes) -> hmac.HMAC:
    """Return an HMAC ready to be copied for each value."""
    return hmac.HMAC(key, hashes.SHA256() if suite is Suite.INTERNATIONAL else hashes.SM3())

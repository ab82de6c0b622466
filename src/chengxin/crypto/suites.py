"""The two algorithm suites, both by `cryptography`: authenticated encryption and keyed hashing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengxin.crypto.contracts import CannotOpen, DataKey, Suite

NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
KEY_BYTES: Final = {Suite.INTERNATIONAL: 32, Suite.NATIONAL: 16}
_HEADER: Final = {suite: bytes([suite]) for suite in Suite}
_SUITE_OF_KEY: Final = {size: suite for suite, size in KEY_BYTES.items()}


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
    header, nonce, body = sealed[:1], sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    suite = _SUITE_OF_KEY.get(len(key))
    if suite is None or header != _HEADER[suite] or len(body) < TAG_BYTES:
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

"""Seal what the site keeps for itself under a key of its own secret, outside of what the database reads."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes


def sealing_for(use: bytes) -> MultiFernet:
    """Return what seals for one use with the present secret, and opens with those before it too."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(secret, use)) for secret in secrets])


def _key(secret: str | bytes, use: bytes) -> bytes:
    return base64.urlsafe_b64encode(
        HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(force_bytes(secret))
    )

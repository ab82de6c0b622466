"""The key that signs the row-security context: known to our processes and, in two blocks, to the guard."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from chengxin.database.connection import is_embedded, var_dir

KEY_BYTES = 32
BLOCK_BYTES = 64


class KeyMissing(RuntimeError):
    """Say where the signing key was looked for."""


def key_file(environ: Mapping[str, str] | None = None) -> Path:
    """Return the file of the signing key."""
    environ = os.environ if environ is None else environ
    named = environ.get("CHENGXIN_GUARD_KEY_FILE")
    return Path(named) if named else var_dir(environ) / "keys" / "guard.key"


def read_key(file: Path) -> bytes:
    """Return the key in a file of hexadecimal digits."""
    try:
        key = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise KeyMissing(
            f"There is no guard key at {file}. `chengxin keys create` makes one; "
            "name an existing one in CHENGXIN_GUARD_KEY_FILE."
        ) from None
    if len(key) < KEY_BYTES:
        raise KeyMissing(f"The guard key in {file} is shorter than {KEY_BYTES} bytes.")
    return key


def make_key(file: Path) -> bytes:
    """Return the key in a file, making both first if they are not there; of two makers the first wins."""
    if file.exists():
        return read_key(file)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Linked into place when complete, so that nobody ever reads half a key.
    handle, whole = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "w") as new:
        new.write(secrets.token_hex(KEY_BYTES))
    with suppress(FileExistsError):
        os.link(whole, file)
    Path(whole).unlink()
    return read_key(file)


def create_guard_key(environ: Mapping[str, str] | None = None) -> tuple[Path, bool]:
    """Make the installation's signing key if it has none, and return its file and whether it is new."""
    file = key_file(environ)
    is_new = not file.exists()
    make_key(file)
    return file, is_new


def obtain_key(environ: Mapping[str, str] | None = None) -> bytes:
    """Return the installation's key; only for the embedded database it is made when missing."""
    environ = os.environ if environ is None else environ
    file = key_file(environ)
    return make_key(file) if is_embedded(environ) else read_key(file)


def key_blocks(key: bytes) -> tuple[bytes, bytes]:
    """Return key XOR ipad and key XOR opad (RFC 2104), which let plain sha256() compute the HMAC."""
    padded = (hashlib.sha256(key).digest() if len(key) > BLOCK_BYTES else key).ljust(BLOCK_BYTES, b"\0")
    return bytes(byte ^ 0x36 for byte in padded), bytes(byte ^ 0x5C for byte in padded)


def sign(message: str, *, key: bytes) -> str:
    """Return the HMAC-SHA256 of a message in hexadecimal digits."""
    return hmac.new(key, message.encode(), hashlib.sha256).hexdigest()

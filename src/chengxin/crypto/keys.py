"""Key files: keys above all data keys, root of the blind indexes, keys that sign. They never enter the database.

A key folder holds `kek-0001.key`, `kek-0002.key` … (the highest wraps, all unwrap), `blind.key`, and the seeds of the
signing keys `log.key`, `writer.key`, `consent.key` and `webhook.key`, each 32 random bytes in hexadecimal, and
`document.pem`, which signs documents; all are readable by their owner only. Only the key service reads the `kek` files:
in production `CHENGXIN_KEYS` names a folder of its own for it, and another without them for the rest. An HSM replaces
this module.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from chengxin.crypto import certificates
from chengxin.crypto.contracts import KeysMissing, Suite
from chengxin.crypto.suites import KEY_BYTES

_FILE_BYTES: Final = 32
_SINGLE_FILES: Final = ("blind.key", "log.key", "writer.key", "consent.key", "webhook.key")
_NAMED_BY: Final = (b"CHENGXIN_KEYS", b"CHENGXIN_VAR", b"CHENGXIN_HOME", b"CHENGXIN_SUITE")
_KEK_FILE: Final = re.compile(r"^kek-(\d{4})\.key$")


@dataclass(frozen=True, kw_only=True, repr=False)
class Keyring:
    """The keys above keys of one folder and the suite new values are sealed with."""

    suite: Suite
    keks: dict[int, bytes]

    @property
    def current(self) -> int:
        """Return the generation that wraps new data keys."""
        return max(self.keks)

    def kek(self, generation: int, suite: Suite) -> bytes | None:
        """Return a key above data keys at the length its suite needs, or None."""
        key = self.keks.get(generation)
        return None if key is None else key[: KEY_BYTES[suite]]


def create_missing(folder: Path) -> list[str]:
    """Make the keys a folder lacks, 0600 in a folder 0700, and return their file names; keep those it has."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    has_kek = any(_KEK_FILE.match(path.name) for path in folder.iterdir())
    wanted = [*([] if has_kek else ["kek-0001.key"]), *_SINGLE_FILES]
    made = [name for name in wanted if not (folder / name).exists() and _create(folder / name)]
    document = folder / certificates.FILE
    if not document.exists() and _create(document, certificates.new_document_key()):
        made.append(document.name)
    return made


def rotate(folder: Path) -> str:
    """Make the next key above data keys and return its file name; old ones stay until all are wrapped anew."""
    name = f"kek-{max(_keks(folder)) + 1:04d}.key"
    _create(folder / name)
    keyring_in.cache_clear()
    return name


def _create(path: Path, content: bytes | None = None) -> bool:
    # The finished file appears by a link, so that a crash leaves no half key and of two processes one wins.
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content or f"{secrets.token_hex(_FILE_BYTES)}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True


def keyring() -> Keyring:
    """Return the keys above keys of this installation; the key service alone may read them."""
    return keyring_in(key_folder(), _suite_name())


def check_keys() -> None:
    """Raise `KeysMissing` unless the keys above keys are there, whole, and closed to others."""
    keyring()


def blind_root() -> tuple[Suite, bytes]:
    """Return the suite and the root of the blind indexes, which whoever looks a number up needs."""
    return _root_named_by(named_by())


def named_by() -> tuple[bytes | None, ...]:
    """Return what names keys and suite: what is found for it is kept by it, for a request asks many times."""
    return tuple(map(os.environb.get, _NAMED_BY))


def current_suite() -> Suite:
    """Return the suite new values are sealed with."""
    return suite_named(_suite_name())


def suite_named(name: str) -> Suite:
    """Return a suite by its name in lower case."""
    if name.upper() not in Suite.__members__:
        raise KeysMissing(f"CHENGXIN_SUITE is {name!r}; it is international or national.")
    return Suite[name.upper()]


def _suite_name() -> str:
    return os.environ.get("CHENGXIN_SUITE", "international")


def key_folder() -> Path:
    """Return the key folder of this installation: `CHENGXIN_KEYS`, or `keys` beside the database."""
    if named := os.environ.get("CHENGXIN_KEYS"):
        return Path(named)
    home = Path(os.environ.get("CHENGXIN_HOME", Path.cwd()))
    return Path(os.environ.get("CHENGXIN_VAR", home / "var")) / "keys"


@lru_cache(maxsize=4)
def keyring_in(folder: Path, suite: str) -> Keyring:
    """Return the keys of a folder for a suite, by its name in lower case."""
    known = suite_named(suite)
    keks = _keks(folder)
    if not keks:
        raise KeysMissing(f"There is no key kek-0001.key in {folder}. Run ./chengxin keys create, or restore the keys.")
    return Keyring(suite=known, keks=keks)


@lru_cache(maxsize=4)
def _root_named_by(_named_by: tuple[bytes | None, ...]) -> tuple[Suite, bytes]:
    return current_suite(), _root_in(key_folder() / "blind.key")


@lru_cache(maxsize=4)
def _root_in(file: Path) -> bytes:
    return _read(file)


def read_seed(name: str) -> bytes:
    """Return the 32 bytes a signing key of this installation grows from."""
    return _read(key_folder() / f"{name}.key")


def _keks(folder: Path) -> dict[int, bytes]:
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return {int(match[1]): _read(path) for path in paths if (match := _KEK_FILE.match(path.name))}


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise KeysMissing(f"There is no key {path}.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeysMissing(f"The key {path} can be read by others than its owner. Set its mode to 0600.")
    try:
        key = bytes.fromhex(path.read_text())
    except ValueError:
        key = b""
    if len(key) != _FILE_BYTES:
        raise KeysMissing(f"The key {path} is damaged. Restore it from its backup.")
    return key

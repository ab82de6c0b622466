"""Keep a file sealed under the keyed digest of its bytes, and open it as a path that is gone afterwards.

Layout of a sealed file: `CXF2`, then a data key, the file's own key sealed with it, and chunks of at most 1 MiB, each
preceded by its length (4 bytes, big endian). The file's own key is opened by whoever the caller asks (`Unlock`): the
key service, for a logged reader. Every chunk is bound to the file and its place, and the last one to being the last,
so that none can be cut or moved.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad, CannotOpen
from chengxin.files.arrow_blocks import batches_of
from chengxin.files.chunks import full_disk_refused, open_chunks, root, seal_chunks
from chengxin.files.csv_blocks import filled, too_many_rows
from chengxin.files.documents import document_of, find_document
from chengxin.files.holding import Held, held_bytes, hold, sweep_held, take_held
from chengxin.files.pictures import (
    MOST_CELLS,
    Shown,
    covered,
    grid_of,
    is_picture,
    read_shown,
    smaller,
    without_traces,
)
from chengxin.files.reading import open_sheet
from chengxin.files.traces import bare_of
from chengxin.kernel.refusal import Refusal, Refused

__all__ = [
    "MOST_CELLS",
    "Held",
    "Shown",
    "Unlock",
    "bared",
    "batches_of",
    "covered",
    "destroy",
    "digest_of",
    "document_of",
    "filled",
    "find_document",
    "grid_of",
    "held_bytes",
    "hold",
    "is_picture",
    "keep",
    "landed",
    "list_unsound",
    "open_sheet",
    "opened",
    "read_shown",
    "smaller",
    "sweep_held",
    "take_held",
    "too_many_rows",
    "without_traces",
]

_MAGIC = b"CXF2"
# Opens the key of a file: digest, wrapped data key, place and sealed key in, the file's key out.
Unlock = Callable[[str, bytes, Aad, bytes], bytes]


def keep(path: Path) -> str:
    """Seal a file and return its digest, 32 hexadecimal digits; keeping the same bytes twice keeps them once.

    Raises `Refused` (F-DISK) when the disk is full; nothing half written stays.
    """
    digest = digest_of(path)
    target = _place(digest)
    if target.exists():
        return digest
    key = crypto.passing_key()
    (made,) = crypto.new_keys([bytes.fromhex(digest)])
    locked = crypto.seal(made.sealing, key, aad=_key_aad(digest))
    with full_disk_refused():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as sealed:
            try:
                sealed.write(_MAGIC)
                for part in (made.wrapped, locked):
                    sealed.write(len(part).to_bytes(4, "big") + part)
                with path.open("rb") as plain:
                    seal_chunks(plain, sealed, key=key, digest=digest)
                sealed.flush()
                os.fsync(sealed.fileno())
                Path(sealed.name).replace(target)
            except BaseException:
                Path(sealed.name).unlink(missing_ok=True)
                raise
    return digest


@contextmanager
def landed(chunks: Iterable[bytes]) -> Iterator[Path]:
    """Write what somebody sends to a path only this user can read; it is gone after the block.

    Raises `Refused` (F-DISK) when the disk is full.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sent")
        with full_disk_refused(), path.open("wb") as target:
            for chunk in chunks:
                target.write(chunk)
        yield path


@contextmanager
def bared(path: Path) -> Iterator[Path]:
    """Give a paper as it is kept: a picture without what a camera wrote into it, its pixels untouched; all else as is.

    Who takes papers in keeps what this gives, unless the giver asked that time and place of a picture stay as evidence.
    Raises `Refused` (F-DISK) when the disk is full.
    """
    document = find_document(path)
    if document is None or not document.media.startswith("image/"):
        yield path
        return
    with landed([bare_of(path.read_bytes())]) as bare:
        yield bare


@contextmanager
def opened(digest: str, *, unlock: Unlock) -> Iterator[Path]:
    """Open a kept file as a path only this user can read; it is gone after the block.

    Raises `Refused` (F-GONE) when it is kept no longer.
    """
    folder = Path(tempfile.mkdtemp(prefix="open-", dir=root()))
    try:
        plain = folder / "file"
        with _sealed(digest) as sealed, plain.open("wb") as target:
            if sealed.read(4) != _MAGIC:
                raise ValueError("This is no sealed file.")
            wrapped, locked = (sealed.read(int.from_bytes(sealed.read(4), "big")) for _ in range(2))
            key = unlock(digest, wrapped, _key_aad(digest), locked)
            open_chunks(sealed, target, key=key, digest=digest)
        yield plain
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sealed(digest: str) -> BinaryIO:
    try:
        return _place(digest).open("rb")
    except FileNotFoundError as error:
        raise Refused(
            Refusal(
                code="F-GONE",
                what="这份文件已经不在平台上。",
                why="保存期满的文件由程序销毁，打不开，也恢复不了。",
                next_step="需要时请到原件的出处再取一份；如果它还不应当销毁，请联系系统管理员。",
                basis=("PIPL/47",),
            )
        ) from error


def destroy(digest: str) -> None:
    """Remove a kept file when its retention ends."""
    _place(digest).unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """Return the keyed digest of a file's bytes; without the key it tells nothing about them."""
    with path.open("rb") as file:
        return crypto.blind("files.digest", hashlib.file_digest(file, "sha256").hexdigest()).hex()


def _key_aad(digest: str) -> Aad:
    return Aad(table="files", column="key", row=UUID(hex=digest))


def _place(digest: str) -> Path:
    if len(digest) != 32 or not all(digit in "0123456789abcdef" for digit in digest):
        raise ValueError("A digest has 32 hexadecimal digits.")
    return root() / digest[:2] / digest


def list_unsound(*, limit: int, unlock: Unlock) -> tuple[int, list[str]]:
    """Open the newest kept files, and return how many were tried and which do not open to the bytes of their digest."""
    kept = [path for path in root().glob("??/*") if len(path.name) == 32]
    newest = sorted(kept, key=lambda path: (-path.stat().st_mtime, path.name))[:limit]
    return len(newest), [path.name for path in newest if not _is_sound(path.name, unlock)]


def _is_sound(digest: str, unlock: Unlock) -> bool:
    try:
        with opened(digest, unlock=unlock) as path:
            return digest_of(path) == digest
    except (CannotOpen, PermissionError, ValueError):
        return False

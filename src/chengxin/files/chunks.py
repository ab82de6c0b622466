"""Chunks of a sealed file, each bound to the file and its place; where files lie, and what a full disk answers."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO
from uuid import UUID

from django.conf import settings

from chengxin.crypto import facade as crypto
from chengxin.crypto.contracts import Aad
from chengxin.kernel.refusal import Refusal, Refused

_CHUNK = 1 << 20
_LAST = 1 << 31


def root() -> Path:
    """Return the folder of all kept files, made when it is not there."""
    folder = Path(settings.FILES_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@contextmanager
def full_disk_refused() -> Iterator[None]:
    """Refuse (F-DISK) what found no room."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}:
            raise
        raise Refused(
            Refusal(
                code="F-DISK",
                what="服务器磁盘空间不足，文件没有保存。",
                why="没有接收任何一行。",
                next_step="请稍后重新上传；如果仍然失败，请联系系统管理员。",
            )
        ) from error


def seal_chunks(plain: IO[bytes], sealed: IO[bytes], *, key: bytes, digest: str) -> None:
    """Seal what is left of a file, chunk after chunk; `digest` names it."""
    place, chunk = 0, plain.read(_CHUNK)
    while True:
        following = plain.read(_CHUNK)
        value = crypto.seal(key, chunk, aad=_aad(digest, place, last=not following))
        sealed.write(len(value).to_bytes(4, "big") + value)
        if not following:
            return
        place, chunk = place + 1, following


def open_chunks(sealed: BinaryIO, plain: BinaryIO, *, key: bytes, digest: str) -> None:
    """Open what `seal_chunks` wrote, or raise `CannotOpen` where something was cut, moved or changed."""
    place, length = 0, sealed.read(4)
    while length:
        value = sealed.read(int.from_bytes(length, "big"))
        length = sealed.read(4)
        plain.write(crypto.unseal(key, value, aad=_aad(digest, place, last=not length)))
        place += 1


def _aad(digest: str, place: int, *, last: bool) -> Aad:
    return Aad(table="files", column="chunk", row=UUID(hex=digest), version=place | (_LAST if last else 0))

"""Files that came with a form while a fresh proof is asked: sealed for minutes under a key only the form holds.

The page with the question carries one hidden word: names, kinds and keys of the files, sealed for this account in this
session. Whoever finds the sealed files has no key; whoever copies the word elsewhere has no files (ADR 0140).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, Any, BinaryIO, Final, cast

import orjson
from cryptography.fernet import InvalidToken, MultiFernet
from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict

from chengxin.access.sealing import sealing_for
from chengxin.files import facade as files
from chengxin.kernel.refusal import Refusal, Refused

# What one session may have held at a time, in bytes: six papers of ten megabytes, and a little.
MOST: Final = 64 << 20
KEPT_FOR: Final = timedelta(seconds=settings.FRESH_SECONDS)

GONE: Final = Refusal(
    code="A-FILES-GONE",
    what="您选好的文件已经不在平台上了。",
    why="为了让您先验证身份，文件只加密保留几分钟，而且只能用一次。",
    next_step="您已经验证过身份。请先看看这件事是否已经提交；没有的话，请回到原来的页面重新选择文件。",
)


@dataclass(frozen=True, kw_only=True)
class _Sent:
    """One file as it was sent: its field, its name and kind, and where it is held."""

    field: str
    name: str
    kind: str
    held: files.Held


def hold_files(request: HttpRequest) -> str | None:
    """Hold the files of a request and return the word that opens them; None when there is no room for them."""
    files.sweep_held(older_than=KEPT_FOR)
    whose = _whose(request)
    sent = [(field, one) for field, several in request.FILES.lists() for one in several]
    if sum(one.size or 0 for _, one in sent) + files.held_bytes(whose) > MOST:
        return None
    try:
        held = [_hold(field, one, whose=whose) for field, one in sent]
    except Refused:
        return None
    rows = [(one.field, one.name, one.kind, one.held.name, b64encode(one.held.key).decode()) for one in held]
    return _sealing().encrypt(orjson.dumps([whose, rows])).decode()


def take_files(request: HttpRequest, word: str) -> MultiValueDict[str, UploadedFile[Any]]:
    """Return the files a word stands for, once; raises `Refused` (A-FILES-GONE) for another session or too late."""
    whose = _whose(request)
    found: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict()
    for one in _read(word, whose=whose):
        file = TemporaryUploadedFile(one.name, one.kind, 0, None)
        found.appendlist(one.field, file)
        plain = cast("BinaryIO", file.file)
        if not files.take_held(one.held, plain, whose=whose, older_than=KEPT_FOR):
            _close(found)
            raise Refused(GONE)
        file.size = plain.seek(0, 2)
        plain.seek(0)
    return found


def _hold(field: str, sent: UploadedFile[Any], *, whose: str) -> _Sent:
    held = files.hold(cast("IO[bytes]", sent.file), whose=whose)
    return _Sent(field=field, name=sent.name or "", kind=sent.content_type or "", held=held)


def _read(word: str, *, whose: str) -> list[_Sent]:
    try:
        owner, rows = orjson.loads(_sealing().decrypt(word.encode(), ttl=int(KEPT_FOR.total_seconds())))
    except InvalidToken:
        raise Refused(GONE) from None
    if owner != whose:
        raise Refused(GONE)
    return [
        _Sent(field=field, name=name, kind=kind, held=files.Held(name=place, key=b64decode(key)))
        for field, name, kind, place, key in rows
    ]


def _close(found: MultiValueDict[str, UploadedFile[Any]]) -> None:
    for _, several in found.lists():
        for one in several:
            one.close()


def _whose(request: HttpRequest) -> str:
    """Name the person and the session: another account of a shared browser has another session too."""
    return f"{request.user.pk}:{request.session.session_key}"


def _sealing() -> MultiFernet:
    return sealing_for(b"files carried past a proof")

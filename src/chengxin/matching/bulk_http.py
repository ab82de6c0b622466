"""Matching a file over HTTP: CSV, Parquet or an Arrow stream in, and one of them out, while it is being answered."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated, Any, Final

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Query, Router
from pydantic import Field

from chengxin.access import facade as access
from chengxin.files import facade as files
from chengxin.files.contracts import Media
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.matching.bulk import LIMITS, Bulk, answers, no_format, open_bulk
from chengxin.matching.http import SCOPE
from chengxin.matching.written import frame_of, written
from chengxin.records.facade import outlet

router = Router(tags=["lists"])
TYPES: Final = {
    "text/csv": Media.CSV,
    "application/vnd.apache.parquet": Media.PARQUET,
    "application/vnd.apache.arrow.stream": Media.ARROW,
}
AT_ONCE: Final = 1
"""Files a process answers at once; its other threads stay free for who asks about one party."""
_SLOTS: Final = BoundedSemaphore(AT_ONCE)
_FILE: Final[dict[str, Any]] = {"schema": {"type": "string", "format": "binary"}}
_TOLD: Final = {
    "requestBody": {"required": True, "content": dict.fromkeys(TYPES, _FILE)},
    "responses": {200: {"description": "One line per hit or row", "content": dict.fromkeys(TYPES, _FILE)}},
}
Code = Annotated[str, Field(max_length=200)]


class Stream:
    """An answer on its way out; what it holds is let go when it has left, or when nobody wants it any more."""

    def __init__(self, parts: Iterator[bytes], holds: ExitStack) -> None:
        self._parts, self._holds = parts, holds

    def __iter__(self) -> Iterator[bytes]:
        return self._parts

    def close(self) -> None:
        """Let go; Django calls it when the connection ends, however it ends."""
        self._holds.close()


@router.post(
    "/screen/bulk",
    auth=access.client_auth(SCOPE, streams=True),
    summary="Match a file against the lists",
    openapi_extra=_TOLD,
)
@outlet("public.lists", "matching.persons")
def screen_file(
    request: HttpRequest,
    purpose: Code = "",
    lists: Annotated[list[Code], Query(max_length=60)] = [],  # noqa: B006 - ninja copies it
) -> StreamingHttpResponse:
    """Answer a file of up to 1,000,000 rows and 256 MB, with the columns of a query, as `POST /screen` answers each.

    `Content-Type` says which of the three it is, `Accept` in which the answer leaves (the same, if it says none). There
    is a line for every row, also for one that cannot be read; `Chengxin-Rows` says how many rows were read, so whoever
    got fewer was cut off. A file is answered in batches of 1,000, each of its own moment, index and log; nothing of it
    is kept. At most as many natural persons as in a single batch, in the whole file.
    """
    with ExitStack() as holds:
        _take_a_slot(holds)
        actor, media = access.actor_of(request), TYPES.get(request.content_type or "")
        if media is None:
            raise Refused(no_format())
        folder = Path(holds.enter_context(tempfile.TemporaryDirectory()))
        path = holds.enter_context(files.landed(access.body_of(request, most=LIMITS.bytes)))
        bulk = open_bulk(actor, path, purpose=purpose, lists=lists, media=media, now=now())
        wanted = _wanted(request, media)
        frames = (frame_of(lines) for lines in answers(actor, bulk, clock=now))
        return _leaving(Stream(written(frames, wanted, folder=folder), holds.pop_all()), bulk, wanted)


def _take_a_slot(holds: ExitStack) -> None:
    if not _SLOTS.acquire(blocking=False):
        raise Refused(
            Refusal(
                code="MATCH-BUSY",
                what="正在比对另一个文件。",
                why="文件一个一个比对，办理单个事项的比对才不会等。",
                next_step="请过几分钟再交；急的几条，请用 /api/v1/screen。",
            )
        )
    holds.callback(_SLOTS.release)


def _wanted(request: HttpRequest, media: Media) -> Media:
    """Return the first of the three formats that the asker accepts, else that of the file."""
    given = [part.partition(";")[0].strip() for part in request.headers.get("Accept", "").split(",")]
    return next((TYPES[one] for one in given if one in TYPES), media)


def _leaving(stream: Stream, bulk: Bulk, media: Media) -> StreamingHttpResponse:
    kind = next(name for name, one in TYPES.items() if one is media)
    headers = {"Chengxin-Rows": str(bulk.rows), "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    content_type = f"{kind}; charset=utf-8" if media is Media.CSV else kind
    return StreamingHttpResponse(stream, content_type=content_type, headers=headers)

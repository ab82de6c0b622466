"""The ASGI application of `chengxin matching`: `POST /api/v1/screen`, many requests to one commit (ADR 0113).

Requests that come while a group is being read are the next group, so nobody waits for others to come. One thread reads
groups and compares, one writes them and answers while the next is read (ADR 0144), and one lets the site answer what
is no plain question; the loop only reads, waits and writes.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import accumulate
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, Final, NamedTuple, TypeAlias, cast

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, close_old_connections, connections
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.utils.module_loading import import_string
from granian.utils.proxies import wrap_asgi_with_proxy_headers

_site = get_wsgi_application()

from chengxin.catalogue.facade import follow_published  # noqa: E402 - only now is Django ready
from chengxin.kernel.clock import now  # noqa: E402
from chengxin.ui.facade import error_refusal, problem_response  # noqa: E402

PATH: Final = "/api/v1/screen"
MOST: Final = 64
MOST_BYTES: Final = 256 * 1024
"""Of one group: its requests, and about how much they ask."""
_MADE: Final = 20_000
"""So many objects may be made before the youngest are looked through: about those of one group."""
_TURN: Final = 0.0005
"""Seconds after which a thread lets another go on: the loop has some microseconds of work for each request."""
Answer: TypeAlias = HttpResponse | Exception | None
Scope: TypeAlias = dict[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]
Send: TypeAlias = Callable[[dict[str, Any]], Awaitable[None]]
Application: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
_read_together: Callable[..., Any] = import_string("chengxin.matching.door.read_together")
_failing = import_string("chengxin.ui.middleware.RefusalMiddleware")(lambda _request: HttpResponse())
_secured = SecurityMiddleware(lambda _request: HttpResponse())
_log = logging.getLogger("chengxin.site")


class _Waiting(NamedTuple):
    """A question, how long it is, and where its answer goes."""

    request: HttpRequest
    size: int
    answer: asyncio.Future[Answer]


class Door:
    """Reads questions, hands those of one moment on together, and writes each its answer after their commit.

    One that has its process for itself `keeps_loaded` what was loaded with the first group.
    """

    def __init__(self, *, keeps_loaded: bool = False) -> None:
        self._keeps_loaded = keeps_loaded
        self._waiting: list[_Waiting] = []
        self._is_answering = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._reading = ThreadPoolExecutor(1, "reading")
        self._writing = ThreadPoolExecutor(1, "writing")
        self._written: asyncio.Task[None] | None = None
        self._others = ThreadPoolExecutor(1, "site")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        body = await _body(receive)
        if body is not None:
            await _send(await self._response(scope, body), send)

    async def _response(self, scope: Scope, body: bytes) -> HttpResponse:
        if scope["path"] != PATH:
            return problem_response(error_refusal(404), 404)
        if len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return problem_response(error_refusal(413), 413)
        request = ASGIRequest(scope, BytesIO(body))
        answer = await self._answer(request, len(body)) if request.method == "POST" else None
        if answer is None:
            return await asyncio.get_running_loop().run_in_executor(self._others, _by_site, request)
        if isinstance(answer, Exception):
            answer = _failed(request, answer)
        return _secured.process_response(request, answer)

    async def _answer(self, request: HttpRequest, size: int) -> Answer:
        mine = _Waiting(request, size, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        if not self._is_answering:
            self._is_answering = True
            task = asyncio.create_task(self._answer_groups())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await mine.answer

    async def _answer_groups(self) -> None:
        """Read one group while the one before is written; a third waits, and grows."""
        loop = asyncio.get_running_loop()
        while self._waiting:
            group = self._next_group()
            read = await loop.run_in_executor(self._reading, _read, [one.request for one in group])
            if self._written is not None:
                await self._written
            self._written = asyncio.create_task(self._write(group, read))
            if self._keeps_loaded:
                await self._written
                self._reading.submit(_keep_loaded)
                self._keeps_loaded = False
        self._is_answering = False

    async def _write(self, group: Sequence[_Waiting], read: Any) -> None:  # noqa: ANN401 - of a package not imported
        requests = [one.request for one in group]
        answers = await asyncio.get_running_loop().run_in_executor(self._writing, _answered, requests, read)
        for one, answer in zip(group, answers, strict=True):
            if not one.answer.done():
                one.answer.set_result(answer)

    def _next_group(self) -> list[_Waiting]:
        sizes = accumulate(one.size for one in self._waiting[:MOST])
        taken = min(MOST, 1 + sum(size < MOST_BYTES for size in sizes))
        group, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return group

    def close(self) -> None:
        """Let the threads end, and their sessions with them."""
        for threads in (self._reading, self._writing, self._others):
            threads.submit(connections.close_all).result()
            threads.shutdown()


def _read(requests: Sequence[HttpRequest]) -> Any:  # noqa: ANN401 - of a package not imported
    """Return a group read, or why it could not be."""
    close_old_connections()
    try:
        return _read_together(requests, now=now())
    except Exception as error:  # noqa: BLE001 - whoever asked is told when the group's turn comes
        return error


def _answered(requests: Sequence[HttpRequest], read: Any) -> list[Answer]:  # noqa: ANN401 - what `_read` returned
    """Write and answer a group; when one of them broke it before anything was written, each is answered alone."""
    close_old_connections()
    try:
        return _told(read)
    except DatabaseError as error:
        return [error] * len(requests)
    except Exception as error:  # noqa: BLE001 - one of several must not be the end of the others
        alone = [[request] for request in requests]
        return [error] if len(alone) == 1 else [one for group in alone for one in _answered(group, _read(group))]


def _told(read: Any) -> list[Answer]:  # noqa: ANN401 - what `_read` returned
    if isinstance(read, Exception):
        raise read
    return cast("list[Answer]", read.answers())


def _keep_loaded() -> None:
    """Leave what is loaded by now out of every later collection: looking through it held a group up for 0.2 s."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MADE)


def _by_site(request: HttpRequest) -> HttpResponse:
    request_started.send(sender=Door)
    response = cast("HttpResponse", _site.get_response(request))  # Nothing at this address streams.
    response.close()
    return response


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    response: HttpResponse | None = _failing.process_exception(request, error)
    if response is None:
        _log.error("A group of requests failed.", exc_info=error)
        response = problem_response(error_refusal(500), 500)
    return response


async def _body(receive: Receive) -> bytes | None:
    """Return a body, or a little more than is taken, or None when nobody waits for an answer any more."""
    parts, size = [], 0
    while size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if not message.get("more_body"):
            break
    return b"".join(parts)


async def _send(response: HttpResponse, send: Send) -> None:
    content = response.content
    response["Content-Length"] = str(len(content))
    headers = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in response.items()]
    await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def _end_after(parent: BaseProcess) -> None:
    """End when the process that started this one ended without a word: its port is wanted by the next."""
    parent.join()
    os._exit(0)


def application() -> Application:
    """Return the application of this process; whom proxies ask for is believed as the site believes it."""
    if (parent := parent_process()) is not None:
        Thread(target=_end_after, args=(parent,), name="parent", daemon=True).start()
    follow_published()
    sys.setswitchinterval(_TURN)
    trusted = os.environ.get("CHENGXIN_PROXIES", "127.0.0.1,::1")
    return cast("Application", wrap_asgi_with_proxy_headers(Door(keeps_loaded=True), trusted_hosts=trusted))

"""A load of our own: threads with kept connections ask one address and say how fast and late it answered."""

from __future__ import annotations

import asyncio
import http.client
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

PORT = 8077


@contextmanager
def served(workers: int = 2) -> Iterator[int]:
    """Serve the site on this machine with granian while the block runs."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4", "--no-ws"]
    command += [
        "--workers",
        str(workers),
        "--port",
        str(PORT),
        "--log-level",
        "error",
        # A worker that is told to stop before it has begun to serve does not hear it.
        "--workers-kill-timeout",
        "5",
        "chengxin.site.wsgi:application",
    ]
    server = subprocess.Popen(command, env={**os.environ, "CHENGXIN_PROCESS": "web"})  # noqa: S603 - our own words
    try:
        _wait_for_an_answer()
        yield PORT
    finally:
        server.terminate()
        server.wait()


@contextmanager
def started(*command: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run another server of ours while the block runs, from its first answer on."""
    server = subprocess.Popen([sys.executable, *command], env=os.environ)  # noqa: S603 - our own words
    try:
        _wait_for_an_answer(port)
        yield server
    finally:
        server.terminate()
        server.wait()


async def post(path: str, bodies: Sequence[bytes], *, port: int, headers: str, clients: int, seconds: float,
               pause: float = 0.0) -> list[float]:  # fmt: skip
    """Post bodies from several clients over kept connections, and return the seconds each answer took.

    With a `pause` each asks as often as chance has it, that long after its last question on the average, or as soon as
    that one is answered: whoever is answered together and pauses alike comes back together, and then all wait for all.
    """
    chance = random.Random(5)
    times: list[float] = []
    stop = time.perf_counter() + seconds
    posts = [
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}Content-Length: {len(one)}\r\n\r\n".encode() + one
        for one in bodies
    ]

    async def one(at: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        due = time.perf_counter()
        while True:
            due += chance.expovariate(1 / pause) if pause else 0.0
            if max(due, time.perf_counter()) >= stop:
                break
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            began = time.perf_counter()
            writer.write(posts[at % len(posts)])
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
            said = await reader.readexactly(length)
            if b" 200 " not in head[:16]:
                raise RuntimeError(f"{path} answered {head[:16]!r} {said[:200]!r}")
            times.append(time.perf_counter() - began)
            at += clients
        writer.close()

    await asyncio.gather(*map(one, range(clients)))
    return times


def _wait_for_an_answer(port: int = PORT) -> None:
    """Wait for the first page: the port is open long before the workers have loaded the site."""
    for _ in range(900):
        time.sleep(0.1)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/help")
            connection.getresponse().read()
        except ConnectionError:
            continue
        return


def half_load(full: dict[str, float], *, clients: int) -> float:
    """Return how long each client pauses after an answer so that together they ask half of what was answered."""
    return clients / full["per_second"]


def ask(path: str, *, cookie: str = "", clients: int, seconds: float, pause: float = 0.0) -> dict[str, float]:
    """Ask a path from several clients for a while; return answers per second and latencies in milliseconds."""
    times: list[float] = []
    stop = time.perf_counter() + seconds
    lock = threading.Lock()

    def one() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
        mine = []
        while time.perf_counter() < stop:
            began = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            reply = connection.getresponse()
            reply.read()
            if reply.status != 200:
                raise RuntimeError(f"{path} answered {reply.status}.")
            mine.append(time.perf_counter() - began)
            if pause:
                time.sleep(pause)
        with lock:
            times.extend(mine)

    threads = [threading.Thread(target=one) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    if not times:
        raise RuntimeError(f"{path} gave no answer.")
    return {
        "per_second": round(len(times) / seconds, 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
    }

"""`POST /api/v1/screen` from the token to the explanation, single and in batches of 100, and a whole file.

`chengxin matching` answers many requests with one commit, the site one by one. Yardstick: an ASGI application of the
same server in the same run that answers three bytes. Rates are of core-seconds of the server's own processes; what
PostgreSQL used besides is said beside them.
"""

from __future__ import annotations

import asyncio
import base64
import http.client
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benches import ground, load

CODE, ITEM, PURPOSE = "SCREEN", "abnormal_operation", "closer_supervision"
HEAD = "主体名称,统一社会信用代码,列入文号,列入原因,列入依据,列入日期,公布期限至,移出日期,送达日期,认定机关\n"
LISTED, HITS = 1_000, 0.05
BATCH = 100
CLIENTS = {"single": 64, "batch of 100": 8}
DOOR, RAW = 8078, 8079
_ASGI = ("--interface", "asginl", "--workers", "1", "--no-ws", "--log-level", "error")
_MATCHING = ("-c", "from chengxin.cli.main import main; main()", "matching")
PATH = "/api/v1/screen"


def over_http(root: Path, *, short: bool) -> dict[str, Any]:
    """Return checks a core-second and latencies, single, in batches and of a file, beside the help page."""
    ground.prepare(root)
    from chengxin.kernel.clock import now

    seconds = 4.0 if short else 10.0
    firms = _listed(now())
    header = _program(now())
    draw = random.Random(7)
    bodies = {
        "single": [_body(draw, firms, 1) for _ in range(200)],
        "batch of 100": [_body(draw, firms, BATCH) for _ in range(20)],
    }
    figures: dict[str, Any] = {}
    raw = load.started("-m", "granian", *_ASGI, "--port", str(RAW), "benches.raw:application", port=RAW)
    with raw, load.started(*_MATCHING, "--port", str(DOOR), port=DOOR):
        for name, some in bodies.items():
            figures[f"raw ASGI, {name}"] = least = _asked(header, some, name, port=RAW, seconds=seconds)
            _asked(header, some, name, port=DOOR, seconds=2.0)
            full = _asked(header, some, name, port=DOOR, seconds=seconds)
            of_raw = round(full["checks/core-s"] / least["checks/core-s"], 3)
            figures[f"together, {name}"] = {**full, "of raw": of_raw}
            for whose, port in (("at half load", DOOR), ("raw ASGI as often", RAW)):
                figures[f"  {whose}, {name}"] = _at_half_load(header, some, name, full, port=port, seconds=seconds)
    with load.served(workers=1):
        for name, some in bodies.items():
            _asked(header, some, name, port=load.PORT, seconds=1.0, clients=4)
            figures[f"by the site, {name}"] = _asked(header, some, name, port=load.PORT, seconds=seconds, clients=4)
        figures["a file over HTTP"] = _file(draw, firms, header, 5_000 if short else 20_000)
    return figures


def _at_half_load(
    header: str, bodies: list[bytes], name: str, full: dict[str, float], *, port: int, seconds: float
) -> dict[str, float]:
    """Return how late answers are when half of what was answered is asked; twice the clients, so that few are late."""
    rows, clients = BATCH if name != "single" else 1, 2 * CLIENTS[name]
    pause = 2 * clients * rows / full["checks/s"]
    return _asked(header, bodies, name, port=port, seconds=seconds, clients=clients, pause=pause)


def _listed(at: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - a moment
    """Return the firms on the list, put there through the doors of collection, once."""
    from chengxin.kernel.tests.numbers import uscc
    from chengxin.lists import facade as lists

    draw = random.Random(11)
    firms = [
        (
            "云汀" + "".join(draw.choice("松岚禾木泽川锦霖朗越") for _ in range(3)) + "商贸有限公司",
            uscc(f"91390100MB{k:07}"),
        )
        for k in range(LISTED)
    ]
    ground.open_department(at, code=CODE, item=ITEM, fields=("market",))
    if not lists.count_public(at=at):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "abnormal.csv")
            rows = [
                f"{name},{code},云市监异〔2026〕{k}号,未公示年度报告,企业信息公示暂行条例第十七条,2026-10-01,,,2026-10-08,"
                "云汀市市场监督管理局"
                for k, (name, code) in enumerate(firms)
            ]
            file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
            ground.file_and_accept(file, code=CODE, item=ITEM)
        lists.settle(now=at, since=None)
    return firms


def _program(at: Any) -> str:  # noqa: ANN401
    """Return the header of a program that may ask as often as it likes."""
    from chengxin.access import facade as access
    from chengxin.kernel.actor import platform

    new = access.register_client(
        f"BENCH-{time.time_ns()}", body=CODE, scopes=("list.match",), actor=platform("setup"), now=at,
        rate_per_minute=10_000_000,
    )  # fmt: skip
    return "Basic " + base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()


def _row(draw: random.Random, firms: list[tuple[str, str]], place: int) -> dict[str, str]:
    """Return a query: one in twenty means a listed firm, by code or by name."""
    if draw.random() < HITS:
        name, code = draw.choice(firms)
        return {"id": str(place), "kind": "enterprise", "name": name, "uscc": code if draw.random() < 0.5 else ""}
    name = "望江" + "".join(draw.choice("信达恒通瑞丰华盛") for _ in range(3)) + "科技有限公司"
    return {"id": str(place), "kind": "enterprise", "name": name}


def _body(draw: random.Random, firms: list[tuple[str, str]], rows: int) -> bytes:
    queries = [_row(draw, firms, place) for place in range(rows)]
    return json.dumps({"purpose": PURPOSE, "queries": queries}).encode()


def _file(draw: random.Random, firms: list[tuple[str, str]], header: str, rows: int) -> dict[str, float]:
    import polars as pl

    content = pl.DataFrame([{"uscc": "", **_row(draw, firms, place)} for place in range(rows)]).write_csv().encode()
    headers = {"Authorization": header, "Content-Type": "text/csv"}
    before, began = _server(load.PORT), time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", load.PORT, timeout=600)
    connection.request("POST", f"/api/v1/screen/bulk?purpose={PURPOSE}", content, headers)
    reply = connection.getresponse()
    lines = reply.read().count(b"\n") - 1
    after = _server(load.PORT)
    if reply.status != 200 or lines < rows:
        raise RuntimeError(f"A file was answered {reply.status} with {lines} lines.")
    return {
        "rows": rows,
        "rows/core-s": round(rows / (after[0] - before[0])),
        "rows/s": round(rows / (time.perf_counter() - began)),
        "MB grown": round((after[1] - before[1]) / 1e6),
    }


def _asked(
    header: str,
    bodies: list[bytes],
    name: str,
    *,
    port: int,
    seconds: float,
    clients: int = 0,
    pause: float = 0.0,
) -> dict[str, float]:
    """Post bodies from several clients for a while."""
    rows, said = BATCH if name != "single" else 1, f"Authorization: {header}\r\nContent-Type: application/json\r\n"
    before, began = (_server(port)[0], _database()), time.perf_counter()
    times = sorted(
        asyncio.run(
            load.post(
                PATH,
                bodies,
                port=port,
                headers=said,
                clients=clients or CLIENTS[name],
                seconds=seconds,
                pause=pause,
            )
        )
    )
    lasted = time.perf_counter() - began
    server, database = max(_server(port)[0] - before[0], 0.01), _database() - before[1]
    return {
        "checks/core-s": round(len(times) * rows / server),
        "with the database": round(len(times) * rows / (server + database)),
        "checks/s": round(len(times) * rows / lasted),
        "p50 ms": round(times[len(times) // 2] * 1000, 1),
        "p99 ms": round(times[int(len(times) * 0.99)] * 1000, 1),
    }


def _server(port: int) -> tuple[float, int]:
    """Return the core-seconds the processes of a server have used so far, and the bytes they hold."""
    return _used(lambda words: str(port).encode() in words)


def _database() -> float:
    """Return the core-seconds of the sessions of this bench's own PostgreSQL."""
    (file,) = Path(os.environ["CHENGXIN_VAR"]).rglob("postmaster.pid")
    parent = file.read_text().split("\n", 1)[0]
    return _used(lambda words: words.startswith(b"postgres: chengxin_web"), of=parent)[0]


def _used(is_one: Callable[[bytes], bool], *, of: str = "") -> tuple[float, int]:
    seconds, held = 0.0, 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if is_one((folder / "cmdline").read_bytes()):
                cells = (folder / "stat").read_text().rpartition(")")[2].split()
                if of and cells[1] != of:
                    continue
                seconds += (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")
                held += int(cells[21]) * os.sysconf("SC_PAGE_SIZE")
        except (FileNotFoundError, ProcessLookupError):
            continue
    return seconds, held

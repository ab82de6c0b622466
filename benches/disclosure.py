"""A disclosure from the event to the value: event, commit, key service, five fields opened; then the same over HTTP.

Yardstick: the same event committed in the same way with nobody asked to open anything (what the log alone costs).
Core clients are threads of two processes, as the site's workers are; `alone` is one client by itself. Over HTTP the
help page, which touches no record, is the yardstick.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from benches import ground, ground_people, load

SECONDS = 8.0
PROCESSES, THREADS = 2, 8
FIELDS = 5
UNLOGGED = 3_000
PERSON = UUID(int=0xBE7C)


def run(root: Path, *, rows: int) -> dict[str, Any]:  # noqa: ARG001 - all benches take the same
    """Run the bench and return its figures."""
    ground.prepare(root)
    from django.db import connection

    from chengxin.kernel.clock import now

    ground.open_department(now())
    _username, session = ground_people.citizen_with_lines(20)
    connection.close()
    log_only = _measured("log")
    core = _measured("disclose")
    alone = _measured("disclose", processes=1, threads=1)
    refused = _refused()
    cookie = f"sessionid={session}"
    with load.served():
        load.ask("/api/v1/me/archive", cookie=cookie, clients=2, seconds=2)
        yardstick = load.ask("/help", clients=8, seconds=SECONDS)
        over_http = load.ask("/api/v1/me/archive", cookie=cookie, clients=8, seconds=SECONDS)
        pause = load.half_load(over_http, clients=8)
        half = load.ask("/api/v1/me/archive", cookie=cookie, clients=8, seconds=SECONDS, pause=pause)
    return {
        "core": core,
        "core_alone": alone,
        "log_only_yardstick": log_only,
        "ratio_to_yardstick": round(core["per_second"] / log_only["per_second"], 3),
        "own_archive_json": over_http,
        "own_archive_json_half_load": half,
        "help_page_yardstick": yardstick,
        "unlogged_calls": {"asked": UNLOGGED, "refused": refused},
    }


def _measured(what: str, *, processes: int = PROCESSES, threads: int = THREADS) -> dict[str, float]:
    """Let several processes, each with several threads, do the same for a while."""
    with get_context("spawn").Pool(processes) as pool:
        parts = pool.starmap(_process, [(what, threads)] * processes)
    times = sorted(time for part in parts for time in part)
    return {
        "per_second": round(len(times) / SECONDS, 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
    }


def _process(what: str, threads: int) -> list[float]:
    import django

    django.setup()
    with ThreadPoolExecutor(threads) as clients:
        return [time for part in clients.map(_client, [what] * threads) for time in part]


def _client(what: str) -> list[float]:
    from chengxin.audit import facade as audit
    from chengxin.audit.actions import record_apart
    from chengxin.audit.contracts import Event, Kind
    from chengxin.database.contracts import Channel, Context
    from chengxin.database.facade import acting
    from chengxin.kernel.actor import Actor, Role
    from chengxin.kernel.clock import now

    actor = Actor(key="bench", roles=frozenset({Role.CITIZEN}), subject_id=PERSON)
    context = Context.of(actor, channel=Channel.SELF, purpose="own_archive")
    told: dict[str, Any] = {"actor": actor, "purpose": "own_archive", "channel": "self"}
    sealed = _sealed()
    times = []

    def once() -> None:
        with acting(context):
            if what == "disclose":
                audit.disclose(sealed, now=now(), **told)
            else:
                record_apart([Event(kind=Kind.DISCLOSE, at=now(), subject_id=PERSON, **told)])

    for _ in range(20):
        once()
    end = time.perf_counter() + SECONDS
    while (began := time.perf_counter()) < end:
        once()
        times.append(time.perf_counter() - began)
    return times


def _sealed() -> list[Any]:
    from chengxin.audit.contracts import Sealed
    from chengxin.crypto import facade as crypto
    from chengxin.crypto.contracts import Aad

    (made,) = crypto.new_keys([PERSON.bytes])
    places = [Aad(table="records_version", column="sealed", row=uuid4()) for _ in range(FIELDS)]
    return [
        Sealed(
            subject_id=PERSON,
            wrapped_key=made.wrapped,
            aad=place,
            ciphertext=crypto.seal(made.sealing, b"x" * 200, aad=place),
        )
        for place in places
    ]


def _refused() -> int:
    """Ask the service to open for events that do not exist, and count how often it refused."""
    from chengxin.crypto import facade as crypto
    from chengxin.crypto.contracts import Covered, KeyServiceRefuses, Open, Value

    values = [Value(one.subject_id.bytes, one.wrapped_key, one.aad.encoded(), one.ciphertext) for one in _sealed()]
    refused = 0
    for _ in range(UNLOGGED):
        try:
            crypto.ask(Open([Covered(uuid4().bytes, values)]))
        except KeyServiceRefuses:
            refused += 1
    return refused

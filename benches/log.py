"""The log under load: how late an event is in a signed tree, what it costs its act, and proofs from stored tiles.

Yardsticks: the same commits with one plain row in place of event and queue; the same tiles read without a proof.
"""

from __future__ import annotations

import random
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from benches import ground

WRITERS = 4
SECONDS = 10.0
PATIENCE = 30.0
PROOFS = 2_000


def run(root: Path, *, rows: int) -> dict[str, Any]:  # noqa: ARG001 - all benches take the same
    """Run the bench and return its figures."""
    ground.prepare(root)
    from chengxin.audit import facade as audit
    from chengxin.audit.contracts import Tree

    _until_in_log(_record())
    plain = _load(_plain_row)
    logged, delays = _load(_record), _delays()
    loaded = _delays_under_load()
    proofs, bare = _proofs()
    loaded.sort()
    return {
        "plain_commits_per_second_yardstick": round(plain),
        "logged_acts_per_second": round(logged),
        "ratio": round(logged / plain, 2),
        "merge_delay_ms": {"p50": _at(delays, 0.5), "p99": _at(delays, 0.99)},
        "merge_delay_under_load_ms": {"p50": _at(loaded, 0.5), "p99": _at(loaded, 0.99)},
        "leaves": audit.newest_checkpoint(Tree.RIGHTS).size,
        "proofs_per_second": round(proofs),
        "bare_tile_reads_per_second_yardstick": round(bare),
        "proof_ratio": round(proofs / bare, 2),
    }


def _record() -> UUID:
    """Commit one event of an act."""
    from chengxin.audit import facade as audit
    from chengxin.audit.contracts import Event, Kind
    from chengxin.database.contracts import Channel, Context
    from chengxin.database.facade import acting
    from chengxin.kernel.actor import Actor, Role

    clerk = Actor(key="account:7", roles=frozenset({Role.CLERK}), body="BENCH", area="390100")
    event = Event(
        kind=Kind.DISCLOSE,
        actor=clerk,
        at=datetime.now(UTC),
        purpose="supervision",
        channel="body",
        subject_id=uuid4(),
        categories=("penalty",),
    )
    with acting(Context.of(clerk, channel=Channel.BODY, purpose="supervision")):
        return audit.record_event(event).event_id


def _plain_row() -> UUID:
    """Commit one plain row under the same context."""
    from chengxin.database.contracts import Channel, Context
    from chengxin.database.facade import acting, ask
    from chengxin.kernel.actor import Actor, Role

    clerk = Actor(key="account:7", roles=frozenset({Role.CLERK}), body="BENCH", area="390100")
    row = uuid4()
    statement = "insert into audit_writer (id, process, counter, started_at) values (%s::uuid, 'bench', 0, now())"
    with acting(Context.of(clerk, channel=Channel.BODY, purpose="supervision")):
        ask(statement, [row])
    return row


def _load(act: Any) -> float:  # noqa: ANN401 - one of the two above
    """Act from several threads for a while and return acts per second."""
    done, stop = [0] * WRITERS, time.perf_counter() + SECONDS

    def one(place: int) -> None:
        from django.db import connection

        while time.perf_counter() < stop:
            act()
            done[place] += 1
        connection.close()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


def _delays_under_load() -> list[float]:
    """Return merge delays while others write."""
    load = threading.Thread(target=_load, args=(_record,))
    load.start()
    found = []
    while load.is_alive():
        found.append(_until_in_log(_record()))
    load.join()
    return found


def _delays(count: int = 60) -> list[float]:
    return sorted(_until_in_log(_record()) for _ in range(count))


def _until_in_log(event: UUID) -> float:
    """Return the milliseconds from the commit of an event until it is in a signed tree."""
    from chengxin.database.facade import ask

    began = time.perf_counter()
    while not ask("select 1 from audit_leaf where event_id = %s::uuid", [event]):
        if time.perf_counter() - began > PATIENCE:
            raise RuntimeError("The log stands still.")
        time.sleep(0.002)
    return (time.perf_counter() - began) * 1000


def _proofs() -> tuple[float, float]:
    """Return inclusion proofs from stored tiles, and bare reads of the same tiles, per second."""
    from chengxin.audit.contracts import Tree
    from chengxin.audit.log.reading import inclusion, newest_checkpoint, tiles_needed, tiles_of

    checkpoint = newest_checkpoint(Tree.RIGHTS)
    dice = random.Random(1)  # The same places each time.
    places = [dice.randrange(checkpoint.size) for _ in range(PROOFS)]
    wanted = [tiles_needed(checkpoint, place) for place in places]
    began = time.perf_counter()
    for tiles in wanted:
        tiles_of(Tree.RIGHTS, tiles)
    bare = PROOFS / (time.perf_counter() - began)
    began = time.perf_counter()
    for place in places:
        inclusion(checkpoint, place)
    return PROOFS / (time.perf_counter() - began), bare


def _at(sorted_values: list[float], share: float) -> float:
    return round(sorted_values[int(len(sorted_values) * share)], 1)

"""Many requests answered together: each as the site would answer it alone, in its own name, after their one commit."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import chain
from typing import Any

import orjson
import psycopg
import pytest
from django.db import connection
from django.test import Client, RequestFactory

from chengxin.access import facade as access
from chengxin.access.clients import find_client_by_header
from chengxin.audit.models import Event
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import SETUP, Office
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.tests.numbers import id_no, uscc
from chengxin.lists.tests.conftest import FIRM
from chengxin.matching.door import answer_together, read_together
from chengxin.matching.index import KEEPER
from chengxin.matching.models import Answer
from chengxin.matching.people import READER
from chengxin.matching.rules import PURPOSE
from chengxin.matching.tests.conftest import NAME, Asker
from chengxin.records.models import Recipient
from chengxin.site.screening import PATH, Door

AUDITOR = Actor(key="account:auditor", roles=frozenset({Role.AUDIT_ADMIN}))
ROWS: Sequence[dict[str, str]] = (
    {"kind": "enterprise", "name": NAME},
    {"kind": "enterprise", "name": "云汀禾木商茂"},
    {"kind": "enterprise", "name": "云汀松岚纺织有限公司", "uscc": FIRM},
    {"kind": "enterprise", "name": NAME, "uscc": uscc("91390100MA0000021")},
    {"kind": "enterprise", "name": "𠮷田㛃𫝆𬀩"},
    {"kind": "enterprise", "name": " "},
    {"kind": "robot", "name": NAME},
    {"kind": "person", "name": "林禾舟"},
    {"kind": "person", "name": "林禾舟", "id_no": id_no("390101198803070017")},
)
MATTERS: Sequence[tuple[int, dict[str, Any]]] = (
    *((0, {"purpose": "procurement"}),) * 4,
    (0, {"purpose": "procurement", "lists": ["tax", "market"]}),
    *((1, {"purpose": "closer_supervision"}),) * 2,
    *((1, {"purpose": "serious_office"}),) * 2,
    (1, {"purpose": "procurement"}),
    (0, {"purpose": "curiosity"}),
    (0, {"purpose": "procurement", "lists": ["honour"]}),
    (0, {"purpose": "procurement", "colour": "red"}),
    (2, {"purpose": "procurement"}),
    (3, {"purpose": "procurement"}),
)
"""Which program asks for which matter."""


@pytest.fixture
def programs(standing: Actor, asker: Asker, market: Office) -> list[str]:
    """Return the headers of two programs, one of the source itself, and of nobody."""
    new = access.register_client("YTSJ-1", body="YTSJ", scopes=("list.match",), actor=SETUP, now=SERVED)
    deaf = access.register_client("YTCZ-2", body="YTCZ", scopes=("outbox.receive",), actor=SETUP, now=SERVED)
    return [asker.header, *(f"Bearer {one.client.id}:{one.secret}" for one in (new, deaf)), "Basic Zm9vOmJhcg=="]


def by_site(header: str, said: dict[str, Any]) -> Any:
    return Client().post(PATH, orjson.dumps(said), content_type="application/json", headers={"Authorization": header})


def together(*asked: tuple[str, dict[str, Any]]) -> list[Any]:
    made = [
        RequestFactory().post(
            PATH, orjson.dumps(said), content_type="application/json", headers={"Authorization": header}
        )
        for header, said in asked
    ]
    return answer_together(made, now=SERVED)


def question(draw: random.Random, programs: list[str]) -> tuple[str, dict[str, Any]]:
    rows = [{"id": str(place), **draw.choice(ROWS)} for place in range(draw.choice((0, 1, 1, 1, 2, 6)))]
    program, matter = draw.choice(MATTERS)
    return programs[program], {**matter, "queries": rows}


def said_of(response: Any) -> tuple[int, str, Any]:
    body = {name: value for name, value in orjson.loads(response.content).items() if name != "screening"}
    return response.status_code, response["Content-Type"], body


def left_behind() -> list[list[tuple[Any, ...]]]:
    """Return what stands in the log, the ledger and the log of answers, but for numbers drawn anew each time."""
    with acting(Context.of(AUDITOR, channel=Channel.OFFICE, purpose="audit")):
        of_event = ("kind", "actor_key", "role", "body", "channel", "purpose", "basis", "categories", "reason", "count")
        events = Event.objects.filter(purpose=PURPOSE).values_list(*of_event, "subject_id", "outcome")
        found = [sorted(map(repr, events))]
    with access.acting_for(READER, channel=Channel.JOB, purpose=PURPOSE):
        of_answer = ("body", "asked_by", "purpose", "lists", "places", "base", "came", "outcomes", "tags", "hits")
        found.append(sorted(repr(row) for row in Answer.objects.values_list(*of_answer)))
    with acting(Context.of(READER, channel=Channel.JOB, purpose="correction")):
        of_line = ("subject_id", "record_id", "version", "recipient", "body", "outlet", "purpose")
        found.append(sorted(repr(row) for row in Recipient.objects.values_list(*of_line)))
    return found  # type: ignore[return-value]


@pytest.mark.clause("P5.2d")
def test_by_both_doors_everybody_gets_the_same_answer_and_leaves_the_same_behind(programs: list[str]) -> None:
    draw = random.Random(4)
    groups = [[question(draw, programs) for _ in range(size)] for size in (1, 16, 7)]
    with simulated(SERVED):
        place = _savepoint()
        answers = [together(*group) for group in groups]
        here = left_behind()
        _back_to(place)
        alone = [[by_site(*one) for one in group] for group in groups]
        there = left_behind()
    for one, other in zip(chain(*answers), chain(*alone), strict=True):
        if one is None:
            assert other.status_code in {401, 422}  # The site says what is wrong with it.
        else:
            assert said_of(one) == said_of(other)
    assert here == there
    assert [len(part) for part in here] == [22, 15, 4]
    assert {one.status_code for one in chain(*answers) if one is not None} == {200, 422}


@pytest.mark.clause("P5.2d")
def test_a_program_that_was_suspended_is_not_answered_in_the_next_group(asker: Asker, standing: Actor) -> None:
    said = {"purpose": "procurement", "queries": [{"id": "1", **ROWS[0]}]}
    with simulated(SERVED):
        assert [one.status_code for one in together((asker.header, said))] == [200]
        before = left_behind()
        client = find_client_by_header(asker.header)
        assert client is not None
        access.suspend_client(client.id, actor=SETUP, now=SERVED)
        assert together((asker.header, said)) == [None]
        assert by_site(asker.header, said).status_code == 401
        assert left_behind() == before


@pytest.mark.clause("P5.2d")
def test_lists_that_were_not_kept_of_late_degrade_every_answer_of_a_group(
    asker: Asker, standing: Actor, kept: Callable[[Any], None]
) -> None:
    kept(SERVED - timedelta(minutes=11))
    said = {"purpose": "procurement", "queries": [{"id": "1", **ROWS[4]}, {"id": "2", **ROWS[0]}]}
    with simulated(SERVED):
        bodies = [orjson.loads(one.content) for one in together(*[(asker.header, said)] * 3)]
    assert [(one["state"], one["code"]) for one in bodies] == [("degraded", "MATCH-STALE")] * 3
    assert [[row["outcome"] for row in one["results"]] for one in bodies] == [["degraded", "hits"]] * 3


def _savepoint() -> str:
    connection.cursor().execute("savepoint doors")
    return "doors"


def _back_to(place: str) -> None:
    connection.cursor().execute(f"rollback to savepoint {place}")
    KEEPER.forget()


class _Asgi:
    """Questions put to the application of the process, as its server puts them."""

    def __init__(self, header: str) -> None:
        self._header = header
        self.door = Door()

    async def ask(self, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": orjson.dumps(said)}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        headers = [(b"host", b"testserver"), (b"authorization", self._header.encode())]
        scope = {"type": "http", "method": "POST", "path": PATH, "query_string": b"", "headers": headers}
        await self.door(scope, receive, send)
        return sent[0]["status"], orjson.loads(sent[1]["body"])


@pytest.mark.clause("P5.2d")
@pytest.mark.django_db(transaction=True)
def test_an_answer_leaves_after_the_commit_of_its_group_and_not_when_it_was_killed(
    abnormal: Actor, asker: Asker, owner: psycopg.Connection[Any]
) -> None:
    said = {"purpose": "procurement", "queries": [{"id": "1", **ROWS[0]}]}
    asgi = _Asgi(asker.header)
    server = {"host": owner.info.host, "port": owner.info.port, "dbname": owner.info.dbname, "user": "postgres"}

    async def killed() -> list[tuple[int, dict[str, Any]]]:
        asked = [asyncio.create_task(asgi.ask(said)) for _ in range(6)]
        pid = await _waiting_for(owner)
        assert not any(task.done() for task in asked)
        with psycopg.connect(**server) as postgres:
            postgres.execute("select pg_terminate_backend(%s)", [pid])
        return list(await asyncio.gather(*asked))

    async def let() -> list[tuple[int, dict[str, Any]]]:
        return list(await asyncio.gather(*(asgi.ask(said) for _ in range(6))))

    try:
        assert [status for status, _body in _run(let())] == [200] * 6
        before = _written(owner)
        owner.execute("lock table matching_answer in access exclusive mode")
        answers = _run(killed())
        owner.rollback()
        assert {(status, body["code"]) for status, body in answers} == {(503, "UNAVAILABLE")}
        assert _written(owner) == before
        assert [status for status, _body in _run(let())] == [200] * 6
        numbers, moments = _written(owner)
        assert (numbers - before[0], moments - before[1]) == (6, 1)
    finally:
        asgi.door.close()


@pytest.mark.clause("P5.2d")
@pytest.mark.django_db(transaction=True)
def test_a_group_is_read_while_the_one_before_is_written_and_each_leaves_after_its_own_commit(
    abnormal: Actor, asker: Asker, owner: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = {"purpose": "procurement", "queries": [{"id": "1", **ROWS[0]}]}
    asgi, read = _Asgi(asker.header), []

    def reading(requests: Sequence[Any], **how: Any) -> Any:
        found = read_together(requests, **how)
        read.append(len(requests))
        return found

    monkeypatch.setattr("chengxin.site.screening._read_together", reading)

    async def two_groups() -> list[tuple[int, dict[str, Any]]]:
        first = [asyncio.create_task(asgi.ask(said)) for _ in range(2)]
        await _waiting_for(owner)
        second = [asyncio.create_task(asgi.ask(said)) for _ in range(3)]
        for _ in range(400):
            if len(read) == 2:
                break
            await asyncio.sleep(0.05)
        assert not any(task.done() for task in (*first, *second))
        owner.rollback()
        return list(await asyncio.gather(*first, *second))

    try:
        before = _written(owner)
        owner.execute("lock table matching_answer in access exclusive mode")
        assert [status for status, _body in _run(two_groups())] == [200] * 5
        assert read == [2, 3]
        numbers, moments = _written(owner)
        assert (numbers - before[0], moments - before[1]) == (5, 2)
    finally:
        asgi.door.close()


def _run(told: Coroutine[Any, Any, list[tuple[int, dict[str, Any]]]]) -> list[tuple[int, dict[str, Any]]]:
    """Run in a thread of its own: in this one the driver of a browser may have its loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, told).result()


async def _waiting_for(owner: psycopg.Connection[Any]) -> int:
    for _ in range(400):
        row = owner.execute("select pid from pg_locks where not granted").fetchone()
        if row:
            return int(row[0])
        await asyncio.sleep(0.05)
    raise AssertionError("nobody waits for the lock: the answer did not need the commit")


def _written(owner: psycopg.Connection[Any]) -> tuple[int, int]:
    """Return how many batches the log tells of, and by how many transactions."""
    owner.execute("alter table audit_event no force row level security")
    told = "select count(*), count(distinct written_at) from audit_event where purpose = %s and subject_id is null"
    row = owner.execute(told, [PURPOSE]).fetchone()
    owner.rollback()
    assert row is not None
    return int(row[0]), int(row[1])

"""Two people, two programs or two clicks at the same moment: real connections, one result."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any, TypeVar

import psycopg
import pytest
from django.db import connection

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD, PERSON
from chengxin.kernel.refusal import Refused

Answer = TypeVar("Answer")


def at_once(act: Callable[[int], Answer], times: int = 4) -> list[Answer]:
    """Do the same in several threads, each with a connection of its own, none before all are ready."""
    start = Barrier(times)

    def run(place: int) -> Answer:
        connection.ensure_connection()
        start.wait(60)
        try:
            return act(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def in_intake(office: Office, act: Callable[[], Answer]) -> Answer:
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
        return act()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("names", "key"), [(("a", "a", "a", "a"), ""), (("a", "b", "c", "d"), "k-1")])
def test_the_same_file_or_key_handed_in_at_once_makes_one_batch(
    market: Office, tmp_path: Path, names: tuple[str, ...], key: str
) -> None:
    """The files differ in the second case, so only the key makes them one."""
    for name in names:
        (tmp_path / name).write_text(HEAD + FIRM + BAD + "\n" * "abcd".index(name))

    def hand(place: int) -> Batch:
        return in_intake(
            market,
            lambda: intake.upload(
                tmp_path / names[place],
                file_name="双公示.csv",
                item_code="penalty",
                actor=market.clerk,
                now=NOW,
                channel="api",
                idempotency_key=key,
            ),
        )

    batches = at_once(hand)
    assert len({batch.id for batch in batches}) == 1
    assert in_intake(market, lambda: intake.count_batches(market.body)) == 1
    assert in_intake(market, lambda: len(intake.list_questioned(batches[0].id))) == 3


@pytest.mark.django_db(transaction=True)
def test_a_batch_approved_at_once_is_accepted_once(market: Office, hand_in: Callable[..., Batch]) -> None:
    batch = hand_in((HEAD + FIRM + PERSON).encode(), market)
    in_intake(market, lambda: intake.submit(batch.id, actor=market.clerk, now=NOW))

    def approve(_place: int) -> str:
        try:
            return intake.decide(batch.id, approves=True, actor=market.approver, now=NOW).state
        except Refused as refused:
            return refused.refusal.code

    assert sorted(at_once(approve)) == ["CASE-STATE", "CASE-STATE", "CASE-STATE", "accepted"]
    done = in_intake(market, lambda: intake.get_batch(batch.id))
    assert (done.accepted, done.corrected, done.repeated) == (2, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_another_batch_brought_meanwhile_is_settled_as_one_that_stood(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], owner: psycopg.Connection[Any]
) -> None:
    known = FIRM.replace("1号", "7号") + PERSON.replace("3号", "8号")
    accept(hand_in((HEAD + known).encode(), market).id, market)
    batches = [
        hand_in((HEAD + FIRM + PERSON.replace("一千元", said)).encode(), market) for said in ("一千元", "二千元")
    ]
    for batch in batches:
        in_intake(market, lambda batch=batch: intake.submit(batch.id, actor=market.clerk, now=NOW))
    owner.execute("lock table records_publication in exclusive mode")
    with ThreadPoolExecutor(2) as pool:
        running = []
        for waiting, batch in enumerate(batches, start=1):
            # The first has written its versions and waits to publish them; the second waits for the first to commit.
            running.append(pool.submit(_approved, batch, market))
            _until_waiting(owner, waiting)
        owner.rollback()
        first, second = (one.result() for one in running)
    assert (first.accepted, first.corrected, first.repeated) == (2, 0, 0)
    assert (second.accepted, second.corrected, second.repeated) == (0, 1, 1)


def _approved(batch: Batch, market: Office) -> Batch:
    try:
        return intake.decide(batch.id, approves=True, actor=market.approver, now=NOW)
    finally:
        connection.close()


def _until_waiting(owner: psycopg.Connection[Any], sessions: int) -> None:
    asked = """
        select count(distinct pid) from pg_locks where not granted and pid in (
            select pid from pg_locks where database = (select oid from pg_database where datname = current_database()))
    """
    until = time.monotonic() + 60
    while (found := owner.execute(asked).fetchone()) != (sessions,):
        assert time.monotonic() < until, found
        time.sleep(0.01)

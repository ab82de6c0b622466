"""Two people, two programs or two clicks at the same moment: real connections, one result."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

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

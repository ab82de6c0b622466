"""The mark races with those who read and publish: after the acknowledgement nobody uses the line as undisputed."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.refusal import Refused
from chengxin.objections import jobs
from chengxin.objections.tests.conftest import is_used, object_to, record_of
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way

USCC = "91390100MA0000015M"
READERS = 3


def undisputed_use(market: Office, subject_id: object) -> Callable[[], bool]:
    """Return what reads the line for a measure, as the source body, once."""

    def read() -> bool:
        with access.acting_for(market.clerk, channel=Channel.BODY, purpose="correction"):
            (record,) = records.list_of_subject(subject_id)
        return is_used(record, Way.MEASURE)

    return read


def undisputed_page(_market: Office, _subject_id: object) -> Callable[[], bool]:
    """Return what reads the public page, once."""

    def read() -> bool:
        found = archives.find_public_subject(USCC, actor=ANYONE, now=NOW)
        assert found is not None
        return any(not line.has_objection for line in found.lines)

    return read


@pytest.mark.clause("P4.3a")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [undisputed_use, undisputed_page])
def test_redline_14_after_the_acknowledgement_no_reader_uses_the_line_as_undisputed(
    boss: Actor, market: Office, kind: Callable[..., Callable[[], bool]]
) -> None:
    acknowledged, is_over = threading.Event(), threading.Event()
    late: list[bool] = []
    early = threading.Barrier(READERS + 1)
    read = kind(market, boss.subject_id)

    def go_on() -> None:
        try:
            early.wait(30)
            while not is_over.is_set():
                was_acknowledged = acknowledged.is_set()
                if read() and was_acknowledged:
                    late.append(True)
        finally:
            connection.close()

    threads = [threading.Thread(target=go_on) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    early.wait(30)
    try:
        assert read()
        object_to(boss)
        acknowledged.set()
        done = [read() for _ in range(20)]
    finally:
        is_over.set()
        for thread in threads:
            thread.join(30)
    assert (late, done) == ([], [False] * 20)


@pytest.mark.django_db(transaction=True)
def test_two_objections_at_once_are_one(boss: Actor, market: Office) -> None:
    answers: list[str] = []
    together = threading.Barrier(2)

    def go() -> None:
        try:
            together.wait(30)
            answers.append(object_to(boss).number[:2])
        except Refused as refused:
            answers.append(refused.refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == ["OBJ-OPEN", "YY"]
    assert len(record_of(boss).marks) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_may_do_what_the_day_asks(boss: Actor, office: object) -> None:
    from datetime import timedelta

    from chengxin.casework import jobs as cases

    object_to(boss)
    late = NOW + timedelta(days=10)
    with log_in_as_worker():
        assert cases.turn_the_day(late, None)["escalated"] == 1
        assert jobs.turn_the_day(late, None) == {"stopped": 1, "lifted": 0}
    assert not is_used(record_of(boss), Way.PUBLIC, now=late)

"""Tasks run on their day, catch up, run once at a time, and one that fails stops nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Task, TaskRun
from chengxin.jobs.rules import AFTER_FAILURE, is_due, status
from chengxin.jobs.tests.conftest import NOW
from chengxin.jobs.worker import LOCK

LAST_SECOND = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Beijing
MIDNIGHT = LAST_SECOND + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("finished_at", "failed_at", "every", "now", "expected"),
    [
        (None, None, None, NOW, True),
        (NOW, None, None, LAST_SECOND, False),
        (NOW, None, None, MIDNIGHT, True),
        (LAST_SECOND, None, None, MIDNIGHT, True),
        (NOW - timedelta(days=9), None, None, NOW, True),
        (None, NOW, None, NOW, False),
        (None, NOW, None, NOW + AFTER_FAILURE, True),
        (NOW, None, timedelta(minutes=10), NOW + timedelta(minutes=10), True),
        (NOW, None, timedelta(minutes=10), NOW + timedelta(minutes=10) - timedelta(seconds=1), False),
    ],
)
def test_a_task_is_due_on_a_new_legal_day_or_after_its_time(
    finished_at: datetime | None, failed_at: datetime | None, every: timedelta | None, now: datetime, expected: bool
) -> None:
    assert is_due(finished_at=finished_at, failed_at=failed_at, every=every, now=now) is expected


def test_health_says_late_when_the_worker_is_silent_or_a_day_was_left_out() -> None:
    day = timedelta(days=1)
    assert status(worker_at=None, runs=[], now=NOW) == "never"
    assert status(worker_at=NOW, runs=[(ended(NOW - day), None)], now=NOW) == "ok"
    assert status(worker_at=NOW - timedelta(minutes=6), runs=[], now=NOW) == "late"
    assert status(worker_at=NOW, runs=[(ended(NOW - 2 * day), None)], now=NOW) == "late"
    assert status(worker_at=NOW, runs=[(ended(NOW - day), timedelta(minutes=10))], now=NOW) == "late"
    assert status(worker_at=NOW, runs=[(ended(NOW, failed_at=NOW), None)], now=NOW) == "late"
    assert status(worker_at=NOW, runs=[(None, None)], now=NOW) == "late"


def ended(finished_at: datetime, *, failed_at: datetime | None = None) -> TaskRun:
    return TaskRun(
        name="a", started_at=finished_at, finished_at=finished_at, did={}, failed_at=failed_at, failed_because=""
    )


class Count:
    """A task that counts its runs and keeps what it was told."""

    def __init__(self) -> None:
        self.since: list[datetime | None] = []

    def __call__(self, now: datetime, since: datetime | None) -> Mapping[str, int]:
        self.since.append(since)
        return {"runs": len(self.since)}


def fails(now: datetime, since: datetime | None) -> Mapping[str, int]:
    raise ZeroDivisionError


def test_a_task_runs_once_a_day_and_after_days_away_it_is_told_since_when(worker: Any) -> None:
    count = Count()
    tasks = [Task(name="count", run=count)]
    with worker():
        for moment in (NOW, LAST_SECOND, MIDNIGHT, MIDNIGHT + timedelta(days=3)):
            jobs.run_tasks(now=moment, tasks=tasks)
    assert count.since == [None, NOW, MIDNIGHT]


def test_two_workers_do_not_run_a_task_at_once(worker: Any, django_db_setup: Any) -> None:
    count = Count()
    tasks = [Task(name="count", run=count)]
    with worker():
        with psycopg.connect(django_db_setup.conninfo("chengxin_worker")) as other:
            other.execute("select pg_advisory_lock(%s, hashtext('count'))", [LOCK])
            assert jobs.run_tasks(now=NOW, tasks=tasks) == {}
            other.execute("select pg_advisory_unlock(%s, hashtext('count'))", [LOCK])
        assert jobs.run_tasks(now=NOW, tasks=tasks) == {"count": {"runs": 1}}


def test_a_task_that_fails_is_told_of_and_tried_again_and_stops_no_other(worker: Any, caplog: Any) -> None:
    count = Count()
    tasks = [Task(name="fails", run=fails), Task(name="works", run=count, every=timedelta(seconds=1))]
    with worker():
        for seconds in (0, 60, 299):
            assert "works" in jobs.run_tasks(now=NOW + timedelta(seconds=seconds), tasks=tasks)
        repaired = [Task(name="fails", run=count)]
        assert jobs.run_tasks(now=NOW + timedelta(seconds=299), tasks=repaired) == {}
        assert "fails" in jobs.run_tasks(now=NOW + AFTER_FAILURE, tasks=repaired)

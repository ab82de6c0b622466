"""The worker: run the tasks that are due, carry the outbox, say that it lives, wait for the next message."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, InterfaceError, connection

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.jobs import models
from chengxin.jobs.actions import PURPOSE, WAKE, deliver_due
from chengxin.jobs.contracts import Task, Tried
from chengxin.jobs.queries import WORKER, count_outbox, find_run
from chengxin.jobs.registry import list_tasks
from chengxin.jobs.rules import is_due
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import now as present

LOCK: Final = 0x63785F6A  # 'cx_j': first half of the advisory locks of tasks.
BEAT: Final = timedelta(seconds=30)
LISTEN_SECONDS: Final = 1.0
RECONNECT_SECONDS: Final = 1.0
_log = logging.getLogger("chengxin.jobs")


def work() -> None:
    """Work until the process is ended; a database that goes away is waited for."""
    while True:
        try:
            _listen()
            while True:
                once(now=present())
                _wait()
        except (DatabaseError, InterfaceError) as error:
            _log.warning("The database is away (%s); trying again.", type(error).__name__)
            connection.close()
            time.sleep(RECONNECT_SECONDS)


def once(*, now: datetime, force: bool = False) -> tuple[dict[str, Mapping[str, int]], Tried]:
    """Run the tasks that are due, or all of them, and carry what is due; return what each did."""
    done = run_tasks(now=now, force=force)
    tried = deliver_due(now=now)
    _beat(now, force=force)
    return done, tried


def run_tasks(
    *, now: datetime, force: bool = False, tasks: Sequence[Task] | None = None
) -> dict[str, Mapping[str, int]]:
    """Run the tasks that are due, each by one worker at a time; one that fails does not stop the others."""
    done = {}
    for task in list_tasks() if tasks is None else tasks:
        with _alone(task.name) as is_ours:
            if is_ours and (did := _run(task, now=now, force=force)) is not None:
                done[task.name] = did
    return done


def _run(task: Task, *, now: datetime, force: bool) -> Mapping[str, int] | None:
    last = find_run(task.name)
    finished_at, failed_at = (last.finished_at, last.failed_at) if last else (None, None)
    if not force and not is_due(finished_at=finished_at, failed_at=failed_at, every=task.every, now=now):
        return None
    try:
        did = task.run(now, last.started_at if last else None)
    except Exception as error:
        if isinstance(error, DatabaseError | InterfaceError) and not _is_there():
            raise
        _failed(task, error, now=now)
        return None
    done = {"started_at": now, "finished_at": now, "did": dict(did), "failed_at": None, "failed_because": ""}
    models.Run.objects.update_or_create(name=task.name, defaults=done)
    return did


def _failed(task: Task, error: Exception, *, now: datetime) -> None:
    """Log and keep a failure."""
    _log.error("The task %s failed; it runs again in a few minutes.", task.name, exc_info=error)
    failure = {"failed_at": now, "failed_because": type(error).__name__[:60]}
    models.Run.objects.update_or_create(name=task.name, defaults=failure)


@contextmanager
def _alone(name: str) -> Iterator[bool]:
    """Hold the advisory lock of a task, or tell that another worker does; it ends with its session at the latest."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, hashtext(%s))", [LOCK, name])
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours and _is_there():
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s, hashtext(%s))", [LOCK, name])


def _is_there() -> bool:
    """Tell whether the session still stands; with it would go the advisory lock."""
    return connection.connection is not None and connection.is_usable()


def _beat(now: datetime, *, force: bool) -> None:
    """Say every half minute that the worker lives and how full the outbox is; the web cannot count it."""
    last = find_run(WORKER)
    if not force and last and last.finished_at and now - last.finished_at < BEAT:
        return
    with acting(Context.of(platform("outbox"), channel=Channel.JOB, purpose=PURPOSE)):
        counts = dict(count_outbox())
    models.Run.objects.update_or_create(name=WORKER, defaults={"started_at": now, "finished_at": now, "did": counts})


def _listen() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"listen {WAKE}")


def _wait() -> None:
    """Wait for a message, a second at most; a reminder is enough, what is due stands in the table."""
    with connection.wrap_database_errors:
        for _notice in connection.connection.notifies(timeout=LISTEN_SECONDS, stop_after=1):
            return

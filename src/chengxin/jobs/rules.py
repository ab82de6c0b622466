"""When a message is tried again, when it is dead, what it may carry, when a task is due."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from chengxin.jobs.contracts import Carried, TaskRun
from chengxin.kernel.clock import legal_day

FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(hours=6)
MOST_ATTEMPTS: Final = 16
"""With the waits above a recipient may be away for two days before a message to it is dead."""
AFTER_FAILURE: Final = timedelta(minutes=5)
SILENT: Final = timedelta(minutes=5)
"""A worker that has not been heard of for so long is late."""

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PLAIN = re.compile(r"[\x21-\x7e]{0,100}")
_LONG_DIGITS = re.compile(r"\d{11}")


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts, from 1: 30 s, doubled each time, six hours at most."""
    doubled: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def names_nobody(payload: Mapping[str, Carried]) -> bool:
    """Tell whether a payload holds ids, codes, moments and counts only: no words, no number of a person."""
    for value in payload.values():
        for text in [str(value)] if isinstance(value, str | int) else value:
            if not _PLAIN.fullmatch(text) or _LONG_DIGITS.search(_UUID.sub("", text)):
                return False
    return True


def is_due(*, finished_at: datetime | None, failed_at: datetime | None, every: timedelta | None, now: datetime) -> bool:
    """Tell whether a task is to run: never yet, on a new legal day, or after its time; not right after it failed."""
    if failed_at is not None and now < failed_at + AFTER_FAILURE:
        return False
    if finished_at is None:
        return True
    if every is None:
        return legal_day(finished_at) < legal_day(now)
    return now >= finished_at + every


def status(
    *, worker_at: datetime | None, runs: Sequence[tuple[TaskRun | None, timedelta | None]], now: datetime
) -> str:
    """Return ok, late or never, from when the worker was last heard of and how each task, with its `every`, ended."""
    if worker_at is None:
        return "never"
    if now - worker_at > SILENT:
        return "late"
    for run, every in runs:
        if run is None or run.finished_at is None or run.failed_at is not None:
            return "late"
        if now - run.finished_at > (every or timedelta(days=1)) + SILENT:
            return "late"
    return "ok"

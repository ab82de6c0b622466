"""What the platform does with its log by itself: every minute it looks whether the log keeps up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.audit import facade as audit
from chengxin.audit.rules import is_late
from chengxin.jobs.contracts import Task


class LogLate(RuntimeError):
    """Entries wait and nothing is sequenced: the health page says so until they are in the log."""


def watch_log(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - as every task
    """Fail when the log stands still, so that the health page turns late before disclosure stops."""
    state = audit.log_state()
    if is_late(state.lag):
        raise LogLate(f"{state.waiting} entries wait, for {state.lag:.0f} s.")
    return {"waiting": state.waiting}


TASKS: Final = (Task(name="audit.log", run=watch_log, every=timedelta(minutes=1)),)

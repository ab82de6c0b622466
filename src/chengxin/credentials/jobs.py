"""What is done by itself: every minute the status lists are signed anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.credentials import facade
from chengxin.jobs.contracts import Task


def sign_lists(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - it reads the state
    """Sign every living list."""
    return {"lists": facade.sign_lists(now=now)}


TASKS: Final = (Task(name="credentials.status", run=sign_lists, every=timedelta(minutes=1)),)

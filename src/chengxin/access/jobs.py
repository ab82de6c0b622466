"""What access does by itself: files that waited for a proof longer than its minutes go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.access.carrying import KEPT_FOR
from chengxin.files import facade as files
from chengxin.jobs.contracts import Task


def sweep_carried(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001 - the clock of the disk decides
    """Remove the files of forms whose proof never came."""
    return {"swept": files.sweep_held(older_than=KEPT_FOR)}


TASKS: Final = (Task(name="access.carried", run=sweep_carried, every=timedelta(minutes=1)),)

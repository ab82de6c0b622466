"""What the detection does by itself: fast signs every five minutes, slow ones, samples and counts once a legal day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from chengxin.jobs.contracts import Task
from chengxin.kernel.clock import legal_day
from chengxin.misuse import facade


def watch_fast(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001
    """Look for what cannot wait."""
    return {"alerts": facade.watch(tempo=facade.Tempo.FAST, now=now)}


def watch_day(now: datetime, since: datetime | None) -> Mapping[str, int]:  # noqa: ARG001
    """Look for what shows over weeks, count the day before, and draw the sample of the month before."""
    yesterday = legal_day(now) - timedelta(days=1)
    return {
        "alerts": facade.watch(tempo=facade.Tempo.DAY, now=now),
        "looks": facade.count_day(yesterday),
        "drawn": facade.draw_sample((legal_day(now).replace(day=1) - timedelta(days=1)).replace(day=1), now=now),
    }


TASKS: Final = (
    Task(name="misuse.fast", run=watch_fast, every=timedelta(minutes=5)),
    Task(name="misuse.day", run=watch_day),
)

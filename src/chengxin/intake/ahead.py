"""Work on blocks in threads: one step ahead, or several side by side.

A file of millions of rows is checked for minutes without a word to the database, and what is compiled the first time
takes another: from time to time the context is signed anew, so that neither it ends nor the idle session.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from chengxin.database.facade import renew

Step = TypeVar("Step")
Made = TypeVar("Made")
_HANDS = 2
# Seconds after which the context is signed anew; the server ends an idle session after sixty.
_PATIENCE = 15.0


def ahead(steps: Iterator[Step]) -> Iterator[Step]:
    """Yield the steps of an iterator, each made while the one before it is used; its errors come at their place.

    The iterator runs in another thread, so it must not use the database connection of this one.
    """
    end = object()
    patient = _Patient()
    with ThreadPoolExecutor(max_workers=1) as worker:
        following = worker.submit(next, steps, end)
        while (step := patient.result(following)) is not end:
            following = worker.submit(next, steps, end)
            yield step  # type: ignore[misc]


def side_by_side(work: Callable[[Step], Made], steps: Iterable[Step]) -> Iterator[Made]:
    """Yield what `work` makes of each step, in their order, on two steps at a time; the steps are drawn one by one."""
    patient = _Patient()
    with ThreadPoolExecutor(max_workers=_HANDS) as workers:
        begun: deque[Future[Made]] = deque()
        for step in steps:
            begun.append(workers.submit(work, step))
            if len(begun) > _HANDS:
                yield patient.result(begun.popleft())
        while begun:
            yield patient.result(begun.popleft())


class _Patient:
    """Waits for what threads make, and signs the context of this thread's transaction anew when it took long."""

    def __init__(self) -> None:
        self._signed_at = time.monotonic()

    def result(self, made: Future[Made]) -> Made:
        """Return what was made, or raise what went wrong with it."""
        while not wait([made], timeout=self._left()).done:
            self._renew()
        if self._left() == 0:
            self._renew()
        return made.result()

    def _left(self) -> float:
        return max(self._signed_at + _PATIENCE - time.monotonic(), 0)

    def _renew(self) -> None:
        renew()
        self._signed_at = time.monotonic()

"""Work on blocks in threads: one step ahead, or several side by side."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Step = TypeVar("Step")
Made = TypeVar("Made")
_HANDS = 2


def ahead(steps: Iterator[Step]) -> Iterator[Step]:
    """Yield the steps of an iterator, each made while the one before it is used; its errors come at their place.

    The iterator runs in another thread, so it must not use the database connection of this one.
    """
    end = object()
    with ThreadPoolExecutor(max_workers=1) as worker:
        following = worker.submit(next, steps, end)
        while (step := following.result()) is not end:
            following = worker.submit(next, steps, end)
            yield step  # type: ignore[misc]


def side_by_side(work: Callable[[Step], Made], steps: Iterable[Step]) -> Iterator[Made]:
    """Yield what `work` makes of each step, in their order, on two steps at a time; the steps are drawn one by one."""
    with ThreadPoolExecutor(max_workers=_HANDS) as workers:
        begun: deque[Future[Made]] = deque()
        for step in steps:
            begun.append(workers.submit(work, step))
            if len(begun) > _HANDS:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()

"""Work one step ahead: the next block is made in a thread while the present one is used."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Step = TypeVar("Step")


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

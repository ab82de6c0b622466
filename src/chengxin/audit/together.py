"""Let threads that want the same kind of thing at the same moment send it off as one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Wish = TypeVar("Wish")
Answer = TypeVar("Answer")


@dataclass(eq=False)
class _Waiting(Generic[Wish, Answer]):
    wish: Wish
    answer: Answer | BaseException | None = None
    is_answered: bool = False


class Together(Generic[Wish, Answer]):
    """Fulfil wishes in groups: whoever comes while a group is under way waits, and all who wait are the next group.

    Nobody waits for others to come, so one thread alone loses nothing. `fulfil` runs in one thread at a time and
    answers in the order of its wishes, an exception for a wish it could not fulfil; what it raises goes to all of them.
    """

    def __init__(self, fulfil: Callable[[Sequence[Wish]], Sequence[Answer | BaseException]], *, most: int) -> None:
        self._fulfil = fulfil
        self._most = most
        self._queue: list[_Waiting[Wish, Answer]] = []
        self._queued = threading.Lock()
        self._under_way = threading.Lock()

    def __call__(self, wish: Wish) -> Answer:
        """Return the answer to a wish, or raise it."""
        mine: _Waiting[Wish, Answer] = _Waiting(wish)
        with self._queued:
            self._queue.append(mine)
        while not mine.is_answered:
            with self._under_way:
                if not mine.is_answered:
                    self._next_group()
        if isinstance(mine.answer, BaseException):
            raise mine.answer
        return mine.answer  # type: ignore[return-value]  # It is answered.

    def _next_group(self) -> None:
        with self._queued:
            group, self._queue = self._queue[: self._most], self._queue[self._most :]
        answers: Sequence[Answer | BaseException] = ()
        try:
            answers = self._fulfil([one.wish for one in group])
        except BaseException as error:  # noqa: BLE001 - each who waits raises it
            answers = [error] * len(group)
        for one, answer in zip(group, answers, strict=True):
            one.answer, one.is_answered = answer, True

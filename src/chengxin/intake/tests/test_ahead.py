"""Long work in threads: the transaction it belongs to neither falls asleep nor loses its context."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from chengxin.database import guard
from chengxin.database.contracts import Channel, Context
from chengxin.intake import ahead

CLERK = Context(actor_key="account:clerk", roles=frozenset(), body="YTSJ", purpose="filing", channel=Channel.INTAKE)


def _slow(step: int) -> int:
    time.sleep(step / 10)
    return step


def _one_ahead(steps: Iterable[int]) -> Iterator[int]:
    return ahead.ahead(_slow(step) for step in steps)


def _two_at_once(steps: Iterable[int]) -> Iterator[int]:
    return ahead.side_by_side(_slow, steps)


@pytest.mark.wall_clock
@pytest.mark.parametrize("work", [_one_ahead, _two_at_once])
@pytest.mark.parametrize("steps", [[8], [1] * 8], ids=["one that takes long", "many without a word"])
def test_the_transaction_stays_awake_and_in_its_context(
    db: None, monkeypatch: pytest.MonkeyPatch, work: Callable[[Iterable[int]], Iterator[int]], steps: list[int]
) -> None:
    monkeypatch.setattr(ahead, "_PATIENCE", 0.1)
    monkeypatch.setattr(guard, "LASTS", timedelta(seconds=0.5))
    with guard.acting(CLERK, lasts=timedelta(seconds=0.5)), connection.cursor() as cursor:
        cursor.execute("set local idle_in_transaction_session_timeout = '500ms'")
        assert list(work(steps)) == steps
        cursor.execute("select guard.actor_key()")
        assert cursor.fetchone() == ("account:clerk",)


def test_what_goes_wrong_comes_at_its_place(db: None) -> None:
    def work(step: int) -> float:
        return 1 / step

    made: list[Any] = []
    with pytest.raises(ZeroDivisionError):
        made.extend(ahead.side_by_side(work, [2, 4, 0, 5]))
    assert made == [0.5, 0.25]

"""A clock that runs out moves its case by itself; one that counts from the first entry is not wound up again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from chengxin.casework import facade, jobs
from chengxin.casework.procedures import BadProcedure, read_procedure
from chengxin.casework.tests.conftest import LI, NOON, WANG, as_, open_one
from chengxin.casework.tests.test_service import offices, take

__all__ = ["offices"]
DAY = timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.clause("E2.5b")
def test_a_clock_that_ran_out_takes_its_verb_instead_of_going_to_the_supervisor(offices: None) -> None:
    case = open_one(procedure="pond", evidence=())
    assert (case.due_on, case.due_key) == (date(2026, 3, 3), "withdrawal.internal")
    assert jobs.turn_the_day(NOON + DAY, None)["lapsed"] == 0
    done = jobs.turn_the_day(NOON + 2 * DAY, None)
    assert (done["lapsed"], done["escalated"]) == (1, 0)
    assert jobs.turn_the_day(NOON + 2 * DAY, None)["lapsed"] == 0
    with as_(LI):
        moved = facade.access_case(case.id, actor=LI)
        last = facade.timeline(case.id, actor=LI)[-1]
    assert (moved.state, moved.escalated_at, last.verb, last.actor_key) == ("talking", None, "go_up", "platform:cases")


@pytest.mark.django_db
@pytest.mark.clause("E2.5b")
def test_days_of_testing_do_not_count_and_coming_back_winds_nothing_up_again(offices: None) -> None:
    case = open_one(procedure="pond", evidence=())
    jobs.turn_the_day(NOON + 2 * DAY, None)
    with as_(LI):
        talking = facade.access_case(case.id, actor=LI)
    wednesday = date(2026, 3, 4)
    assert (talking.due_on, talking.due_key) == (date(2026, 3, 9), "withdrawal.outer")
    take(case, "test", WANG, now=NOON + 2 * DAY)
    back = take(case, "resume", WANG, now=NOON + 4 * DAY)
    with as_(LI):
        clocks = facade.deadlines_of(back, on=date(2026, 3, 6))
    assert [(one.key, one.starts_on, one.stopped_on, one.paused) for one in clocks] == [
        ("withdrawal.internal", date(2026, 3, 2), wednesday, 0),
        ("withdrawal.outer", wednesday, None, 2),
    ]
    assert back.due_on == clocks[1].last_day == date(2026, 3, 10)
    assert clocks[1].days == (date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10))


@pytest.mark.parametrize("line", ["lapses: nothing", "lapses: test", 'from: "first:lost"'])
def test_a_clock_that_lapses_into_nothing_is_refused(line: str) -> None:
    text = (Path(__file__).parent / "procedures" / "pond.yaml").read_text(encoding="utf-8")
    with pytest.raises(BadProcedure, match="clock withdrawal"):
        read_procedure(text.replace("lapses: go_up" if "lapses" in line else "from: opened", line))

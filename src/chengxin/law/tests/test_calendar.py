"""The calendar against the notice for 2026, day by day, and what it says beyond the last notice."""

from datetime import date, timedelta

import pytest

from chengxin.law.contracts import LawNotCovered
from chengxin.law.workdays import coverage, day_kind, next_workday

_DAY = timedelta(days=1)
_REST_2026 = [
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
]
_MADE_UP_2026 = {
    date(2026, 1, 4),
    date(2026, 2, 14),
    date(2026, 2, 28),
    date(2026, 5, 9),
    date(2026, 9, 20),
    date(2026, 10, 10),
}


def _works(day: date) -> bool:
    if any(first <= day <= last for first, last in _REST_2026):
        return False
    return day.weekday() < 5 or day in _MADE_UP_2026


def test_every_day_of_2026_is_what_the_notice_says() -> None:
    days = [date(2026, 1, 1) + _DAY * offset for offset in range(365)]
    assert [day for day in days if day_kind(day).works != _works(day)] == []
    assert not any(day_kind(day).provisional for day in days)
    assert sum(day_kind(day).works for day in days) == 248


def test_a_make_up_workday_is_named_as_such() -> None:
    assert {day_kind(day).reason for day in _MADE_UP_2026} == {"调休上班"}


def test_a_day_beyond_the_notice_follows_weekends_and_statutory_holidays_and_is_provisional() -> None:
    assert coverage().notice_through == date(2026, 12, 31)
    spring = [day_kind(date(2027, 2, 5) + _DAY * offset) for offset in range(4)]
    assert [day.works for day in spring] == [False] * 4
    assert all(day.provisional for day in spring)
    assert day_kind(date(2027, 2, 9)).works
    assert day_kind(date(2027, 4, 5)).reason == "清明节（暂定：放假通知尚未公布）"


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2041, 1, 1)])
def test_a_day_outside_the_tables_is_refused_and_not_guessed(day: date) -> None:
    with pytest.raises(LawNotCovered):
        day_kind(day)


def test_the_next_workday_after_the_eve_of_a_holiday_is_the_first_day_back() -> None:
    assert next_workday(date(2026, 9, 30)) == date(2026, 10, 8)

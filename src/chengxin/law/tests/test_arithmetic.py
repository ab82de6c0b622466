"""The arithmetic of periods, rule by rule (A1–A13)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chengxin.law import facade as law
from chengxin.law.arithmetic import (
    adult_from,
    calendar_year,
    count_forward,
    end_of_status,
    latest_notice,
    reaches,
    roll_over_rest_days,
    settle,
)
from chengxin.law.contracts import Due, LawNotCovered, Standing, Unit

_DAY = timedelta(days=1)


def test_the_starting_day_is_not_counted() -> None:
    assert count_forward(date(2026, 11, 24), amount=1, unit=Unit.DAY).last_day == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "last_day"),
    [
        (date(2026, 1, 15), 3, Unit.MONTH, date(2026, 4, 15)),
        (date(2026, 11, 30), 3, Unit.MONTH, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, Unit.MONTH, date(2028, 2, 29)),
        (date(2024, 2, 29), 1, Unit.YEAR, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, Unit.YEAR, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, Unit.MONTH, date(2027, 2, 28)),
    ],
)
def test_months_and_years_end_on_the_corresponding_day_or_the_last_of_the_month(
    start: date, amount: int, unit: Unit, last_day: date
) -> None:
    assert count_forward(start, amount=amount, unit=unit).last_day == last_day


def test_a_deadline_rolls_over_rest_days_and_says_so() -> None:
    count = roll_over_rest_days(count_forward(date(2026, 9, 26), amount=5, unit=Unit.DAY))
    assert count.last_day == date(2026, 10, 8)
    assert [step.code for step in count.steps] == ["start", "last_day", *["rolled"] * 7, "last_day"]
    assert count.steps[2].reason == "国庆节，最后一日顺延"


def test_a_deadline_that_falls_on_a_make_up_saturday_stays_there() -> None:
    assert roll_over_rest_days(count_forward(date(2026, 10, 9), amount=1, unit=Unit.DAY)).last_day == date(2026, 10, 10)


def test_a_status_that_falls_on_a_rest_day_stays_there() -> None:
    count = end_of_status(count_forward(date(2026, 9, 26), amount=5, unit=Unit.DAY))
    assert count.last_day == date(2026, 10, 1)
    assert count.ends_on == date(2026, 10, 2)
    assert count.steps[-1].code == "ends"


@pytest.mark.parametrize(
    ("start", "amount", "last_day"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 2, 27), 1, date(2026, 2, 28)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 10, 10), 1, date(2026, 10, 12)),
        (date(2026, 1, 2), 1, date(2026, 1, 4)),
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
    ],
)
def test_working_days_pass_over_rest_days_and_count_make_up_workdays(start: date, amount: int, last_day: date) -> None:
    assert count_forward(start, amount=amount, unit=Unit.WORKDAY).last_day == last_day


def test_each_counted_working_day_is_one_step_and_each_rest_day_says_why() -> None:
    steps = count_forward(date(2026, 2, 13), amount=2, unit=Unit.WORKDAY).steps
    assert [(step.day.day, step.code) for step in steps] == [
        (13, "start"),
        (14, "counted"),
        *[(day, "skipped") for day in range(15, 24)],
        (24, "counted"),
    ]
    assert steps[1].reason == "第1个工作日（调休上班）"


def test_days_beyond_the_last_notice_are_named_as_provisional() -> None:
    count = count_forward(date(2026, 12, 31), amount=1, unit=Unit.WORKDAY)
    assert count.last_day == date(2027, 1, 4)
    assert count.provisional_days == (date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), date(2027, 1, 4))


def test_a_count_beyond_every_table_is_refused() -> None:
    with pytest.raises(LawNotCovered) as refused:
        count_forward(date(2040, 12, 31), amount=1, unit=Unit.WORKDAY)
    assert refused.value.refusal.code == "LAW_CALENDAR_NOT_COVERED"


def test_a_notice_counts_the_days_between_it_and_the_effect() -> None:
    assert latest_notice(date(2026, 12, 1), days=7).last_day == date(2026, 11, 24)


def test_every_year_is_the_calendar_year() -> None:
    assert calendar_year(date(2026, 2, 28)) == (date(2026, 1, 1), date(2027, 1, 1))


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("birth_date", "adult"),
    [
        (date(2008, 11, 24), date(2026, 11, 25)),
        (date(2008, 2, 29), date(2026, 3, 1)),
        (date(2008, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_person_is_adult_from_the_day_after_the_birthday(birth_date: date, adult: date) -> None:
    assert adult_from(birth_date, years=18) == adult


def test_inclusive_words_include_the_number_and_exclusive_ones_do_not() -> None:
    assert reaches(18, limit=18, inclusive=True)
    assert not reaches(18, limit=18, inclusive=False)
    assert reaches(19, limit=18, inclusive=False)


def _due(last_day: date, provisional: bool) -> Due:
    days = (last_day,) if provisional else ()
    return Due(
        last_day=last_day,
        ends_on=last_day + _DAY,
        steps=(),
        cites=("HOL/2",),
        standing=Standing.BINDING,
        provisional_days=days,
    )


@pytest.mark.parametrize(
    ("binds_person", "announced", "settled"),
    [(True, 8, 8), (True, 4, 5), (False, 8, 5), (False, 4, 4)],
)
def test_a_recount_after_the_notice_is_never_to_the_persons_loss(
    binds_person: bool, announced: int, settled: int
) -> None:
    chosen = settle(
        _due(date(2027, 1, 5), provisional=True),
        final=_due(date(2027, 1, announced), provisional=False),
        binds_person=binds_person,
    )
    assert chosen.last_day == date(2027, 1, settled)
    assert chosen.provisional_days == ()


@given(
    start=some.dates(date(2005, 1, 1), date(2035, 12, 31)),
    amount=some.integers(1, 60),
    unit=some.sampled_from([Unit.DAY, Unit.WORKDAY, Unit.MONTH]),
)
def test_a_longer_period_never_ends_earlier_and_a_rolled_one_ends_on_a_workday(
    start: date, amount: int, unit: Unit
) -> None:
    count = count_forward(start, amount=amount, unit=unit)
    assert count.last_day > start
    assert count_forward(start, amount=amount + 1, unit=unit).last_day > count.last_day
    rolled = roll_over_rest_days(count)
    assert rolled.last_day >= count.last_day
    assert roll_over_rest_days(rolled).last_day == rolled.last_day


def test_the_same_question_is_counted_once() -> None:
    first = law.due("report.licence", start=date(2026, 11, 2), on=date(2026, 11, 2))
    assert law.due("report.licence", start=date(2026, 11, 2), on=date(2026, 11, 2)) is first

"""The legal day is the day in Beijing, and no moment is without its zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chengxin.kernel.clock import BEIJING, legal_day, now, simulated, start_of

MOMENT = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
WITHOUT_ZONE = MOMENT.replace(tzinfo=None)


def test_the_legal_day_changes_at_midnight_in_beijing() -> None:
    assert legal_day(MOMENT) == date(2026, 11, 25)
    assert legal_day(MOMENT - timedelta(microseconds=1)) == date(2026, 11, 24)
    assert legal_day(datetime(2026, 11, 24, 23, 59, tzinfo=BEIJING)) == date(2026, 11, 24)


def test_the_legal_day_is_the_same_from_every_zone() -> None:
    zones = [timezone(timedelta(hours=hours)) for hours in range(-12, 15)]
    assert {legal_day(MOMENT.astimezone(zone)) for zone in zones} == {date(2026, 11, 25)}


def test_a_legal_day_begins_at_midnight_in_beijing() -> None:
    assert start_of(date(2026, 11, 25)) == MOMENT
    # Beijing kept summer time from 1986 to 1991.
    assert start_of(date(1988, 7, 1)) == datetime(1988, 6, 30, 15, 0, tzinfo=UTC)


@settings(deadline=None)
@given(some.dates(date(1950, 1, 2), date(2199, 12, 31)))
def test_a_legal_day_is_the_half_open_time_from_its_start_to_the_next(day: date) -> None:
    assert legal_day(start_of(day)) == day
    assert legal_day(start_of(day + timedelta(days=1)) - timedelta(microseconds=1)) == day
    assert legal_day(start_of(day) - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        legal_day(WITHOUT_ZONE)
    with pytest.raises(ValueError, match="time zone"), simulated(WITHOUT_ZONE):
        pass
    assert now().tzinfo is UTC


def test_the_present_moment_is_simulated_inside_the_block_only() -> None:
    before = now()
    with simulated(MOMENT):
        assert now() == MOMENT
        with simulated(MOMENT + timedelta(days=1)):
            assert now() == MOMENT + timedelta(days=1)
        assert now() == MOMENT
    assert before <= now() != MOMENT


def test_the_present_moment_returns_when_the_block_fails() -> None:
    with pytest.raises(RuntimeError, match="inside"), simulated(MOMENT):
        raise RuntimeError("inside")
    assert now() != MOMENT


def test_a_simulated_moment_is_answered_in_utc_too() -> None:
    with simulated(MOMENT.astimezone(BEIJING)):
        assert (now(), now().tzinfo) == (MOMENT, UTC)

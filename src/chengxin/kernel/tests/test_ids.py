"""Identifiers are UUIDv7 (RFC 9562): their moment can be read, and those of one call ascend."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import RFC_4122, UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from chengxin.kernel.ids import least_id, new_id, new_id_bytes, new_ids

MOMENT = datetime(2026, 11, 24, 8, 30, 15, 129_999, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_moments = some.timedeltas(timedelta(0), timedelta(days=365 * 8000)).map(lambda since: EPOCH + since)


def _milliseconds(identifier: UUID) -> int:
    return identifier.int >> 80


@settings(deadline=None)
@given(_moments)
def test_an_id_carries_the_millisecond_of_its_moment_rounded_down(moment: datetime) -> None:
    assert _milliseconds(new_id(moment)) == (moment - EPOCH) // timedelta(milliseconds=1)


def test_an_id_carries_a_whole_millisecond_unchanged() -> None:
    whole = [MOMENT.replace(microsecond=1000 * millisecond) for millisecond in range(1000)]
    assert [_milliseconds(new_id(moment)) % 1000 for moment in whole] == list(range(1000))


def test_the_least_id_of_a_moment_parts_what_was_earlier_from_the_rest() -> None:
    earlier = new_id(MOMENT - timedelta(milliseconds=1))
    assert earlier < least_id(MOMENT) <= new_id(MOMENT)


def test_an_id_of_no_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        new_id(datetime(2026, 11, 24))  # noqa: DTZ001 - the case


def test_an_id_is_of_the_same_moment_wherever_its_clock_stands() -> None:
    beijing = MOMENT.astimezone(timezone(timedelta(hours=8)))
    assert _milliseconds(new_id(beijing)) == _milliseconds(new_id(MOMENT))


@settings(deadline=None)
@given(some.integers(0, 300))
def test_every_id_is_a_uuid_of_version_7(count: int) -> None:
    made = new_ids(MOMENT, count)
    assert len(made) == count
    assert {(identifier.version, identifier.variant) for identifier in made} <= {(7, RFC_4122)}


def test_the_ids_of_one_call_ascend_and_are_unique_over_every_carry_of_the_counter() -> None:
    # The counter is spread over five bytes and carries into the first of them once in 2^20 numbers.
    count = (1 << 20) + 1
    raw = new_id_bytes(MOMENT, count)
    assert raw.shape == (count, 16)
    assert raw.dtype == np.uint8
    words = raw.view(">u8").astype(np.uint64)
    upper, lower = words[:, 0], words[:, 1]
    ascends = (upper[1:] > upper[:-1]) | ((upper[1:] == upper[:-1]) & (lower[1:] > lower[:-1]))
    assert ascends.all()
    assert set((upper >> np.uint64(16)).tolist()) == {(MOMENT - EPOCH) // timedelta(milliseconds=1)}
    assert set(((upper >> np.uint64(12)) & np.uint64(0xF)).tolist()) == {7}
    assert set((lower >> np.uint64(62)).tolist()) == {2}


def test_the_ids_of_many_calls_of_one_millisecond_ascend_as_they_were_made() -> None:
    made = [new_id(MOMENT + timedelta(microseconds=place % 800 - 999)) for place in range(1000)]
    made += new_ids(MOMENT, 3) + new_ids(MOMENT, 0) + [new_id(MOMENT)]
    assert made == sorted(set(made))


def test_the_counter_of_a_new_millisecond_begins_anywhere() -> None:
    firsts = {new_id(MOMENT + timedelta(milliseconds=place)).int >> 42 & 0xFFFFF for place in range(8)}
    assert len(firsts) > 1


def test_an_id_of_a_later_millisecond_sorts_later() -> None:
    later = MOMENT + timedelta(milliseconds=1)
    assert max(new_ids(MOMENT, 1000)) < min(new_ids(later, 1000))

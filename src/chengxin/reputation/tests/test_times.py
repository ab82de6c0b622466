"""Moments are read as they are written, and what could be two things is not guessed."""

import polars as pl
import pytest

from chengxin.reputation.times import seconds

TEN = 1_767_578_400.0  # 5 January 2026, 02:00 in UTC.
MIDNIGHT = 1_767_571_200.0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["2026-01-05T10:00:00+08:00", "2026-01-05T02:00:00Z", "2026-01-05 10:00:00.5+0800"], [TEN, TEN, TEN + 0.5]),
        (["2026-01-05T02:00", "yesterday", None], [TEN, None, None]),
        (["2026-01-05", "2026/01/05", "2026年01月05日"], [MIDNIGHT, MIDNIGHT, MIDNIGHT]),
        (["20260105", None, "20260105"], [MIDNIGHT, None, MIDNIGHT]),
        ([20260105, 20260106], [MIDNIGHT, MIDNIGHT + 86_400]),
        ([20260105, 20260230], [20260105.0, 20260230.0]),  # No such day: seconds since 1970, then.
        ([20260105, 30], [20260105.0, 30.0]),
        ([int(TEN), int(TEN) * 1000, int(TEN) * 1_000_000], [TEN, TEN, TEN]),
    ],
)
def test_a_moment_is_read_as_it_is_written(written: list[object], meant: list[float | None]):
    assert seconds(pl.Series("time", written)).to_list() == meant

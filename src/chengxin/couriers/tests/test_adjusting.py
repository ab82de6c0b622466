"""Figures by lane, worked out by hand: fair to who runs the slow lanes, careful with few, silent below the floor."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import polars as pl
import pytest

from chengxin.couriers.adjusting import Z_80, Adjusted, adjusted
from chengxin.couriers.contracts import Outcome, Status
from chengxin.couriers.rules import checks_of, outcome_of
from chengxin.couriers.standards import classes, regulator, standards, uses

KNOWN = standards()
ON_TIME = KNOWN.measures["on_time"]
PLAIN, HILLS = ("3901", "3902"), ("3901", "3903")


def cell(courier: str, lane: tuple[str, str], known: int, on_time: int, **more: int) -> dict[str, Any]:
    return {
        "courier": courier,
        "from_city": lane[0],
        "to_city": lane[1],
        "due_known": known,
        "on_time": on_time,
        **more,
    }


def of(*cells: dict[str, Any]) -> dict[str, Adjusted]:
    return {one.courier: one for one in adjusted(pl.DataFrame(list(cells)), ON_TIME, KNOWN)}


@pytest.mark.clause("E2.4a")
def test_who_runs_the_slow_lanes_is_compared_with_others_on_those_lanes() -> None:
    # On each lane both are alike; the second runs the hills, so its raw share is far lower and its figure is not.
    found = of(
        cell("plain", PLAIN, 900, 810),
        cell("hills", PLAIN, 100, 90),
        cell("plain", HILLS, 100, 50),
        cell("hills", HILLS, 900, 450),
    )
    assert (found["plain"].value, found["hills"].value) == (0.86, 0.54)
    assert found["plain"].figure == pytest.approx(0.7)
    assert found["hills"].figure == pytest.approx(0.7)
    assert (found["plain"].mean, found["hills"].mean) == (pytest.approx(0.86), pytest.approx(0.54))
    assert {one.status for one in found.values()} == {Status.COMPARED}


@pytest.mark.clause("E2.4a")
def test_the_formula_is_the_published_one_and_few_parcels_stay_near_the_mean() -> None:
    found = of(cell("good", PLAIN, 100, 100), cell("usual", PLAIN, 900, 800))
    mean, expected = 0.9, 90.0
    assert found["good"].figure == pytest.approx(mean + (100 - expected) / (100 + KNOWN.weight))
    near = (900 + 1) / (1000 + 2)
    half = Z_80 * sqrt(near * (1 - near) / (100 + KNOWN.weight))
    assert found["good"].low == pytest.approx(mean + 10 / 150 - half)
    assert found["good"].high == pytest.approx(mean + 10 / 150 + half)
    assert found["good"].compared == 100
    # What one gains over the expected, the others lose.
    gained = [(one.figure - mean) * (one.compared + KNOWN.weight) for one in found.values() if one.figure is not None]
    assert sum(gained) == pytest.approx(0.0)
    (lane,) = found["good"].lanes
    assert (lane.from_city, lane.to_city, lane.parcels, lane.value, lane.together) == (*PLAIN, 100, 1.0, 0.9)


@pytest.mark.clause("E2.4a")
def test_below_the_floor_there_is_no_number_and_alone_on_a_lane_nothing_is_compared() -> None:
    found = of(cell("few", PLAIN, 99, 99), cell("usual", PLAIN, 900, 800), cell("alone", ("", ""), 400, 300))
    few, alone = found["few"], found["alone"]
    assert (few.status, few.value, few.figure, few.low, few.high) == (Status.INSUFFICIENT, None, None, None, None)
    assert (alone.status, alone.figure, alone.value, alone.mean, alone.compared) == (Status.ALONE, 0.75, 0.75, None, 0)
    assert alone.low is not None
    assert alone.high is not None
    assert 0.7 < alone.low < 0.75 < alone.high < 0.8
    none_amiss = of(cell("one", PLAIN, 200, 0), cell("other", PLAIN, 200, 0))["one"]
    assert none_amiss.low == none_amiss.figure == 0.0
    assert none_amiss.high is not None
    assert none_amiss.high > 0
    all_well = of(cell("alone", ("", ""), 400, 400))["alone"]
    assert all_well.low is not None
    assert all_well.low < 1.0 == all_well.high


def test_days_are_compared_as_shares_are_in_their_own_unit() -> None:
    day = 86_400
    rows = [
        {"courier": "quick", "transit_known": 100, "transit_seconds": 100 * day, "transit_squares": 100 * day * day},
        {"courier": "slow", "transit_known": 100, "transit_seconds": 300 * day, "transit_squares": 900 * day * day},
    ]
    cells = pl.DataFrame([{**row, "from_city": "3901", "to_city": "3902"} for row in rows])
    quick, slow = adjusted(cells, KNOWN.measures["days"], KNOWN)
    assert (quick.value, slow.value, quick.mean) == (1.0, 3.0, 2.0)
    assert (quick.figure, slow.figure) == (pytest.approx(2 - 100 / 150), pytest.approx(2 + 100 / 150))
    heavy = adjusted(cells, KNOWN.measures["days"], replace(KNOWN, weight=10**9))
    assert [one.figure for one in heavy] == [pytest.approx(2.0, abs=1e-6)] * 2


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("未发现问题", Outcome.CLEAN),
        ("合格", Outcome.CLEAN),
        ("不合格", Outcome.FOUND),
        ("发现问题已责令改正", Outcome.FOUND),
        ("未发现问题，另有一项不合格", Outcome.FOUND),
        ("未发现开展本次抽查涉及的经营活动", Outcome.UNSAID),
    ],
)
def test_an_inspection_counts_for_what_its_words_say_and_unknown_is_not_failed(words: str, outcome: Outcome) -> None:
    assert outcome_of(words) is outcome


def test_few_inspections_give_counts_and_no_share() -> None:
    few = checks_of([Outcome.FOUND] * 3 + [Outcome.CLEAN] * (regulator().floor - 4) + [Outcome.UNSAID] * 5)
    assert (few.found, few.clean, few.unsaid, few.share, few.low) == (3, 6, 5, None, None)
    enough = checks_of([Outcome.FOUND] * 2 + [Outcome.CLEAN] * 8)
    # Wilson's interval of 80 % for two of ten, by hand.
    assert enough.share == 0.2
    assert (enough.low, enough.high) == (pytest.approx(0.086237, abs=1e-6), pytest.approx(0.398404, abs=1e-6))


@pytest.mark.clause("E2.4b")
def test_there_are_six_uses_and_each_asks_only_for_public_determined_items() -> None:
    of_couriers = [code for code, use in uses().items() if use.kind == "courier"]
    assert of_couriers == ["recognition", "project", "honour", "worry_free", "vehicle", "supervision"]
    for use in uses().values():
        assert use.items <= classes()[use.kind].items
        assert set(use.plans) == {"clear", "marked"}

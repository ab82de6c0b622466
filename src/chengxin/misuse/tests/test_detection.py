"""The signs, each at its edge, and the file that declares them."""

from datetime import datetime, timedelta

import polars as pl
import pytest
from benches.misuse import judge
from benches.misuse_world import KINDS, World

from chengxin.misuse.detection import find_alerts, find_hits
from chengxin.misuse.patterns import BadPatterns, patterns, read_patterns

MORNING = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - wall clock, as the frame has it
SHIPPED = patterns()


def looks(*rows: dict) -> pl.DataFrame:
    usual = {
        "clerk": "wu",
        "unit": "SC",
        "at": MORNING,
        "subject": "lin",
        "order": None,
        "purpose": "case",
        "explained": False,
        "false_reference": False,
        "is_self": False,
        "is_conflict": False,
        "is_canary": False,
        "out_of_area": None,
        "persons": 1,
    }
    given = [{"row": place, **usual, **row} for place, row in enumerate(rows)]
    return pl.DataFrame(given, schema_overrides={"order": pl.Int64, "out_of_area": pl.Boolean})


def signs(*rows: dict) -> set[str]:
    return set(find_hits(looks(*rows), chosen=SHIPPED, among=SHIPPED.patterns)["pattern"])


@pytest.mark.parametrize(("persons", "found"), [(50, set()), (51, {"export"})])
def test_redline_16_an_export_of_more_than_fifty_persons_is_a_sign(persons, found):
    assert signs({"persons": persons, "explained": True}) == found


@pytest.mark.parametrize(("times", "found"), [(2, set()), (3, {"repeat"})])
def test_three_unexplained_looks_at_one_person_are_a_sign(times, found):
    assert signs(*({"at": MORNING + timedelta(days=day)} for day in range(times))) == found


def test_explained_looks_at_one_person_are_none():
    assert signs(*({"at": MORNING + timedelta(days=day), "explained": True} for day in range(9))) == set()


@pytest.mark.parametrize(
    ("case", "found"),
    [
        ({}, set()),
        ({"at": MORNING + timedelta(days=32)}, set()),
        ({"at": MORNING + timedelta(days=33)}, {"repeat"}),
        ({"clerk": "colleague"}, {"repeat"}),
        ({"subject": "wang"}, {"repeat"}),
    ],
)
def test_a_forgotten_number_beside_ones_own_case_about_the_person_is_none(case, found):
    """A case of the same clerk about the same person, thirty days near, explains; another's or about another does not.

    With only some of the looks near it, those that are left are too few.
    """
    often = [{"at": MORNING + timedelta(days=day)} for day in range(3)]
    assert signs(*often, {"explained": True, **case}) == found


def test_four_unexplained_lookers_at_one_person_are_a_crowd_and_three_are_not():
    rows = [{"clerk": f"c{place}", "at": MORNING + timedelta(hours=place)} for place in range(4)]
    assert signs(*rows) == {"crowd"}
    assert signs(*rows[:3]) == set()


@pytest.mark.parametrize(("length", "step", "found"), [(8, 1, {"sequence"}), (7, 1, set()), (8, 4, set())])
def test_walking_through_identifiers_is_a_sign(length, step, found):
    walk = [
        {"subject": str(place), "order": place * step, "at": MORNING + timedelta(seconds=place)}
        for place in range(length)
    ]
    assert signs(*walk) == found


def test_night_is_a_sign_only_where_the_unit_does_not_work_at_night():
    day_work = [
        {"clerk": f"c{place % 9}", "subject": str(place), "explained": True, "at": MORNING + timedelta(hours=place % 8)}
        for place in range(900)
    ]
    night = [{"subject": f"n{place}", "at": MORNING + timedelta(hours=14), "explained": True} for place in range(6)]
    assert signs(*day_work, *night) == {"off_hours"}
    shift = [{**row, "at": MORNING + timedelta(hours=14), "subject": f"s{place}"} for place, row in enumerate(day_work)]
    assert signs(*day_work, *shift, *night) == set()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("measure: flag, column: is_canary", "measure: guess, column: is_canary", "no measure"),
        ("over: 50", "above: 50", "wants"),
        ("over: 50", "over: 0", "above zero"),
        ("code: self", "code: canary", "one code"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(old, new, says):
    from chengxin.misuse.patterns import FILE

    with pytest.raises(BadPatterns, match=says):
        read_patterns(FILE.read_text(encoding="utf-8").replace(old, new))


@pytest.mark.clause("P4.1b")
def test_in_an_invented_province_nine_in_ten_abusers_are_found_and_every_touch_of_a_canary():
    world = World(clerks=240, seed=20_260_302)
    alerts = find_alerts(find_hits(world.looks, chosen=SHIPPED, among=SHIPPED.patterns), chosen=SHIPPED)
    found = judge(world, alerts)
    assert found["whole"]["recall"] >= 0.9
    assert found["whole"]["precision"] >= 0.5
    assert found["whole"]["alerts/day/1000 clerks"] <= 3
    assert found["recall"]["canary"] == 1
    assert set(found["recall"]) == set(KINDS)

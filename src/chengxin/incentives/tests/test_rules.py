"""Scenes stand above the normal service; points only add."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from chengxin.incentives.contracts import Benefit, Condition, Deed, Family, Missing, PointRule
from chengxin.incentives.rules import earn, missing_for, why_not_offer
from chengxin.incentives.tables import NotAGoodDeed, hints, point_rules, read_point_rules
from chengxin.incentives.tests.conftest import DAY, draft

GOOD = {"volunteering", "honour"}
RULE = PointRule(item="volunteering", points=5, most=12)


def deed(number: int, dated: date | None, item: str = "volunteering") -> Deed:
    return Deed(record_id=UUID(int=number), item=item, dated=dated)


@pytest.mark.clause("P5.1a")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"gives": "没有荣誉的人不予办证。"}, "INC-LOWERS"),
        ({"normal": "其他人提高押金到三百元。"}, "INC-LOWERS"),
        ({"normal": "照常。"}, "INC-NO-NORMAL"),
        ({"condition": Condition(items=("penalty",))}, "INC-NOT-GOOD"),
        ({"condition": Condition(items=())}, "INC-NOT-GOOD"),
        ({"family": Family.EDUCATION_HEALTH, "benefit": Benefit.PRIORITY}, "INC-QUEUE"),
        ({"ends_on": DAY}, "INC-PERIOD"),
        ({"ends_on": date(2031, 11, 24)}, "INC-PERIOD"),
        ({"starts_on": date(2026, 11, 22)}, "INC-PERIOD"),
    ],
)
def test_a_scene_that_takes_from_others_or_never_ends_is_refused(changes: dict[str, object], code: str | None) -> None:
    refused = why_not_offer(draft(**changes), favourable=GOOD, on=DAY)
    assert (refused.code if refused else None) == code


def test_a_condition_counts_lines_of_its_years_and_says_what_is_missing() -> None:
    condition = Condition(items=("volunteering",), least=2, years=3, points=10)
    old, new = deed(1, date(2023, 11, 22)), deed(2, date(2023, 11, 23))
    assert missing_for(condition, [old, new, deed(3, None)], points=4, on=DAY) == Missing(lines=1, points=6)
    assert missing_for(condition, [new, deed(4, DAY)], points=10, on=DAY) is None
    assert missing_for(condition, [new, deed(5, DAY, "honour")], points=10, on=DAY) == Missing(lines=1)


@pytest.mark.clause("P3.4c")
def test_points_add_up_to_what_a_kind_may_add_and_name_their_lines() -> None:
    deeds = [deed(number, date(2026, number, 1)) for number in (1, 2, 3, 4)]
    assert [(one.record_id.int, one.points) for one in earn(deeds, [RULE])] == [(4, 5), (3, 5), (2, 2)]
    assert earn([deed(1, DAY, "penalty")], [RULE]) == ()


@pytest.mark.clause("P3.4c")
@pytest.mark.parametrize(
    "row",
    [
        "{item: volunteering, points: -5, most: 50}",
        "{item: volunteering, points: 0, most: 5}",
        "{item: penalty, points: 5, most: 5}",
    ],
)
def test_a_rule_that_takes_points_away_or_rests_on_a_bad_deed_cannot_be_read(row: str) -> None:
    with pytest.raises(NotAGoodDeed):
        read_point_rules(f"- {row}\n")


def test_the_shipped_rules_and_hints_rest_on_good_deeds() -> None:
    assert {rule.item: rule.points for rule in point_rules()} == {"volunteering": 5, "bravery": 50, "person_honour": 20}
    assert [row["code"] for row in hints()] == ["fast_track", "lenient_intake", "fewer_inspections"]

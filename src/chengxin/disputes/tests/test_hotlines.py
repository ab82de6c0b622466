"""Sheets of three hotlines: the same call is one complaint with three sources, another caller is never joined."""

from __future__ import annotations

import pytest

from chengxin.disputes import facade
from chengxin.disputes.contracts import Sheet
from chengxin.disputes.tests.conftest import DAY, Town
from chengxin.disputes.tests.test_course import code_of
from chengxin.intake.tests.conftest import NOW


def sheet(hotline: str, number: str, **changed: object) -> Sheet:
    plain = {"platform": "SHOP", "shop": "S-1", "phone": "139 0000 0000", "text": "保温杯漏水。", "at": NOW}
    return Sheet(hotline=hotline, number=number, **{**plain, **changed})  # type: ignore[arg-type]


@pytest.mark.clause("E2.5b")
def test_three_hotlines_with_one_caller_are_one_complaint_with_three_sources(town: Town) -> None:
    filed = facade.file_sheets(
        town.regulator,
        [
            sheet("12345", "A1", at=NOW - 2 * DAY),
            sheet("12315", "B1", phone="13900000000", at=NOW - DAY),
            sheet("12318", "C1", phone="+86 139-0000-0000"),
            sheet("12315", "B1"),
            sheet("12315", "B2", phone="13900000001"),
            sheet("12345", "A2", phone=""),
            sheet("110", "D1"),
            sheet("12345", "A3", shop="S-9"),
            sheet("12345", "A4", at=NOW + DAY),
        ],
        now=NOW,
    )
    first = filed[0].number
    assert [one.number == first for one in filed] == [True] * 4 + [False] * 5
    assert [one.is_new for one in filed] == [True, False, False, False, True, True, False, False, False]
    assert [one.refusal for one in filed[6:]] == ["DSP-SHEET", "DSP-NO-SHOP", "DSP-SHEET"]
    found = {one.number: one for one in facade.list_for(town.clerk)}
    assert len(found) == 3
    assert [one.hotline for one in found[first].sources] == ["12345", "12315", "12318"]
    assert [one.sources for one in facade.list_for(town.merchant)] == [(), (), ()]
    assert code_of(facade.file_sheets, town.merchant, [sheet("12345", "A5")], now=NOW) in {"A-NO-RIGHT", "ABSENT"}

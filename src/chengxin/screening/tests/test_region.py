"""The column `region` stands in for a region the name leaves out; it is said by code or by name, and never blocks."""

import pytest

from chengxin.screening.contracts import Query
from chengxin.screening.tests.test_ladder import screener
from chengxin.screening.words import region_number

LISTED = screener(
    {"id": "E1", "kind": "enterprise", "name": "江苏恒瑞祥医药股份有限公司"},
    {"id": "E2", "kind": "enterprise", "name": "松岚禾木商行", "region": "320100"},
    {"id": "E3", "kind": "enterprise", "name": "青川望舒纺织有限公司"},
)  # fmt: skip


def ask(name, region=""):
    hits = LISTED.answer([Query(id="q", kind="enterprise", name=name, region=region)])[0]
    return [(hit.entry_id, hit.rule, hit.score, hit.tier.value, hit.action.value) for hit in hits]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        *(("32", 320000), ("3201", 320100), (" 320100 ", 320100), ("江苏省", 320000), ("江苏省南京市", 320100)),
        *(("大连", 210200), ("襄阳", 420600), ("三亚", 460200), ("旅大市", 210200), ("重庆永川", 500383)),
        *(("南京", 320100), ("", -1), ("nowhere", -1), ("12345", -1), ("乌有乡", -1)),
    ],
)
def test_a_region_is_said_by_its_code_or_by_its_names(said, number):
    assert region_number(said) == number


@pytest.mark.clause("P5.2d")
def test_a_region_beside_the_name_agrees_like_one_within_it_and_another_ends_the_hit():
    (without,) = ask("恒瑞祥医药股份有限公司")
    (agreeing,) = ask("恒瑞祥医药股份有限公司", "江苏省南京市")
    assert (without[:2], agreeing) == (("E1", "region"), ("E1", "region", 0.94, "strong", "review"))
    assert without[2] < 0.94
    assert ask("恒瑞祥医药股份有限公司", "330000") == []
    assert ask("江苏恒瑞祥医药股份有限公司", "330000")[0][1:3] == ("name_exact", 0.99)  # What the name says goes first.


@pytest.mark.clause("P5.2d")
def test_the_very_same_name_elsewhere_is_looked_at_with_less_weight():
    assert ask("松岚禾木商行", "320000") == [("E2", "name_exact", 0.99, "strong", "review")]
    assert ask("松岚禾木商行", "330100") == [("E2", "name_exact", 0.74, "medium", "review")]
    assert ask("松岚禾木商行")[0][2] == 0.99
    assert ask("青川望舒纺织有限公司", "330100")[0][2] == 0.99  # One side says nothing.


def test_a_region_that_was_renamed_or_renumbered_is_the_one_of_today():
    """Of Sanya's two numbers 441100 was given out until 1988; Dalian and Lüda are one number."""
    listed = screener({"id": "E1", "kind": "enterprise", "name": "三亚禾木望舒纺织有限公司", "region": "460200"})
    asked = [
        Query("1", "enterprise", "禾木望舒纺织有限公司", region="460200"),
        Query("2", "enterprise", "大连禾木望舒纺织有限公司"),
    ]
    assert [[hit.rule for hit in hits] for hits in listed.answer(asked)] == [["region"], []]


def test_a_region_in_brackets_before_the_legal_form_counts_like_one_that_leads_the_name():
    listed = screener(
        {"id": "E1", "kind": "enterprise", "name": "禾木望舒纺织（大连）有限公司"},
        {"id": "E2", "kind": "enterprise", "name": "江苏松岚种业（集团）有限公司"},
    )
    asked = {
        "禾木望舒纺织有限公司": [("E1", "region", 0.88)],
        "大连禾木望舒纺织有限公司": [("E1", "name_exact", 0.99)],
        "禾木望舒纺织(大连)有限公司": [("E1", "name_exact", 0.99)],
        "禾木望舒纺织（沈阳）有限公司": [],
        "hemuwangshufangzhi(dalian)youxiangongsi": [("E1", "pinyin", 0.9)],
        "江苏松岚种业集团有限公司": [("E2", "name_exact", 0.99)],
    }
    for name, found in asked.items():
        hits = listed.answer([Query("q", "enterprise", name)])[0]
        assert [(hit.entry_id, hit.rule, hit.score) for hit in hits] == found, name

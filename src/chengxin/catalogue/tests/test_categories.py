"""Categories of items: a closed list, explained to readers, in the schema and in the difference of versions."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Category, FieldUse
from chengxin.catalogue.differences import differences
from chengxin.catalogue.plain_words import category_words
from chengxin.catalogue.schema import ItemError
from chengxin.catalogue.tests.conftest import NEVER_SEEN
from chengxin.kernel.clock import BEIJING, simulated

TODAY = date(2026, 11, 22)
TAGGED = {
    Category.UTILITY_ARREARS: {"utility_arrears"},
    Category.MARKET: {"financial_activity"},
    Category.CONSENT_ONLY: {"financial_activity", "voluntary_person"},
    Category.GOOD_DEED: {"honour", "person_honour", "volunteering", "bravery", "donation"},
    Category.EVALUATION: {
        *("tax_grade", "customs_grade", "credit_evaluation", "sector_evaluation", "environment_evaluation"),
    },
}


def test_every_item_has_the_categories_its_matter_has():
    items = [item for item in catalogue.list_items(on=TODAY) if not item.group]
    found = {category: {item.code for item in items if category in item.categories} for category in Category}
    assert {category: codes for category, codes in found.items() if codes} == TAGGED


def test_the_parts_of_every_group_are_tagged_by_their_template():
    parts = [item for item in catalogue.list_items(on=TODAY) if item.group]
    assert len(parts) == 128
    for item in parts:
        assert item.categories == ({Category.GOOD_DEED} if item.group_part == "honour" else frozenset())
        sealed = [one.category for one in item.row_categories]
        assert sealed == ([Category.PUBLIC_SECURITY] if item.group_part == "dishonesty" else [])


def test_every_decision_that_states_its_law_may_turn_out_to_be_of_public_security():
    for code in ("penalty", "administrative_enforcement", "false_material", "practice_ban"):
        (one,) = catalogue.get_item(code, on=TODAY).row_categories
        assert (one.category, one.field, one.contains) == (Category.PUBLIC_SECURITY, "legal_basis", "治安管理处罚法")


def test_every_good_deed_lets_its_subject_decline():
    for item in catalogue.list_items(on=TODAY):
        if Category.GOOD_DEED in item.categories:
            assert item.field_for(FieldUse.DECLINED) is not None, item.code


def test_the_list_of_categories_is_closed_and_each_has_a_name_and_a_sentence():
    assert {code.value for code in catalogue.get_code_list("category")} == set(Category)
    assert len({category_words(category) for category in Category}) == len(Category)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("categories: [gossip]", "categories"),
        ("row_categories: [{category: sealed, field: nothing, contains: x}]", "name a field `nothing`"),
        ("row_categories: [{category: sealed, field: register_no, contains: ''}]", "row_categories"),
        ("clocks: {publicity_by_source: {nobody: publicity.none}}", "nobody is no department"),
    ],
)
def test_what_is_no_category_is_refused_by_the_loader(written, said, told):
    with pytest.raises(ItemError, match=told):
        catalogue.load_items(written(NEVER_SEEN + said + "\n"))


def test_a_category_that_wants_consent_wants_a_field_for_it(written):
    text = NEVER_SEEN.replace("subject_kinds: operators", "subject_kinds: persons").replace("operator}", "person}")
    with pytest.raises(ItemError, match="add block `consent`"):
        catalogue.load_items(written(text + "categories: [market]\n"))
    asked = text.replace("  - {block: source_body}", "  - {block: consent}\n  - {block: source_body}")
    (item,) = catalogue.load_items(written(asked + "categories: [market]\n"))
    assert item.categories == {Category.MARKET}


def test_a_new_category_is_a_difference_between_versions(written):
    later = "\n---\ncode: bee_keeping\nversion: 2\neffective_on: 2027-01-01\ncategories: [sealed]\n"
    later += "row_categories: [{category: market, field: register_no, contains: M}]\n"
    later += "clocks: {publicity_by_source: {market: publicity.none}}\n"
    first, second = catalogue.load_items(written(NEVER_SEEN + later))
    assert [(one.what.en, one.before, one.after) for one in differences(first, second)] == [
        ("In force from", "2025-01-01", "2027-01-01"),
        ("Categories", "", "sealed"),
        ("Categories of some rows", "", "market（register_no：M）"),
        ("Period of publicity by source", "", "market: publicity.none"),
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", ("信息类别", "公用事业欠费", "没有依法确认的水电气、通信、物业等欠费不归集。")),
        ("en", ("Utility arrears", "that have not been confirmed by law are not collected")),
    ],
)
def test_the_page_of_an_item_says_what_follows_from_its_category(language, told):
    with simulated(datetime(2026, 11, 22, 9, 0, tzinfo=BEIJING)):
        page = Client().get("/catalogue/utility_arrears", headers={"accept-language": language}).content.decode()
        penalty = Client().get("/catalogue/penalty").content.decode()
        schema = Client().get("/catalogue/utility_arrears/schema.json").json()
    assert [text for text in told if text not in page] == []
    assert "“处罚依据”写有“治安管理处罚法”的：违反治安管理的记录依法封存" in penalty
    assert "公示多久（市场监督管理）" in penalty
    assert schema["x-categories"] == ["utility_arrears"]

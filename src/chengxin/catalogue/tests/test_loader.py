"""Items are read from files, and a mistake is answered with where it is and what to do."""

from __future__ import annotations

from datetime import date

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Disclosure, FieldType
from chengxin.catalogue.differences import differences
from chengxin.catalogue.facade import ItemError, load_items
from chengxin.catalogue.tests.conftest import NEVER_SEEN
from chengxin.kernel.refusal import Refused
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind

TODAY = date(2026, 11, 22)


def problems(folder):
    with pytest.raises(ItemError) as caught:
        load_items(folder)
    return list(caught.value.problems)


def test_an_unknown_word_is_named_with_file_item_and_what_to_do(written):
    assert problems(written(NEVER_SEEN + "colour: red\n")) == [
        "bees.yaml: item `bee_keeping`, `colour`: is not a word of the schema: check its spelling or leave it out."
    ]


def test_an_unknown_word_of_a_field_names_the_field(written):
    assert problems(written(NEVER_SEEN.replace("type: integer", "typ: integer"))) == [
        (
            "bees.yaml: item `bee_keeping`, field `hives`, `typ`: is not a word of the schema: "
            "check its spelling or leave it out."
        )
    ]


def test_a_missing_block_and_an_unknown_department_are_told_together(written):
    text = NEVER_SEEN.replace("block: operator", "block: opperator").replace("[agriculture]", "[bees]")
    found = problems(written(text))
    assert "no block `opperator`; there are adverse_decision, any_subject" in found[0]
    assert found[1].endswith("`sources`: bees is no department of codes.yaml.")


def test_a_text_split_by_a_comma_says_how_to_quote_it(written):
    found = problems(written(NEVER_SEEN.replace("Registered apiaries.", "Apiaries, all of them.")))
    assert found == [
        (
            "bees.yaml: item `bee_keeping`, `summary`: write two texts, [中文, English]; "
            "put a text with a comma or colon in quotes."
        )
    ]


def test_a_heading_that_belongs_to_two_fields_is_refused(written):
    found = problems(written(NEVER_SEEN.replace("title: [蜂箱数量", "headers: [登记编号], title: [蜂箱数量")))
    assert found == [
        (
            "bees.yaml: item `bee_keeping` version 1, heading `登记编号` belongs to `register_no` and `hives`: "
            "keep one. (ITEM_CONTRADICTS)"
        )
    ]


def test_a_file_that_is_not_yaml_is_named(written):
    assert problems(written("code: [", name="broken.yaml"))[0].startswith("broken.yaml: this is not YAML")


def test_a_later_version_keeps_what_it_does_not_change(written):
    later = """
---
code: bee_keeping
version: 2
effective_on: 2026-04-01
drop: [hives]
fields:
  - {name: register_no, title: [登记编号, Register no.], use: document_no, required: true, public: true, max: 40}
  - {name: swarms, title: [蜂群数量, Swarms], type: integer, public: true, use: title}
"""
    first, second = load_items(written(NEVER_SEEN + later))
    names = [field.name for field in second.fields]
    assert names == [*[field.name for field in first.fields if field.name != "hives"], "swarms"]
    assert (first.field("register_no").max_length, second.field("register_no").max_length) == (20, 40)
    assert second.basis == first.basis
    told = [(change.what.zh, change.before, change.after) for change in differences(first, second)]
    assert told == [
        ("生效日期", "2025-01-01", "2026-04-01"),
        ("删去列“蜂箱数量”", "蜂箱数量", ""),
        ("新增列“蜂群数量”", "", "蜂群数量"),
        ("列“登记编号”的最大长度", "20", "40"),
    ]


def test_a_registered_folder_adds_an_item_with_no_code(bees):
    item = catalogue.get_item(bees, on=TODAY)
    assert item.title.zh == "养蜂登记"
    assert item.disclosure == dict.fromkeys(
        OPERATORS, frozenset({Disclosure.PUBLIC, Disclosure.SHARED, Disclosure.SELF})
    )
    assert bees in catalogue.list_item_codes()


def test_an_item_is_not_in_the_catalogue_before_its_first_day(bees):
    assert catalogue.find_item(bees, on=date(2024, 12, 31)) is None
    assert catalogue.find_item(bees, on=date(2025, 1, 1)).version == 1
    with pytest.raises(Refused) as caught:
        catalogue.get_item(bees, on=date(2024, 12, 31))
    assert caught.value.refusal.code == "NOT_IN_CATALOGUE"


def test_a_folder_with_a_mistake_is_not_registered(written):
    folder = written(NEVER_SEEN + "colour: red\n")
    with pytest.raises(ItemError):
        catalogue.register_folder(folder)
    assert catalogue.find_item("bee_keeping", on=TODAY) is None


def test_a_second_folder_cannot_replace_a_shipped_item(written):
    folder = written(NEVER_SEEN.replace("code: bee_keeping", "code: penalty"))
    with pytest.raises(ItemError, match="`penalty` version 1 is declared already"):
        catalogue.register_folder(folder)
    assert catalogue.get_item("penalty", on=TODAY).title.zh == "行政处罚"


@pytest.mark.clause("P3.3b")
def test_money_in_ten_thousands_is_read_as_such():
    penalty = catalogue.get_item("penalty", on=TODAY)
    assert penalty.field("fine").type == FieldType.MONEY
    assert penalty.field("fine").scale == 1_000_000
    assert catalogue.get_item("utility_arrears", on=TODAY).field("amount").scale == 100


def test_a_person_in_the_two_publicity_items_is_never_public():
    for code in ("penalty", "licence"):
        item = catalogue.get_item(code, on=TODAY)
        assert item.disclosure[SubjectKind.NATURAL_PERSON] == {
            Disclosure.AUTHORISED,
            Disclosure.SHARED,
            Disclosure.SELF,
        }

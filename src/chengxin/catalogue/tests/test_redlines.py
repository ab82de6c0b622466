"""What the catalogue refuses to declare, whatever anybody writes."""

from __future__ import annotations

from datetime import date

import pytest

from chengxin.catalogue.contracts import Disclosure, FieldType, FieldUse
from chengxin.catalogue.facade import ItemError, get_item, item_history, list_item_codes, load_items
from chengxin.catalogue.tests.conftest import NEVER_SEEN
from chengxin.kernel.subject_kind import SubjectKind

LAST = "  - {block: source_body}\n"
PERSONS = NEVER_SEEN.replace("subject_kinds: operators", "subject_kinds: persons").replace(
    "{block: operator}", "{block: person}"
)


def refused(written, text, *, code):
    with pytest.raises(ItemError) as caught:
        load_items(written(text))
    assert any(f"({code}" in problem for problem in caught.value.problems), caught.value.problems
    return caught.value.problems


def with_field(text, field):
    return text.replace(LAST, LAST + f"  - {field}\n")


@pytest.mark.clause("P3.2b")
@pytest.mark.parametrize("group", ["G01", "G21"])
def test_no_installation_gives_civil_servants_or_motorists_a_performance_part(written, group):
    of = "group: {}\ngroup_part: {}\n"
    load_items(written(PERSONS + of.format(group, "honour")))
    refused(written, PERSONS + of.format(group, "performance"), code="GROUP_PART")
    refused(written, PERSONS + of.format("G27", "basic"), code="GROUP_PART")
    load_items(written(PERSONS + of.format("G04", "performance")))


@pytest.mark.parametrize("part", ["basis: [ZJ/10]", "sources: [agriculture]"])
def test_redline_01_an_item_without_basis_or_source_is_refused(written, part):
    with pytest.raises(ItemError, match="is missing: add it"):
        load_items(written(NEVER_SEEN.replace(part + "\n", "")))


@pytest.mark.parametrize("clock", ["publicity", "query", "use", "retention"])
def test_redline_01_an_item_without_one_of_its_four_clocks_is_refused(written, clock):
    refused(written, NEVER_SEEN + f"clocks: {{{clock}: ''}}\n", code="ITEM_INCOMPLETE")


def test_redline_01_an_item_whose_clocks_have_no_first_day_is_refused(written):
    refused(written, NEVER_SEEN.replace("use: determined_on, ", ""), code="ITEM_INCOMPLETE")


@pytest.mark.parametrize(
    "field",
    [
        "{name: faith, title: [宗教信仰, Faith]}",
        "{name: remark_2, title: [基因检测结果, Result]}",
        "{name: blood_type, title: [其他, Other]}",
        "{name: other, title: [其他, Other], headers: [病史]}",
        "{name: finger_print, title: [特征, Mark]}",
        "{name: medical_history, title: [经历, Past]}",
        "{name: party, title: [政治面貌, Politics]}",
    ],
)
@pytest.mark.parametrize("text", [NEVER_SEEN, PERSONS], ids=["operators", "persons"])
def test_redline_02_a_forbidden_field_cannot_be_declared(written, text, field):
    refused(written, with_field(text, field), code="FORBIDDEN_FIELD")


def test_redline_02_no_consent_allows_a_forbidden_field(written):
    text = with_field(with_field(PERSONS, "{block: consent}"), "{name: disease, title: [疾病, Disease]}")
    refused(written, text, code="FORBIDDEN_FIELD")


@pytest.mark.parametrize("said", ["年收入", "银行存款", "有价证券", "商业保险", "不动产", "纳税额", "纳税数额"])
def test_redline_03_property_of_a_person_needs_a_consent_number(written, said):
    field = f"{{name: amount, title: [{said}, Amount], type: money, personal: true}}"
    refused(written, with_field(PERSONS, field), code="CONSENT_NEEDED")


def test_redline_03_with_a_required_consent_number_it_may_be_declared(written):
    field = "{name: amount, title: [年收入, Income], type: money, personal: true}"
    folder = written(with_field(with_field(PERSONS, "{block: consent}"), field))
    assert load_items(folder)[0].field_for(FieldUse.CONSENT_NO).required


def test_redline_03_an_optional_consent_number_is_not_enough(written):
    consent = "{name: consent_no, title: [同意书编号, Consent], use: consent_no, personal: true}"
    field = "{name: amount, title: [年收入, Income], type: money, personal: true}"
    refused(written, with_field(with_field(PERSONS, consent), field), code="CONSENT_NEEDED")


@pytest.mark.parametrize("said", ["配偶姓名", "父母单位", "子女学校", "家庭成员", "紧急联系人"])
def test_redline_10_no_field_about_relatives_can_be_declared(written, said):
    refused(written, with_field(PERSONS, f"{{name: other, title: [{said}, Other]}}"), code="KIN_FIELD")


@pytest.mark.parametrize("said", ["信用分", "诚信积分", "综合评分"])
def test_redline_10_a_person_cannot_be_scored(written, said):
    refused(written, with_field(PERSONS, f"{{name: other, title: [{said}, Other]}}"), code="PERSON_SCORE_FIELD")


@pytest.mark.parametrize("said", ["聊天记录", "通讯录", "行踪轨迹", "浏览记录"])
def test_redline_05_private_talk_and_tracks_cannot_be_declared(written, said):
    refused(written, with_field(NEVER_SEEN, f"{{name: other, title: [{said}, Other]}}"), code="PRIVATE_TALK_FIELD")


@pytest.mark.clause("P4.2a")
def test_redline_15_persons_are_not_public_without_a_binding_key_of_law(written):
    refused(written, PERSONS + "disclosure: {persons: [public, self]}\n", code="PERSON_PUBLIC")


@pytest.mark.parametrize(
    "key",
    ["publicity.person_invented", "publicity.person_judgment_debtor", "publicity.none", "withdrawal.outer"],
    ids=["unknown", "provisional", "binding but no order to name", "of another matter"],
)
def test_redline_15_only_a_binding_order_to_name_persons_opens_an_item(written, key):
    text = PERSONS + f"disclosure: {{persons: [public, self]}}\nperson_publicity_key: {key}\n"
    refused(written, text, code="PERSON_PUBLIC")


def test_redline_15_a_personal_field_is_never_public(written):
    text = with_field(NEVER_SEEN, "{name: keeper, title: [养蜂人, Keeper], personal: true, public: true}")
    refused(written, text, code="PERSONAL_PUBLIC")


def test_redline_15_an_identity_number_is_always_personal(written):
    refused(written, with_field(NEVER_SEEN, "{name: keeper, title: [证件号, ID], type: id_no}"), code="ID_NOT_PERSONAL")


@pytest.mark.parametrize("said", ["联系电话", "住址", "照片"])
def test_redline_15_contact_data_is_sealed(written, said):
    field = f"{{name: other, title: [{said}, Other], public: true}}"
    refused(written, with_field(NEVER_SEEN, field), code="CONTACT_NOT_SEALED")


def test_redline_15_no_shipped_item_publishes_a_person_or_a_personal_field():
    for code in list_item_codes():
        for item in item_history(code):
            assert Disclosure.PUBLIC not in item.disclosure.get(SubjectKind.NATURAL_PERSON, ()), code
            assert not [field.name for field in item.fields if field.public and field.personal], code
            assert all(field.personal for field in item.fields if field.type == FieldType.ID_NO), code


def test_criminal_records_of_persons_have_no_item():
    assert get_item("criminal_judgment", on=date(2026, 1, 1)).subject_kinds.isdisjoint({SubjectKind.NATURAL_PERSON})

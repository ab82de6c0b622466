"""What the shipped catalogue holds."""

from __future__ import annotations

from datetime import date

import pytest

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Disclosure, FieldUse
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law

TODAY = date(2026, 11, 22)
OFFICIAL_PENALTY = [
    "CF_XDR_MC",
    "CF_XDR_LB",
    "CF_XDR_SHXYM",
    "CF_XDR_GSZC",
    "CF_XDR_ZZJG",
    "CF_XDR_SWDJ",
    "CF_XDR_SYDW",
    "CF_XDR_SHZZ",
    "CF_FRDB",
    "CF_FR_ZJLX",
    "CF_FR_ZJHM",
    "CF_XDR_ZJLX",
    "CF_XDR_ZJHM",
    "CF_WSH",
    "CF_WFXW",
    "CF_SY",
    "CF_YJ",
    "CF_CFLB",
    "CF_NR",
    "CF_NR_FK",
    "CF_NR_WFFF",
    "CF_NR_ZKDX",
    "CF_JDRQ",
    "CF_YXQ",
    "CF_GSJZQ",
    "CF_CFJG",
    "CF_CFJGDM",
    "CF_SJLY",
    "CF_SJLYDM",
    "CF_BZ",
]
OLD_PENALTY = [
    "CF_WSH",
    "CF_CFMC",
    "CF_CFLB1",
    "CF_CFLB2",
    "CF_SY",
    "CF_YJ",
    "CF_XDR_MC",
    "CF_XDR_SHXYM",
    "CF_XDR_ZDM",
    "CF_XDR_GSDJ",
    "CF_XDR_SWDJ",
    "CF_XDR_SFZ",
    "CF_FR",
    "CF_JG",
    "CF_JDRQ",
    "CF_SXQ",
    "CF_JZQ",
    "CF_XZJG",
    "CF_ZT",
    "DFBM",
    "SJC",
    "BZ",
    "CF_SYFW",
]
OFFICIAL_LICENCE = [
    "XK_XDR_MC",
    "XK_XDR_LB",
    "XK_XDR_SHXYM",
    "XK_XDR_GSZC",
    "XK_XDR_ZZJG",
    "XK_XDR_SWDJ",
    "XK_XDR_SYDW",
    "XK_XDR_SHZZ",
    "XK_FRDB",
    "XK_FR_ZJLX",
    "XK_FR_ZJHM",
    "XK_XDR_ZJLX",
    "XK_XDR_ZJHM",
    "XK_XKWS",
    "XK_WSH",
    "XK_XKLB",
    "XK_XKZS",
    "XK_XKBH",
    "XK_NR",
    "XK_JDRQ",
    "XK_YXQZ",
    "XK_YXQZI",
    "XK_XKJG",
    "XK_XKJGDM",
    "XK_ZT",
    "XK_LYDW",
    "XK_LYDWDM",
    "XK_BZ",
]
OLD_LICENCE = [
    "XK_WSH",
    "XK_XMMC",
    "XK_SPLB",
    "XK_NR",
    "XK_XDR",
    "XK_XDR_SHXYM",
    "XK_XDR_ZDM",
    "XK_XDR_GSDJ",
    "XK_XDR_SWDJ",
    "XK_XDR_SFZ",
    "XK_FR",
    "XK_JDRQ",
    "XK_JZQ",
    "XK_XZJG",
    "XK_ZT",
    "DFBM",
    "SJC",
    "BZ",
]


def known_headings(code):
    item = catalogue.get_item(code, on=TODAY)
    return {heading for field in item.fields for heading in field.headers} | item.ignored_headers


@pytest.mark.clause("P3.3b")
def test_every_item_passes_the_check():
    assert catalogue.check_items() == ()


@pytest.mark.clause("P3.3b")
@pytest.mark.parametrize(
    ("code", "headings"),
    [
        ("penalty", OFFICIAL_PENALTY),
        ("penalty", OLD_PENALTY),
        ("licence", OFFICIAL_LICENCE),
        ("licence", OLD_LICENCE),
    ],
    ids=["penalty", "old penalty", "licence", "old licence"],
)
def test_the_two_publicity_items_know_every_official_heading(code, headings):
    assert set(headings) - known_headings(code) == set()


def test_the_official_code_stands_first():
    penalty = catalogue.get_item("penalty", on=TODAY)
    assert [field.headers[0] for field in penalty.fields[:30]] == OFFICIAL_PENALTY


def test_all_13_national_classes_have_an_item_beside_the_groups():
    items = [item for item in catalogue.list_items(on=TODAY) if not item.group]
    assert {item.national_class for item in items} == set(range(1, 14))
    assert len(items) == 70


@pytest.mark.clause("P3.3b")
@pytest.mark.parametrize(
    "code",
    [
        "professional_qualification",
        "person_honour",
        "utility_arrears",
        "financial_activity",
        "licence",
        "penalty",
        "commitment",
        "commitment_fulfilment",
    ],
)
def test_the_personal_items_of_the_clause_exist_and_keep_persons_private(code):
    item = catalogue.get_item(code, on=TODAY)
    assert SubjectKind.NATURAL_PERSON in item.subject_kinds
    assert Disclosure.PUBLIC not in item.disclosure[SubjectKind.NATURAL_PERSON]


@pytest.mark.clause("P3.3b")
def test_utility_arrears_pass_four_gates():
    item = catalogue.get_item("utility_arrears", on=TODAY)
    assert [(gate.field, gate.equals, gate.at_least) for gate in item.gates] == [
        ("amount", "", "catalogue.utility_arrears_floor"),
        ("undisputed", "true", ""),
        ("hardship_excluded", "true", ""),
    ]
    assert [(order.earlier, order.later) for order in item.orders] == [
        ("due_on", "notified_on"),
        ("notified_on", "dispute_ended_on"),
        ("dispute_ended_on", "determined_on"),
    ]
    assert item.field("notified_on").required
    assert law.value("catalogue.utility_arrears_floor", on=TODAY).number == 50_000


@pytest.mark.clause("P3.3b")
def test_financial_activity_rests_on_a_written_consent_only():
    item = catalogue.get_item("financial_activity", on=TODAY)
    assert item.field_for(FieldUse.CONSENT_NO).required
    assert item.disclosure == {SubjectKind.NATURAL_PERSON: frozenset({Disclosure.AUTHORISED, Disclosure.SELF})}


@pytest.mark.clause("E3.1a")
def test_service_providers_have_a_searchable_type():
    provider = catalogue.get_item("service_provider", on=TODAY)
    assert [code.label.zh for code in provider.field("provider_type").codes] == ["运营", "物流", "咨询", "征信"]
    assert provider.field("provider_type").public


@pytest.mark.clause("P3.2a")
def test_all_26_groups_are_seeded_with_a_field_and_a_department():
    groups = catalogue.list_groups()
    assert [group.code for group in groups] == [f"G{number:02}" for number in range(1, 27)]
    fields = {code.value for code in catalogue.get_code_list("credit_field")}
    assert len(fields) == 23
    departments = {department.code for department in catalogue.list_departments()}
    for group in groups:
        assert group.fields, group.code
        assert set(group.fields) <= fields, group.code
        assert group.departments, group.code
        assert set(group.departments) <= departments - {"any"}, group.code


@pytest.mark.clause("P3.2b")
def test_each_group_has_its_five_parts():
    lawyers = catalogue.get_group("G04")
    assert lawyers.item_codes == (
        "group.G04.basic",
        "group.G04.qualification",
        "group.G04.performance",
        "group.G04.honour",
        "group.G04.dishonesty",
    )
    for code in lawyers.item_codes:
        item = catalogue.get_item(code, on=TODAY)
        assert (item.group, item.sources) == ("G04", frozenset({"justice"}))
    assert len([item for item in catalogue.list_items(on=TODAY) if item.group]) == 26 * 5 - 2


@pytest.mark.clause("P3.2b")
@pytest.mark.parametrize("code", ["G01", "G21"])
def test_motorists_and_civil_servants_have_no_performance_data(code):
    assert catalogue.get_group(code).parts == ("basic", "qualification", "honour", "dishonesty")
    assert catalogue.find_item(f"group.{code}.performance", on=TODAY) is None


@pytest.mark.clause("P3.2b")
def test_the_negative_part_demands_a_decision_an_adverse_effect_and_remedies_ended():
    for group in catalogue.list_groups():
        item = catalogue.get_item(f"group.{group.code}.dishonesty", on=TODAY)
        for name in ("decision_no", "determined_on", "legal_basis", "adverse_effect_basis", "remedy_ended_on"):
            assert item.field(name).required, (item.code, name)


def test_honours_of_persons_need_consent():
    for group in catalogue.list_groups():
        assert catalogue.get_item(f"group.{group.code}.honour", on=TODAY).field_for(FieldUse.CONSENT_NO).required
    for code in ("person_honour", "volunteering", "bravery"):
        assert catalogue.get_item(code, on=TODAY).field_for(FieldUse.CONSENT_NO).required

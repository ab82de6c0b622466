"""What follows from which agreement: only identifiers propose a block, and another's identifier ends everything."""

import polars as pl
import pytest

from chengxin.kernel.identifiers import check_id_no, check_uscc
from chengxin.screening.contracts import COLUMNS, Action, Query, Tier
from chengxin.screening.facade import Screener, build, check_rows

ID = "390101198002034210"
OTHER_ID = "390101197512120018"
USCC = "91390100MA00000013"


def with_check_digit(number, check):
    signs = "0123456789X" if check is check_id_no else "0123456789ABCDEFGHJKLMNPQRTUWXY"
    return next(number[:17] + sign for sign in signs if not check(number[:17] + sign))


ID, OTHER_ID = with_check_digit(ID, check_id_no), with_check_digit(OTHER_ID, check_id_no)
USCC, OTHER_USCC = with_check_digit(USCC, check_uscc), with_check_digit("91390100MA00000021", check_uscc)


def screener(*entries):
    rows = [Query(**entry) for entry in entries]
    return Screener(build(check_rows(pl.DataFrame(rows, schema=list(COLUMNS), orient="row")).frame))


LISTED = screener(
    {"id": "P1", "kind": "person", "name": "张伟", "id_no": ID, "birth_date": "1980-02-03"},
    {"id": "P2", "kind": "person", "name": "黄锦辉"},
    {"id": "P3", "kind": "person", "name": "Abdul Karim TURABI", "birth_date": "1965-04-02"},
    {"id": "E1", "kind": "enterprise", "name": "云汀金固股份有限公司", "uscc": USCC},
    {"id": "E2", "kind": "enterprise", "name": "江苏恒瑞祥医药股份有限公司", "alias": "江苏老字号药厂|恒瑞祥"},
    {"id": "E3", "kind": "enterprise", "name": "上海浦东开源银行股份有限公司"},
    {"id": "E4", "kind": "enterprise", "name": "博创科技股份有限公司"},
)  # fmt: skip


def ask(kind, name="", **cells):
    return LISTED.answer([Query(id="q", kind=kind, name=name, **cells)])[0]


def said(hits):
    return [(hit.entry_id, hit.tier.value, hit.action.value, hit.rule) for hit in hits]


@pytest.mark.parametrize("written", [ID, f" {ID[:6]} {ID[6:]} ", ID.translate({48 + k: 0xFF10 + k for k in range(10)})])
def test_the_same_number_proposes_a_block_however_it_is_written(written):
    assert said(ask("person", "别的名字", id_no=written)) == [
        ("P1", "identifier", "block_proposed", "identifier_id_no")
    ]


def test_a_homonym_with_another_valid_number_is_not_hit_at_all():
    assert ask("person", "张伟", id_no=OTHER_ID, birth_date="1980-02-03") == []


def test_a_thousand_homonyms_cause_no_block():
    numbers = [
        with_check_digit(f"39010219{60 + k % 40}0{1 + k % 9}1{k % 10}{k:03}0"[:18], check_id_no) for k in range(1000)
    ]
    answers = LISTED.answer([Query(id=str(k), kind="person", name="张伟", id_no=n) for k, n in enumerate(numbers)])
    assert sum(len(hits) for hits in answers) == 0


def test_a_name_alone_is_information_and_with_the_date_of_birth_a_review():
    assert said(ask("person", "张伟")) == [("P1", "weak", "information", "person_name")]
    assert said(ask("person", "张伟", birth_date="1980-02-03")) == [("P1", "strong", "review", "person_name")]
    assert said(ask("person", "张伟", birth_date="1990-12-30")) == [("P1", "weak", "information", "person_name")]


def test_a_number_one_slip_away_or_masked_with_the_same_name_is_a_review():
    slip = ID[:10] + str((int(ID[10]) + 1) % 10) + ID[11:]
    swapped = ID[:3] + ID[4] + ID[3] + ID[5:]
    masked = ID[:4] + "*" * 10 + ID[14:]
    assert said(ask("person", "张伟", id_no=slip)) == [("P1", "strong", "review", "name_and_near_number")]
    assert said(ask("person", "张伟", id_no=swapped)) == [("P1", "strong", "review", "name_and_near_number")]
    assert said(ask("person", "张伟", id_no=masked)) == [("P1", "strong", "review", "name_and_masked_number")]
    assert ask("person", "张伟", id_no="11" + masked[2:]) == []


@pytest.mark.parametrize("name", ["Jinhui Huang", "Huang Jin-Hui", "HUANG, Jinhui", "Kam-Fai Wong", "Chin-hui Huang"])
def test_a_romanised_name_finds_the_characters_in_any_order_and_spelling(name):
    assert [(hit.entry_id, hit.action) for hit in ask("person", name)] == [("P2", Action.INFORMATION)]


@pytest.mark.parametrize(
    ("name", "born", "tier"),
    [
        ("TURABI Abdul Karim", "1965-04-02", Tier.STRONG),
        ("Mullah Abdul Karim Turabi", "", Tier.STRONG),
        ("Abdul Kareem Torabi", "1965-02-04", Tier.STRONG),
        ("Abdul-Karim al-Turabi", "1966-04-02", Tier.STRONG),
        ("Abdul Turabi", "1965-04-02", Tier.STRONG),
        ("Abdul Karim Turabi", "1988-11-30", Tier.WEAK),
    ],
)
def test_a_name_in_letters_is_known_in_other_orders_spellings_and_parts(name, born, tier):
    assert [(hit.entry_id, hit.tier) for hit in ask("person", name, birth_date=born)] == [("P3", tier)]


def test_two_words_that_only_sound_alike_are_strong_with_the_date_of_birth_alone():
    listed = screener({"id": "P", "kind": "person", "name": "Kalera Sadullah"})
    dated = screener({"id": "P", "kind": "person", "name": "Kalera Sadullah", "birth_date": "1970-05-06"})
    alike = Query(id="q", kind="person", name="Sadullah Kalir")
    for index, query, tier, rule in (
        (listed, alike, "medium", "latin_sound"),
        (dated, alike._replace(birth_date="1970-05-06"), "strong", "latin_sound"),
        (listed, alike._replace(name="Sadullah Kalira"), "strong", "latin_spelling"),
    ):
        assert [(hit.tier, hit.rule) for hit in index.answer([query])[0]] == [(tier, rule)]


@pytest.mark.parametrize("name", ["Abdul Rahman Habibi", "Karim Abdulov", "Turabi", "Ab Du"])
def test_another_name_in_letters_is_not_hit(name):
    assert ask("person", name, birth_date="1965-04-02") == []


@pytest.mark.parametrize(
    ("name", "entry", "rule"),
    [
        ("雲汀金固股份有限公司", "E1", "name_exact"),
        ("云汀金固（股份）有限公司", "E1", "name_exact"),
        ("云汀金固有限责任公司", "E1", "legal_form"),
        ("江苏恒瑞祥医药股份有限公司南京分公司", "E2", "branch"),
        ("恒瑞祥医药股份有限公司", "E2", "region"),
        ("江苏横瑞祥医药股份有限公司", "E2", "homophone"),
        ("江苏恒瑞祥医药股份有陷公司", "E2", "typing_error"),
        ("江苏恒祥瑞医药股份有限公司", "E2", "typing_error"),
        ("jiangsu hengruixiang yiyao gufen youxian gongsi", "E2", "pinyin"),
        ("江苏老字号药厂", "E2", "name_exact"),
        ("恒瑞祥医药", "E2", "region"),
        ("浦开银行", "E3", "abbreviation"),
        ("浦东开源", "E3", "short_name"),
    ],
)
def test_an_enterprise_is_known_by_the_ways_its_name_is_written(name, entry, rule):
    assert [(hit.entry_id, hit.rule, hit.action) for hit in ask("enterprise", name)][:1] == [
        (entry, rule, Action.REVIEW)
    ]


@pytest.mark.parametrize("name", ["博华科技股份有限公司", "上海恒瑞祥医药股份有限公司", "江苏恒瑞祥投资股份有限公司"])
def test_a_firm_that_differs_in_brand_or_region_is_another(name):
    assert ask("enterprise", name) == []


def test_another_credit_code_ends_a_hit_on_the_same_enterprise_name():
    assert ask("enterprise", "云汀金固股份有限公司", uscc=OTHER_USCC) == []
    assert said(ask("enterprise", "云汀金固股份有限公司", uscc=USCC)) == [
        ("E1", "identifier", "block_proposed", "identifier_uscc")
    ]


def test_the_organisation_code_within_a_credit_code_identifies():
    assert said(ask("enterprise", "甲", uscc=USCC[8:17]))[:1] in (
        [("E1", "identifier", "block_proposed", "identifier_org_code")],
        [],
    )


def test_a_person_and_an_enterprise_never_hit_each_other():
    assert ask("enterprise", "张伟") == []
    assert ask("person", "云汀金固股份有限公司") == []


def test_a_hit_explains_itself():
    (hit,) = ask("enterprise", "江苏恒瑞祥医药股份有陷公司")
    assert hit.explanation == (
        "名称只差一处（疑似录入错误）：“江苏恒瑞祥医药股份有陷公司”与名单“江苏恒瑞祥医药股份有限公司”；"
        "对照：陷公≈限公 @11 substituted；若提供的证件号码有效且与名单不同，则不再命中；若相同，则成为号码命中。"
    )


def test_the_same_number_counts_even_when_it_breaks_its_rules_and_a_warning_goes_with_it():
    index = screener({"id": "P1", "kind": "person", "name": "李强", "id_no": ID[:17] + "5"})
    (hit,) = index.answer([Query(id="q", kind="person", name="李强强", id_no=f"{ID[:17]} 5")])[0]
    assert (hit.action, hit.rule, "malformed_number" in hit.notes) == ("block_proposed", "identifier_malformed", True)


def test_names_in_other_scripts_are_compared_too():
    index = screener(
        {"id": "C", "kind": "person", "name": "Борис Заокский", "birth_date": "1970-01-02"},
        {"id": "A", "kind": "person", "name": "كريم ترابي"},
        {"id": "K", "kind": "person", "name": "김하늘"},
    )
    names = ["Заокский, Борис", "كريم ترابي", "김하늘", "Борис Другой"]
    answers = index.answer([Query(id=str(k), kind="person", name=name) for k, name in enumerate(names)])
    assert [[hit.entry_id for hit in hits] for hits in answers] == [["C"], ["A"], ["K"], []]

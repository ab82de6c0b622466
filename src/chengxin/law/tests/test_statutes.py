"""The statute index: unknown articles are refused, expired texts carry nothing new."""

from datetime import date

import pytest

from chengxin.law import facade as law
from chengxin.law.contracts import UnknownArticle


@pytest.mark.parametrize("citation", ["PIPL/28", "PIPL/74", "GS45/13¶3", "ZJ/11(2)", "SEED1/4.3", "O36", "CC/202"])
def test_a_citation_of_a_known_article_is_accepted(citation: str) -> None:
    law.check_citation(citation)


@pytest.mark.parametrize(
    "citation", ["PIPL/75", "PIPL/0", "PIPL", "O36/9", "XX/1", "CC/203a", "SEED1/9.9", "D/whatever", "", "GS45/20"]
)
def test_a_citation_of_an_article_that_does_not_exist_is_refused(citation: str) -> None:
    with pytest.raises(UnknownArticle):
        law.check_citation(citation)


def test_a_rule_that_cites_an_unknown_article_cannot_be_defined() -> None:
    with pytest.raises(UnknownArticle):
        law.cites("PIPL/28", "PIPL/99")
    with pytest.raises(UnknownArticle):
        law.cites()


def test_a_rule_keeps_its_citations_and_its_behaviour() -> None:
    @law.cites("PIPL/28")
    def rule(number: int) -> int:
        return number + 1

    assert rule(1) == 2
    assert rule.__dict__["cites"] == ("PIPL/28",)


def test_the_words_of_a_cited_article_are_kept() -> None:
    assert "三个工作日内撤回" in law.article_text("GS45/11")


@pytest.mark.parametrize(
    ("code", "last_article"),
    [("PIPL", 74), ("GS45", 19), ("ZJ", 36), ("SH", 56), ("SD", 61), ("HN", 70), ("SZ", 90), ("APL", 86), ("EC", 89)],
)
def test_the_index_knows_the_whole_range_of_a_held_text(code: str, last_article: int) -> None:
    assert {statute.code: statute for statute in law.list_statutes()}[code].last_article == last_article


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("citation", "on", "code"),
    [
        ("SEED1/4.3", date(2023, 12, 31), "LAW_NOT_YET"),
        ("SEED1/4.3", date(2024, 1, 1), None),
        ("SEED2/4.4", date(2028, 12, 31), None),
        ("SEED1/4.3", date(2029, 1, 1), "LAW_EXPIRED"),
        ("SEED2/4.4", date(2029, 1, 1), "LAW_EXPIRED"),
        ("SEED17", date(2023, 12, 31), None),
        ("SEED17", date(2024, 1, 1), "LAW_REPEALED"),
        ("O58", date(2026, 3, 31), None),
        ("O58", date(2026, 4, 1), "LAW_REPEALED"),
        ("O36", date(2026, 3, 31), "LAW_NOT_YET"),
    ],
)
def test_a_new_act_cites_a_text_only_while_it_is_in_force(citation: str, on: date, code: str | None) -> None:
    refusal = law.why_not_citable([citation], on=on)
    assert (refusal.code if refusal else None) == code
    assert refusal is None or refusal.basis == (citation,)


@pytest.mark.parametrize(
    ("citation", "zh", "en"),
    [
        ("PIPL/45", "《个人信息保护法》第45条", "Personal Information Protection Law, Article 45"),
        ("GS45/13¶3", "《市场监督管理行政处罚信息公示规定》第13条第3款", None),
        ("ZJ/11(2)", "《浙江省公共信用信息管理条例》第11条第2项", None),
        ("SEED1/4.3", "《关于加强个人诚信体系建设的实施意见》四（三）", None),
        ("SEED1/1", "《关于加强个人诚信体系建设的实施意见》一", None),
        ("O36", "《信用修复管理办法（国家发展改革委令第36号）》", "Measures on Credit Repair (NDRC Order 36)"),
        ("D/biometrics", "平台的设计选择（非法律）", "Design choices of the platform (not law)"),
        ("XX/1", "XX/1", "XX/1"),
    ],
)
def test_a_citation_is_named_as_people_name_it(citation: str, zh: str, en: str | None) -> None:
    name = law.name_of(citation)
    assert name.zh == zh
    assert en is None or name.en == en


def test_every_citation_of_the_platform_is_listed_under_its_text() -> None:
    listed = {(use.kind, use.key) for statute in law.list_statutes() for use in law.list_uses(statute.code)}
    assert {("value", entry.key) for entry in law.list_entries()} <= listed
    assert {("gate", gate.key) for gate in law.list_gates()} <= listed
    assert ("rule", "records.rules.why_not_usable") in listed
    assert ("rule", "records.gates.why_not_collect") not in listed, "a gate is listed once, under its title"

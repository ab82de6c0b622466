"""Values by date and pack: never overwritten, never guessed; a wrong file is refused with what to mend."""

from datetime import date
from pathlib import Path

import pytest

from chengxin.law import facade as law
from chengxin.law.contracts import BadLaw, LawNotCovered, MissingFact, NoEnd, PackExpired, UnknownKey
from chengxin.law.loader import load
from chengxin.law.statute_index import list_rules

TODAY = date(2026, 11, 24)
PACKS = ("national", "jiangsu", "zhejiang", "shandong", "henan", "shanghai", "shenzhen")


def test_the_packs_are_the_seven_and_jiangsu_is_provisional() -> None:
    packs = {pack.code: pack for pack in law.list_packs()}
    assert tuple(packs) == PACKS
    assert {pack.parent for code, pack in packs.items() if code != "national"} == {"national"}
    jiangsu = packs["jiangsu"]
    assert (jiangsu.standing, jiangsu.effective_from, jiangsu.expires_on, jiangsu.repeals) == (
        "provisional",
        date(2024, 1, 1),
        date(2028, 12, 31),
        ("SEED17",),
    )


def test_every_key_answers_or_refuses_in_every_pack_and_never_breaks() -> None:
    for entry in law.list_entries():
        name, choices = next(iter(entry.inputs.items()), ("", ("",)))
        # A rule that one province alone has says nothing for the others.
        for pack in PACKS if "national" in entry.packs else entry.packs:
            for choice in choices:
                value = law.find(entry.key, on=TODAY, pack=pack, **({name: choice} if name else {}))
                assert value is not None, f"{entry.key} has no value in {pack}"
                assert value.cites


def test_a_day_before_the_first_known_date_is_refused() -> None:
    assert law.value("withdrawal.outer", on=date(2021, 7, 15)).number == 3
    with pytest.raises(LawNotCovered) as refused:
        law.value("withdrawal.outer", on=date(2021, 7, 14))
    assert refused.value.refusal.code == "LAW_NOT_COVERED"
    assert "2021-07-15" in refused.value.refusal.why
    assert law.find("withdrawal.outer", on=date(2021, 7, 14)) is None


@pytest.mark.clause("P1")
def test_no_value_is_taken_from_a_pack_after_its_last_day() -> None:
    assert law.value("query.adverse", on=date(2028, 12, 31)).pack == "jiangsu"
    with pytest.raises(PackExpired) as refused:
        law.value("query.adverse", on=date(2029, 1, 1))
    assert refused.value.refusal.basis == ("SEED1", "SEED2")
    assert law.value("query.adverse", on=date(2029, 1, 1), pack="zhejiang").pack == "zhejiang"


def test_an_unknown_key_names_the_nearest_ones() -> None:
    with pytest.raises(UnknownKey) as unknown:
        law.value("publicity.by_severty", on=TODAY)
    assert unknown.value.nearest[0] == "publicity.by_severity"
    with pytest.raises(UnknownKey):
        law.value("publicity.by_severity", on=TODAY, pack="atlantis")


def test_a_missing_input_is_asked_for_by_name() -> None:
    with pytest.raises(MissingFact) as refused:
        law.value("publicity.by_severity", on=TODAY)
    assert refused.value.refusal.why == "需要条件 severity，取值为 minor、general、serious 之一。"
    with pytest.raises(MissingFact):
        law.value("publicity.by_severity", on=TODAY, severity="awful")


def test_a_missing_starting_date_is_asked_for_by_name() -> None:
    with pytest.raises(MissingFact) as refused:
        law.due("query.adverse", dates={"published_on": TODAY}, on=TODAY)
    assert "ended_act_on、determined_on" in refused.value.refusal.why


def test_a_period_without_an_end_says_so() -> None:
    with pytest.raises(NoEnd):
        law.due("query.long_term", start=TODAY, on=TODAY)


def test_a_package_asks_only_its_own_law() -> None:
    own = law.beside(str(Path(law.__file__).parent.parent / "records" / "clocks.py"))
    assert own.value("query.adverse", on=TODAY).number == 5
    with pytest.raises(UnknownKey):
        own.value("log.retention", on=TODAY)


def test_change_days_are_the_days_on_which_a_value_changes() -> None:
    assert law.change_days(["publicity.by_severity", "withdrawal.outer"]) == (
        date(2021, 7, 15),
        date(2021, 9, 1),
        date(2023, 5, 1),
        date(2026, 4, 1),
    )


_GOOD = """
some.key:
  title: {zh: 某期限, en: Some period}
  kind: deadline
  unit: workday
  checked_on: 2026-11-22
  packs:
    national:
      2021-09-01: {value: 20, cites: [GS45/9], standing: binding}
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("GS45/9", "GS45/99", "holds no such article"),
        ("cites: [GS45/9], ", "", "cites nothing"),
        ("  checked_on: 2026-11-22\n", "", "has no checked_on"),
        ("national:", "narnia:", "there is no pack 'narnia'"),
        ("value: 20", "value: twenty", "is no workday"),
        ("value: 20", "value: -1", "is no workday"),
        ("value: 20", "value: true", "is no workday"),
        ("value: 20", "value: 20, color: red", "does not know color"),
        ("standing: binding", "source: rumour", "the source is one of"),
        ("2021-09-01:", "soon:", "filed under the day"),
        ("unit: workday", "unit: workday\n  inputs: {severity: [minor, serious]}", None),
        ("value: 20", "value: {minor: 1}", "must give a value for each"),
    ],
)
def test_a_law_file_that_says_something_wrong_is_refused(tmp_path: Path, old: str, new: str, says: str | None) -> None:
    assert old in _GOOD
    source = tmp_path / "law.yaml"
    source.write_text(_GOOD.replace(old, new), encoding="utf-8")
    if says is None:
        assert load(source)["some.key"].inputs == {"severity": ("minor", "serious")}
        return
    with pytest.raises((BadLaw, ValueError), match=says):
        load(source)


def test_the_check_is_quiet_about_fresh_law_and_loud_about_old() -> None:
    problems = law.check(on=date(2026, 10, 1))
    assert problems == ()
    unchecked = [problem for problem in law.check(on=date(2027, 11, 23)) if problem.code == "UNCHECKED"]
    assert {problem.key for problem in unchecked} == {
        entry.key for entry in law.list_entries() if entry.checked_on <= date(2026, 11, 22)
    }
    assert law.check(on=date(2027, 11, 22)) != ()
    assert not [problem for problem in law.check(on=date(2027, 11, 22)) if problem.code == "UNCHECKED"]


def test_the_check_warns_before_the_calendar_and_the_pack_run_out() -> None:
    assert "CALENDAR_SHORT" in {problem.code for problem in law.check(on=date(2026, 11, 24))}
    assert "PACK_ENDING" in {problem.code for problem in law.check(on=date(2028, 6, 1))}
    assert "STALE_TEXT" in {problem.code for problem in law.check(on=date(2029, 6, 1))}


def test_every_citation_in_the_code_is_in_the_index() -> None:
    rules = list_rules(Path(law.__file__).parent.parent)
    assert len(rules) > 20
    for citations in rules.values():
        for citation in citations:
            law.check_citation(citation)


def test_an_explanation_holds_the_values_and_the_words_of_the_articles() -> None:
    text = law.explain("publicity.market_penalty")
    assert "自公示之日起届满三个月" in text
    assert "criticism_or_lower_fine 3、other 36" in text

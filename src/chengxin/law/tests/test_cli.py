"""`chengxin law …` as a lawyer types it: without Django, without a database."""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from chengxin.cli import law as cli
from chengxin.law import facade as law

_WITHOUT_DJANGO = """
import argparse, sys
from chengxin.cli import law
parser = argparse.ArgumentParser()
law.add_parser(parser.add_subparsers(required=True))
for words in (["law", "list"], ["law", "check", "--on", "2026-10-01"]):
    arguments = parser.parse_args(words)
    assert arguments.run(arguments) == 0
assert "django" not in sys.modules, "The law needs no Django."
"""


@dataclass(frozen=True, kw_only=True)
class Answer:
    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def ask(*words: str) -> Answer:
        parser = argparse.ArgumentParser()
        cli.add_parser(parser.add_subparsers(required=True))
        arguments = parser.parse_args(["law", *words])
        status = arguments.run(arguments)
        told = capsys.readouterr()
        return Answer(returncode=status, stdout=told.out, stderr=told.err)

    return ask


def test_the_law_is_asked_without_django() -> None:
    answer = subprocess.run([sys.executable, "-c", _WITHOUT_DJANGO], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def test_list_names_every_key_with_inputs_unit_packs_citations_and_standing(run: Run) -> None:
    answer = run("list", "--json")
    assert answer.returncode == 0, answer.stderr
    rows = {row["key"]: row for row in json.loads(answer.stdout)}
    row = rows["publicity.by_severity"]
    assert row["inputs"] == {"severity": ["minor", "general", "serious"]}
    assert row["unit"] == "month"
    assert [dated["from"] for dated in row["packs"]["national"]] == ["2023-05-01", "2026-04-01"]
    assert row["citations"] == ["D/shorter-publicity", "O36", "O58"]
    assert row["standing"] == "provisional"
    assert {"gate.adult", "gate.collect", "gate.publish", "gate.kin", "gate.declare_field"} <= set(rows)


def test_due_gives_the_date_and_the_steps_of_the_count(run: Run) -> None:
    answer = run("due", "withdrawal.outer", "--from", "2026-09-30", "--on", "2026-09-30", "--json")
    assert answer.returncode == 0, answer.stderr
    due = json.loads(answer.stdout)
    assert (due["last_day"], due["ends_on"], due["provisional"]) == ("2026-10-10", "2026-10-11", False)
    assert [step["code"] for step in due["steps"]] == ["start", *["skipped"] * 7, *["counted"] * 3]
    assert due["cites"] == ["APL/48¶2", "APL/85", "GS45/11"]


def test_due_gives_minimum_and_maximum_where_the_law_has_both(run: Run) -> None:
    words = ["--from", "2026-05-31", "--on", "2026-05-31", "--with", "severity=general", "--json"]
    due = json.loads(run("due", "publicity.by_severity", *words).stdout)
    assert (due["minimum"], due["last_day"], due["maximum"]) == ("2026-08-31", "2027-05-31", "2027-05-31")
    assert due["standing"] == "provisional"


def test_due_in_words_shows_each_step(run: Run) -> None:
    answer = run("due", "withdrawal.outer", "--from", "2026-02-13", "--on", "2026-02-13")
    assert "2026-02-14  第1个工作日（调休上班）" in answer.stdout
    assert "2026-02-15  春节，不计入" in answer.stdout


def test_due_of_a_period_without_end_says_that_there_is_none(run: Run) -> None:
    answer = run("due", "query.long_term", "--from", "2026-02-13", "--on", "2026-02-13", "--json")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["last_day"] is None


def test_an_unknown_key_exits_2_with_the_nearest(run: Run) -> None:
    answer = run("due", "withdrawal.outter", "--from", "2026-02-13")
    assert answer.returncode == 2
    assert "withdrawal.outer" in answer.stderr
    assert run("explain", "nothing.like.it").returncode == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("due", "withdrawal.outer", "--from", "2020-01-01", "--on", "2020-01-01"), "LAW_NOT_COVERED"),
        (("due", "query.adverse", "--from", "2026-01-01", "--on", "2029-01-01"), "LAW_PACK_EXPIRED"),
        (("due", "publicity.by_severity", "--from", "2026-05-31", "--on", "2026-05-31"), "LAW_INPUT_MISSING"),
        (
            ("due", "query.adverse", "--from", "2026-05-31", "--with", "pack=x", "--on", "2026-05-31"),
            "LAW_INPUT_MISSING",
        ),
        (("decide", "gate.adult", "--facts", "/nowhere.json", "--on", "2026-05-31"), "LAW_FACTS_FILE"),
    ],
)
def test_a_refusal_says_what_why_and_next_and_exits_1(run: Run, words: tuple[str, ...], code: str) -> None:
    answer = run(*words)
    assert answer.returncode == 1
    assert f"（{code}）" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(("on", "open_"), [("2026-11-24", False), ("2026-11-25", True)])
def test_decide_answers_with_the_article(run: Run, tmp_path: Path, on: str, open_: bool) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"birth_date": "2008-11-24"}', encoding="utf-8")
    answer = run("decide", "gate.adult", "--facts", str(facts), "--on", on, "--json")
    assert answer.returncode == 0, answer.stderr
    decision = json.loads(answer.stdout)
    assert decision["answer"] is open_
    assert "CC/17" in decision["cites"]


@pytest.mark.parametrize("text", ['{"birth_day": "2008-11-24"}', '{"birth_date": "tomorrow"}', "[]", "{"])
def test_decide_refuses_facts_it_does_not_know(run: Run, tmp_path: Path, text: str) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(text, encoding="utf-8")
    answer = run("decide", "gate.adult", "--facts", str(facts), "--on", "2026-11-24")
    assert answer.returncode == 1
    assert "LAW_FACTS" in answer.stderr


def test_explain_shows_the_article_in_words(run: Run) -> None:
    answer = run("explain", "withdrawal.outer")
    assert answer.returncode == 0, answer.stderr
    assert "应当在三个工作日内撤回行政处罚公示信息并说明理由" in answer.stdout


def test_check_exits_1_while_something_needs_a_lawyer(run: Run) -> None:
    assert run("check", "--on", "2026-10-01").returncode == 0
    answer = run("check", "--on", "2026-11-24", "--json")
    assert answer.returncode == 1
    assert [problem["code"] for problem in json.loads(answer.stdout)] == ["CALENDAR_SHORT"]


def test_a_gate_is_explained_with_the_type_of_each_fact_and_a_file_it_can_answer(run: Run, tmp_path: Path) -> None:
    answer = run("explain", "gate.collect")
    assert "procedure（文字，取值 summary、ordinary、hearing；不给出按" in answer.stdout
    assert "subject_kind（文字，取值 natural_person、legal_person、uninc_org、sole_trader；必须给出" in answer.stdout
    listed = json.loads(run("list", "--json").stdout)
    gates = [row for row in listed if row["kind"] == "decision"]
    assert len(gates) == 10
    for row in gates:
        explained = json.loads(run("explain", row["key"], "--json").stdout)
        facts = tmp_path / "facts.json"
        facts.write_text(json.dumps(explained["example"]), encoding="utf-8")
        decided = run("decide", row["key"], "--facts", str(facts), "--on", "2026-11-24", "--json")
        assert decided.returncode == 0, row["key"]
        assert set(explained["inputs"]) == set(explained["example"]) | set(json.loads(decided.stdout)["assumed"])


def test_every_row_of_the_list_has_the_same_names_whatever_it_is(run: Run) -> None:
    rows = json.loads(run("list", "--json").stdout)
    always = {"key", "package", "title", "kind", "unit", "count_from", "inputs", "checked_on", "packs", "citations"}
    for row in rows:
        assert always | {"standing"} <= set(row), row["key"]
        assert row["citations"], row["key"]
        assert row["packs"], row["key"]
        assert row["standing"] in {"binding", "provisional"}, row["key"]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ('{"nature": "adverse"}', "缺少：subject_kind（文字，取值 natural_person"),
        ('{"subject_kind": "legal_person", "nature": "adverse", "procedure": "简易"}', 'procedure 不能是 "简易"'),
        ('{"subject_kind": "legal_person", "nature": "adverse", "penalty_kinds": ["罚款"]}', "可以写：warning、"),
        ('{"subject_kind": "legal_person", "nature": "adverse", "documentno": "1"}', "是不是 document_no"),
        ('{"subject_kind": "legal_person", "nature": "adverse", "act_on": 5}', "应当写：act_on（日期；"),
    ],
)
def test_a_fact_that_is_missing_or_wrong_is_named_with_what_may_stand_there(
    run: Run, tmp_path: Path, facts: str, says: str
) -> None:
    given = tmp_path / "facts.json"
    given.write_text(facts, encoding="utf-8")
    answer = run("decide", "gate.collect", "--facts", str(given), "--on", "2026-11-24")
    assert answer.returncode == 1
    assert says in answer.stderr


def test_a_decision_says_what_it_took_for_facts_that_were_not_given(run: Run, tmp_path: Path) -> None:
    given = tmp_path / "facts.json"
    given.write_text('{"levels": ["law"]}', encoding="utf-8")
    decided = json.loads(run("decide", "gate.measure", "--facts", str(given), "--json").stdout)
    assert decided["answer"] is True
    assert decided["assumed"]["is_on_list"] is True
    assert "levels" not in decided["assumed"]


def test_a_key_asked_the_wrong_way_says_the_right_one(run: Run, tmp_path: Path) -> None:
    due = run("due", "gate.adult", "--from", "2026-02-13")
    assert due.returncode == 2
    assert "chengxin law decide gate.adult" in due.stderr
    decide = run("decide", "withdrawal.outer", "--facts", str(tmp_path / "none.json"), "--json")
    assert decide.returncode == 2
    assert json.loads(decide.stdout)["refused"]["code"] == "LAW_UNKNOWN_KEY"
    assert "chengxin law explain withdrawal.outer" in json.loads(decide.stdout)["refused"]["why"]


def test_a_number_is_no_period_and_a_rule_of_one_province_names_it(run: Run) -> None:
    number = run("due", "duty.identity_month", "--from", "2026-02-13", "--with", "window=first", "--json")
    assert number.returncode == 1
    assert json.loads(number.stdout)["refused"]["code"] == "LAW_NO_PERIOD"
    assert "它现在是 1" in json.loads(number.stdout)["refused"]["why"]
    alone = run("due", "objection.firm", "--from", "2026-02-13", "--on", "2026-02-13")
    assert alone.returncode == 1
    assert "写明它的规则包：shanghai" in alone.stderr


def test_what_is_cited_from_memory_says_that_it_is_provisional(run: Run) -> None:
    assert law.name_of("CC/165").zh == "《民法典》第165条（暂定）"
    assert law.name_of("CC/17").zh == "《民法典》第17条"
    assert law.name_of("SAMR44").en.endswith("(provisional)")
    assert "CC/165：《中华人民共和国民法典》（暂定，凭记忆或者摘录）" in run("explain", "representation.lasts").stdout

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

"""The short form of every proof; `./chengxin prove NAME` runs the full one."""

from __future__ import annotations

import pytest
from tests.proofs._conditions import weakened
from tests.proving import load, names, prove

REACHED = {"consent_race": {"interleavings": 200, "disclosed_after_acknowledgement": 0}}


@pytest.mark.clause("P4.2a")
@pytest.mark.parametrize("name", names())
@pytest.mark.django_db(transaction=True)
def test_the_short_form_of_every_proof_holds(name: str) -> None:
    said: list[str] = []
    outcome = prove(name, short=True, report=said.append)
    assert outcome.failure == "", "\n".join(said)
    assert outcome.counts, "a proof counts what it tried"
    assert load(name).SUMMARY.endswith(".")
    # What some proofs must also have reached, so that an empty run does not pass for a good one.
    for what, least in REACHED.get(name, {}).items():
        assert outcome.counts[what] == least, what


def test_each_condition_of_a_policy_is_left_out_once_at_any_depth_and_none_within_a_quoted_text() -> None:
    nested = "((a) AND (EXISTS ( SELECT FROM t WHERE ((b = 'x AND (y') AND (c)))))"
    assert sorted(weakened(nested)) == [
        ("(EXISTS ( SELECT FROM t WHERE ((b = 'x AND (y') AND (c))))", "((a))"),
        ("(a)", "((EXISTS ( SELECT FROM t WHERE ((b = 'x AND (y') AND (c)))))"),
        ("(b = 'x AND (y')", "((a) AND (EXISTS ( SELECT FROM t WHERE ((c)))))"),
        ("(c)", "((a) AND (EXISTS ( SELECT FROM t WHERE ((b = 'x AND (y')))))"),
    ]
    assert list(weakened("(a = 1)")) == []

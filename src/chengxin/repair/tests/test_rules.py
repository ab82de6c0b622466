"""What an applicant is told before applying: the deciding count, the papers, and whether waiting is better."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.repair.gates import why_not_repair
from chengxin.repair.rules import Paper, RepairFacts, advise, earliest_repair, papers_missing

ON = date(2026, 11, 25)


def test_the_count_that_decides_comes_first_and_shows_its_steps() -> None:
    facts = RepairFacts(determined_on=date(2025, 11, 15), is_market_penalty=True)
    found = earliest_repair(facts, on=date(2026, 3, 31))
    assert (found.on, found.is_provisional) == (date(2026, 5, 16), True)
    assert [count.key for count in found.counts] == ["repair.market_minimum", "publicity.by_severity"]
    assert [(step.code, step.day) for step in found.counts[0].steps] == [
        ("start", date(2025, 11, 15)),
        ("last_day", date(2026, 5, 15)),
        ("ends", date(2026, 5, 16)),
    ]


@pytest.mark.clause("P4.3c")
def test_waiting_is_better_when_everything_ends_before_an_answer_could_come() -> None:
    friday = date(2026, 11, 27)
    facts = RepairFacts(determined_on=date(2021, 12, 2), use_ends_on=date(2026, 12, 2))
    assert advise(facts, on=friday).answer_by == date(2026, 12, 2)
    assert advise(facts, on=friday).better_to_wait
    later = RepairFacts(determined_on=date(2021, 12, 3), use_ends_on=date(2026, 12, 3))
    assert not advise(later, on=friday).better_to_wait


def test_an_end_of_publicity_alone_is_no_reason_to_wait() -> None:
    facts = RepairFacts(
        determined_on=date(2026, 6, 1), publicity_ends_on=date(2026, 11, 26), use_ends_on=date(2031, 6, 2)
    )
    advice = advise(facts, on=ON)
    assert (advice.publicity_ends_first, advice.better_to_wait) == (True, False)


def test_a_payment_wants_its_proof_and_all_that_is_missing_is_said_at_once() -> None:
    assert papers_missing({"fine"}, set()) == (Paper.PERFORMANCE, Paper.CORRECTION)
    assert papers_missing({"fine"}, {"performance"}) == (Paper.CORRECTION,)
    assert papers_missing({"notice_of_criticism"}, {"correction"}) == ()


@given(st.dates(date(2020, 1, 1), date(2028, 6, 1)), st.sampled_from(["minor", "general", "serious"]), st.booleans())
def test_the_gate_opens_on_the_earliest_day_and_not_the_day_before(
    determined_on: date, severity: str, is_market: bool
) -> None:
    facts = RepairFacts(determined_on=determined_on, severity=severity, is_market_penalty=is_market)
    day = earliest_repair(facts, on=ON).on
    if day > ON:
        refusal = why_not_repair(facts, on=ON)
        assert refusal is not None
        assert (refusal.code, refusal.retry_on) == ("REPAIR-EARLY", day)
    else:
        assert why_not_repair(facts, on=ON) is None

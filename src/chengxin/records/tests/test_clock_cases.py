"""The four clocks of a record, case by case; the tables in `cases/clocks/` are written for and by lawyers."""

from datetime import date
from typing import Any

import msgspec
import pytest
from tests.law_cases import case_parameters, parts_of

from chengxin.kernel.refusal import Refused
from chengxin.law.contracts import LawNotCovered, MissingFact, PackExpired
from chengxin.records.clocks import ClockFacts, compute_clocks

_FIRM = {
    "publicity": "publicity.by_severity",
    "query": "query.adverse",
    "use": "use.adverse",
    "retention": "retention.adverse",
    "nature": "adverse",
    "subject_kind": "legal_person",
}


def clock_facts(**given: object) -> ClockFacts:
    return msgspec.convert({**_FIRM, **given}, ClockFacts)


@pytest.mark.clause("P4.3b")
@pytest.mark.parametrize("case", case_parameters(__file__, folder="cases/clocks"))
def test_the_clocks_stand_as_the_case_says(case: dict[str, Any]) -> None:
    clocks = compute_clocks(clock_facts(**case["given"]), on=case["on"], pack=case.get("pack", "jiangsu"))
    assert parts_of(clocks, case) == case["expect"]
    assert set(case["cites"]) <= set(clocks.cites)


def test_no_clock_is_computed_before_the_first_known_law() -> None:
    with pytest.raises(LawNotCovered) as refused:
        compute_clocks(clock_facts(severity="general", determined_on=date(2023, 4, 1)), on=date(2023, 4, 30))
    assert refused.value.refusal.code == "LAW_NOT_COVERED"


@pytest.mark.clause("P1")
def test_no_clock_is_computed_by_a_pack_whose_policy_has_expired() -> None:
    facts = clock_facts(severity="general", determined_on=date(2028, 12, 31))
    assert compute_clocks(facts, on=date(2028, 12, 31)).publicity_ends_on == date(2030, 1, 1)
    with pytest.raises(PackExpired) as refused:
        compute_clocks(facts, on=date(2029, 1, 1))
    assert refused.value.refusal.code == "LAW_PACK_EXPIRED"


def test_a_record_without_any_date_is_refused_and_not_guessed() -> None:
    with pytest.raises(MissingFact) as refused:
        compute_clocks(clock_facts(severity="general"), on=date(2026, 11, 24))
    assert isinstance(refused.value, Refused)
    assert refused.value.refusal.code == "LAW_START_MISSING"


def test_equal_facts_are_computed_once() -> None:
    facts = clock_facts(severity="general", determined_on=date(2026, 7, 1))
    again = clock_facts(severity="general", determined_on=date(2026, 7, 1))
    assert compute_clocks(facts, on=date(2026, 11, 24)) is compute_clocks(again, on=date(2026, 11, 24))

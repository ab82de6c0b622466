"""The short form of every proof; `./chengxin prove NAME` runs the full one."""

from __future__ import annotations

import pytest
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

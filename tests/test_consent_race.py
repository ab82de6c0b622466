"""The short form of the race of withdrawals against disclosures."""

from __future__ import annotations

import pytest
from tests.proofs.consent_race import run


@pytest.mark.clause("P4.2a")
@pytest.mark.django_db(transaction=True)
def test_after_a_withdrawal_is_acknowledged_nothing_leaves() -> None:
    counted = run(short=True, report=print)
    assert counted["disclosed_first"] + counted["withdrawn_first"] == 500
    assert counted["disclosed_after_acknowledgement"] == 0

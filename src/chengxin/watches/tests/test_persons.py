"""Natural persons are watched by number alone, in an open case or by consent; it is over when either is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.tests.conftest import PERSON, TOLD, draft, served
from chengxin.inquiries.tests.conftest import Institution, institution
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office, open_office
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.lists.tests.conftest import citizen
from chengxin.lists.tests.conftest import settle as settle_lists
from chengxin.matching.tests.test_near_misses import COURT, HOMONYM, LISTED
from chengxin.watches import facade
from chengxin.watches.contracts import Watch
from chengxin.watches.tests.conftest import settle, warnings, watch
from chengxin.watches.tests.test_watching import looks, messages

NUMBER = PERSON["id_no"]
LAST_DAY = date(2027, 1, 31)
LATER = TOLD + timedelta(minutes=1)


@world
def lin(market: Office, firm: Actor, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    """Return Lin, whom a court has put on its list."""
    court = open_office("YTFY", "云汀市人民法院", COURT, "390100", ("judgment_debtor",), kind="court")
    content = LISTED.replace("望星遥", PERSON["subject_name"]).replace(HOMONYM, NUMBER)
    accept(hand_in(content.encode(), court, item="judgment_debtor", name="debtors.csv").id, court)
    settle_lists(NOW)
    return citizen("lin", NUMBER)


@world
def bank(lin: Actor) -> Institution:
    return institution("YTYH", "bank.loan_alert", "bank.loan")


def by_consent(bank: Institution, lin: Actor, consent: object) -> Watch:
    return watch(
        _program(bank),
        at=NOW,
        kind="person",
        number=NUMBER,
        purpose="bank.loan_alert",
        ground="consent",
        reference=str(consent),
        last_day=LAST_DAY,
    )


def _program(bank: Institution) -> Actor:
    return Actor(key=bank.key, roles=frozenset({Role.CLIENT}), body=bank.body, area="390100")


def _consent(bank: Institution, lin: Actor, rule: str, *items: str) -> Any:
    with simulated(NOW):
        code = bank.ask(rule=rule).json()["code"]
        return consents.give(lin, code, items=items, authenticated=["password"], now=NOW)


@pytest.mark.clause("P5.2d")
def test_redline_15_a_person_is_watched_by_number_in_a_case_and_no_longer_than_the_case(
    lin: Actor, market: Office, slip: Path
) -> None:
    found = draft(market)
    determinations.serve_notice(market.clerk, found.id, served(TOLD, slip), now=TOLD)
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="determination"):
        number = casework.access_case(found.case_id, actor=market.clerk).number
    case = {"kind": "person", "purpose": "debtor_office", "ground": "case", "reference": number, "last_day": LAST_DAY}
    for wrong, code in ((PERSON["subject_name"], "E-ID"), (HOMONYM, "WATCH-NO-BASIS")):
        with pytest.raises(Refused, match=code):
            watch(market.clerk, at=TOLD, number=wrong, **case)
    one = watch(market.clerk, at=TOLD, number=NUMBER, **case)
    assert (one.reference, one.basis) == (number, ("CO/178", "PIPL/34"))
    (warning,) = warnings("YTSJ")  # Whoever is on the list already is pointed out at once.
    assert (warning.facts["rule"], warning.facts["action"]) == ("identifier_id_no", "review")
    (hit,) = facade.read_watch(market.clerk, one.id, now=LATER).hits.values()
    assert (hit.values.query, hit.values.entry, hit.reason, hit.document_no) == ("", "", "", "")
    assert [body for body, _words, _outcome in looks(lin)] == ["YTSJ"] * 3  # Set, pointed out, read.
    casework.carry_out(found.case_id, verb="drop", actor=market.approver, now=LATER, reasons="事实不清。")
    assert [own.runs for own in facade.list_own(lin, now=LATER)] == [False]
    assert settle(LATER).did() == {"ended": 1, "lifted": 1, "raised": 0}


@pytest.mark.clause("P4.2a")
@pytest.mark.clause("P5.2d")
def test_redline_13_a_watch_by_consent_ends_when_the_consent_does_and_lets_nobody_query(
    lin: Actor, bank: Institution
) -> None:
    other = _consent(bank, lin, "bank.loan", "judgment_debtor")
    with pytest.raises(Refused, match="WATCH-NO-BASIS"):
        by_consent(bank, lin, other)  # Given for something else.
    consent = _consent(bank, lin, "bank.loan_alert", "judgment_debtor")
    one = by_consent(bank, lin, consent)
    assert (one.lists, messages()) == (
        ("judgment_debtor",),
        [("body:YTYH", "watch.raised", "judgment_debtor", "replace")],
    )
    with simulated(NOW):
        assert bank.query(consent, rule="bank.loan_alert").json()["code"] == "Q-WATCH-ONLY"
    for ends in (consents.freeze, lambda actor, now: consents.withdraw(actor, consent, now=now)):
        place = transaction.savepoint()
        ends(lin, now=NOW)
        assert [own.runs for own in facade.list_own(lin, now=NOW)] == [False]
        assert settle(NOW).did() == {"ended": 1, "lifted": 1, "raised": 0}
        transaction.savepoint_rollback(place)

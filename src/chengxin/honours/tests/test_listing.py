"""The check against a real serious listing: it bars from the notice on, while the entry stands, and names no list."""

from __future__ import annotations

from pathlib import Path

import pytest

from chengxin.casework import facade as casework
from chengxin.determinations import facade as determinations
from chengxin.determinations.tests.conftest import SERVED, slip
from chengxin.honours import facade
from chengxin.honours.contracts import Answer, Obstacle
from chengxin.honours.tests.conftest import NOW, SHOP, Office, nominate, of_body, take
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.lists.tests.conftest import accept, firm, hand_in, market, service, settle, until_decided

__all__ = ["accept", "firm", "hand_in", "market", "slip"]


@pytest.mark.clause("P2.3a")
def test_whoever_stands_on_a_serious_list_is_neither_shown_nor_told_which(
    office: Office, market: Office, firm: Actor, slip: Path
) -> None:
    nomination_id, number = nominate(office, "model_firm", SHOP)
    facade.answer(firm, number, Answer.NAMED, now=NOW)
    assert facade.check(office.clerk, nomination_id, now=NOW) == []
    listing = until_decided(market, slip)
    assert facade.check(office.clerk, nomination_id, now=SERVED) == [Obstacle.OPEN_DETERMINATION]
    determinations.serve_decision(market.clerk, listing.id, service(SERVED, slip), now=SERVED)
    casework.carry_out(listing.case_id, verb="enter", actor=market.clerk, now=SERVED)
    settle(SERVED)
    assert facade.check(office.clerk, nomination_id, now=SERVED) == [Obstacle.SERIOUS_LIST]
    found = of_body(office, nomination_id, now=SERVED)
    assert found.obstacles == (Obstacle.SERIOUS_LIST,)
    with pytest.raises(Refused) as caught:
        take(found, "publish", office.clerk, SERVED)
    assert caught.value.refusal.code == "HON-OBSTACLE"

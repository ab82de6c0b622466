"""A market regulator that may find breaches, a firm and Lin with accounts of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import accept, citizen, ground, hand_in
from chengxin.commitments import facade
from chengxin.commitments.contracts import Commitment, Content, Maker
from chengxin.complaints.tests.conftest import offices
from chengxin.determinations.tests.conftest import slip
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import MARKET, NOW, SETUP, Office, open_office
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.subjects import facade as subjects

__all__ = ["accept", "ground", "hand_in", "offices", "slip"]
USCC = "91390100MA0000015M"
SERVICE = {Content.SERVICE: {"hours": 24, "days": 15, "refund": 3}}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


@world
def market(ground: None) -> Office:
    """Return the market regulator of a city."""
    items = ("penalty", "commitment_fulfilment")
    return open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", items, kind="market")


@world
def firm(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    """Return the firm's own account; the platform knows it and Lin by a penalty each."""
    accept(hand_in((HEAD + FIRM + PERSON).encode(), market).id, market)
    operator = subjects.find_operator(USCC)
    assert operator is not None
    access.open_account("firm", actor=SETUP, now=NOW, subject_id=operator.id)
    opened = access.find_account("firm", on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date())


@world
def lin(firm: Actor) -> Actor:
    return citizen("lin", "390101199001010017")


@world
def promised(firm: Actor) -> Commitment:
    """Return what the firm promises of its service."""
    return facade.sign(firm, Maker.MERCHANT, SERVICE, now=NOW)

"""Lin with a file, Wang who acts for her, and the moment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.worlds import world

from chengxin.archives.tests.conftest import accept, citizen, ground, hand_in, lin, market, sign_in
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.representation import facade
from chengxin.representation.contracts import Mandate, Wanted

__all__ = ["NOW", "accept", "citizen", "ground", "hand_in", "lin", "market", "sign_in"]
WANG_NUMBER = "390202198506151023"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


@world
def wang(lin: Actor) -> Actor:
    return citizen("wang", WANG_NUMBER)


def offer(lin: Actor, *scopes: str, days: int = 30, number: str = WANG_NUMBER) -> Mandate:
    return facade.grant(lin, Wanted(name="望星遥", number=number, scopes=scopes, days=days), now=NOW)


@world
def mandate(lin: Actor, wang: Actor) -> Mandate:
    """Return a mandate to look and to object that Wang accepted."""
    return facade.accept(wang, offer(lin, "object").id, now=NOW)

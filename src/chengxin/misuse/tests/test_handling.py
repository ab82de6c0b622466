"""A look at what is in hand is explained by its case, also where no number is named; afterwards by nothing."""

from __future__ import annotations

from datetime import timedelta

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import accept, ground, hand_in, lin, market
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import simulated
from chengxin.misuse.gathering import list_looks
from chengxin.repair import facade
from chengxin.repair.contracts import Handed
from chengxin.repair.tests.conftest import FIRST_DAY, apply, papers

__all__ = ["accept", "ground", "hand_in", "lin", "market", "papers"]
OVER = FIRST_DAY + timedelta(days=2)


def unnumbered(clerk: Actor) -> list[bool]:
    """Return for each of a clerk's looks for repairs that names no number whether it is explained."""
    with access.acting_for(platform("misuse"), channel=Channel.JOB, purpose="misuse_detection"):
        found = list_looks(since=FIRST_DAY - timedelta(days=9), until=OVER + timedelta(days=9))
    mine = [one for one in found if one.clerk_key == clerk.key and one.purpose == "repair"]
    return [one.is_explained for one in mine if not one.reference]


def test_an_application_opened_again_and_again_is_explained_while_its_case_is_open(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    with simulated(FIRST_DAY):
        number = apply(lin, papers)
        application_id = facade.own_application(lin, number, now=FIRST_DAY).id
    for at, known in ((FIRST_DAY, [True]), (FIRST_DAY + timedelta(hours=1), [True, True])):
        with simulated(at):
            facade.open_application(market.clerk, application_id, now=at)
        assert unnumbered(market.clerk) == known
    with simulated(FIRST_DAY + timedelta(hours=2)):
        facade.withdraw(lin, number, now=FIRST_DAY + timedelta(hours=2))
    with simulated(OVER):
        facade.open_application(market.clerk, application_id, now=OVER)
    assert unnumbered(market.clerk) == [True, True, False]

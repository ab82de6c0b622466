"""At a counter a look is explained by the application that follows it, filed by the same clerk for the same person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.archives.tests.conftest import accept, ground, hand_in, lin, market
from chengxin.archives.tests.test_filing import LIN, file
from chengxin.archives.tests.test_hall import post, window
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import simulated
from chengxin.misuse.gathering import list_looks
from chengxin.objections import facade as objections
from chengxin.objections.contracts import Ground
from chengxin.representation import facade as representation

__all__ = ["accept", "ground", "hand_in", "lin", "market", "window"]


@pytest.fixture(autouse=True)
def today() -> object:
    with simulated(NOW):
        yield


@world
def other(window: Actor) -> Actor:
    return post("other", body="YTDT")


def turn(clerk: Actor) -> Actor:
    return representation.stand_in(clerk, archives.begin_filing(clerk, LIN, now=NOW))


def explained() -> list[tuple[str, bool]]:
    """Return the clerk of each look at a counter, and whether the detection takes it as explained."""
    with access.acting_for(platform("misuse"), channel=Channel.JOB, purpose="misuse_detection"):
        found = list_looks(since=NOW - timedelta(days=1), until=NOW + timedelta(days=1))
    return [(one.clerk_key, one.is_explained) for one in found if one.purpose == representation.FILING]


def test_a_turn_an_application_followed_is_explained_and_one_without_is_not(window: Actor, other: Actor) -> None:
    turn(other)
    acting = turn(window)
    assert explained() == [(other.key, False), (window.key, False)]
    file(acting)
    assert explained() == [(other.key, False), (window.key, True)]


def test_an_application_after_the_hour_explains_nothing(window: Actor, lin: Actor) -> None:
    archives.begin_filing(window, LIN, now=NOW)
    late = NOW + representation.LASTS + timedelta(minutes=1)
    with simulated(late):
        again = representation.stand_in(window, archives.begin_filing(window, LIN, now=late))
        line = archives.own_archive(again, now=late).lines[0].record_id
        objections.object_to(again, line, ground=Ground.ERROR, words="金额写错了。", now=late)
    assert explained() == [(window.key, False), (window.key, True)]

"""A look at what is in hand is explained by its case, also where no number is named; afterwards by nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import accept, ground, hand_in, lin, market
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
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


def shown_in_a_list(clerk: Actor, person: Actor, *, at: datetime) -> None:
    """Write a clerk's look at a person in a list of several, which names no number."""
    with simulated(at), access.acting_for(clerk, channel=Channel.BODY, purpose="repair"), transaction.atomic():
        event = Event(
            kind=Kind.DISCLOSE, actor=clerk, at=at, purpose="repair", channel="body", subject_id=person.subject_id
        )
        audit.record_event(event)


def test_an_application_listed_again_and_again_is_explained_while_its_case_is_open(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    with simulated(FIRST_DAY):
        number = apply(lin, papers)
    for at, known in ((FIRST_DAY, [True]), (FIRST_DAY + timedelta(hours=1), [True, True])):
        shown_in_a_list(market.clerk, lin, at=at)
        assert unnumbered(market.clerk) == known
    with simulated(FIRST_DAY + timedelta(hours=2)):
        facade.withdraw(lin, number, now=FIRST_DAY + timedelta(hours=2))
    shown_in_a_list(market.clerk, lin, at=OVER)
    assert unnumbered(market.clerk) == [True, True, False]

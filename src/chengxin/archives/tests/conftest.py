"""A person and a firm with one penalty each, and the person's account."""

from __future__ import annotations

from collections.abc import Callable

from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in  # noqa: F401 - the tests of pages above take it from here
from chengxin.archives.tests.programs import Program, register
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, accept, ground, hand_in, market, open_office
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON
from chengxin.kernel.actor import Actor
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.subjects import facade as subjects

__all__ = ["accept", "ground", "hand_in", "market"]
OTHER = PERSON.replace("林禾舟", "望星遥").replace("390101199001010017", "390202198506151023").replace("3号", "9号")


@world
def lin(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    """Return a citizen with one line; another person and a firm have theirs."""
    accept(hand_in((HEAD + FIRM + PERSON + OTHER).encode(), market).id, market)
    return citizen("lin", "390101199001010017")


def citizen(username: str, number: str) -> Actor:
    """Open an account for the adult with an identity number."""
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        subject = subjects.find_by_number(IdentifierKind.ID_NO, number)
    assert subject is not None
    access.open_account(username, actor=SETUP, now=NOW, subject_id=subject.id)
    opened = access.find_account(username, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date())


@world
def shop(ground: None) -> Program:
    return register("SHOP", "record.read_public", "outbox.receive")


@world
def stranger(ground: None) -> Program:
    return register("STRANGER", "record.read_public", "outbox.receive")


@world
def bank(ground: None) -> Office:
    """Return a body whose clerk verifies a report."""
    return open_office("BANK", "云汀银行", "", "390100", ())

"""Two bodies, their people, and a procedure nobody has heard of."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings

from chengxin.access.facade import acting_for
from chengxin.casework import facade
from chengxin.casework.contracts import Case, Ref
from chengxin.casework.registry import more_procedures
from chengxin.casework.tests import effects
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role

settings.SECRET_KEY = "a-key-for-tests-only"
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # Monday, noon in Beijing.
PAPER = "a" * 64
SUBJECT = UUID("01890000-0000-7000-8000-000000000001")


def officer(name: str, *, body: str = "3901-SC", roles: frozenset[Role] = frozenset({Role.CASE_OFFICER})) -> Actor:
    return Actor(key=f"account:{name}", roles=roles, body=body, area="3901")


LI, WANG = officer("li"), officer("wang")
STRANGER = officer("stranger", body="3902-XX")
PERSON = Actor(key="account:lin", roles=frozenset({Role.CITIZEN}), subject_id=SUBJECT)


@pytest.fixture(autouse=True)
def lost_property() -> Iterator[None]:
    effects.SEEN.clear()
    effects.CONTEXTS.clear()
    with more_procedures(Path(__file__).parent / "procedures"):
        yield


def as_(actor: Actor):
    channel = Channel.SELF if actor.subject_id else Channel.BODY
    return acting_for(actor, channel=channel, purpose="case_handling")


def open_one(**changed: object) -> Case:
    given: dict = {
        "ref": Ref(kind="umbrella", id="1", subject_id=SUBJECT),
        "body": "3901-SC",
        "opened_by": LI,
        "now": NOON,
        "evidence": (PAPER,),
        "facts": {},
    } | changed
    with as_(given["opened_by"]):
        return facade.open_case(given.pop("procedure", "lost_property"), **given)

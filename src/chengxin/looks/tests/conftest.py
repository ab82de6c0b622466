"""Lin and her neighbour with a file each, a bureau whose clerk looks, and the sequencer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import accept, citizen, ground, hand_in, lin, market, sign_in
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind, Outcome
from chengxin.audit.tests.conftest import keys, sequence
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated

__all__ = ["NOW", "Office", "accept", "citizen", "ground", "hand_in", "keys", "lin", "market", "sequence", "sign_in"]
Look = Callable[..., UUID]


@pytest.fixture(autouse=True)
def today() -> object:
    with simulated(NOW):
        yield


@pytest.fixture
def look(market: Office) -> Look:
    """Return what writes a look of the bureau's clerk at a person into the log."""

    def write(person: Actor, *, at: datetime = NOW, actor: Actor = market.clerk, **told: object) -> UUID:
        is_refused = bool(told.get("reason"))
        event = {
            "kind": Kind.DISCLOSE,
            "purpose": "case_handling",
            "categories": ("penalty",),
            "outcome": Outcome.REFUSED if is_refused else Outcome.DELIVERED,
            "basis": ("PIPL/34",),
            **told,
        }
        purpose = str(event["purpose"])
        with access.acting_for(actor, channel=Channel.BODY, purpose=purpose):
            told_event = Event(actor=actor, at=at, channel=Channel.BODY, subject_id=person.subject_id, **event)  # type: ignore[arg-type]
            return audit.record_event(told_event).event_id

    return write

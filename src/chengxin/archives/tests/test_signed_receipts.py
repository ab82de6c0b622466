"""A receipt that a recipient signs is believed under its own key, for this message and this answer, or not at all."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives import facade
from chengxin.archives.tests.programs import USCC, keys, looking, mark, register
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Tried
from chengxin.jobs.models import Message
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.records import facade as records
from chengxin.records.contracts import Done, MarkKind
from chengxin_subscriber.client import statement
from chengxin_verify.ed25519 import public_key

OWN, FOREIGN = b"\x01" * 32, b"\x02" * 32


def _unsigned(said: dict[str, str]) -> str:
    head = urlsafe_b64encode(b'{"alg":"none","typ":"receipt+jws"}').rstrip(b"=").decode()
    return f"{head}.{statement(said, seed=OWN).split('.')[1]}."


FORGERIES: dict[str, Callable[[dict[str, str]], str]] = {
    "another's key": lambda said: statement(said, seed=FOREIGN),
    "another message": lambda said: statement({**said, "message": str(UUID(int=7))}, seed=OWN),
    "another payload": lambda said: statement({**said, "payload": "00" * 32}, seed=OWN),
    "another answer": lambda said: statement({**said, "done": "not_held"}, seed=OWN),
    "more than was asked": lambda said: statement({**said, "more": "x"}, seed=OWN),
    "a cut signature": lambda said: statement(said, seed=OWN)[:-4],
    "no signature": lambda said: statement(said, seed=OWN).rpartition(".")[0] + ".",
    "no algorithm": _unsigned,
}


@world
def told(lin: Actor, market: Office) -> tuple[Actor, dict[str, str]]:
    """Return a program with a key of its own that was told to delete a line, and what its receipt must say."""
    return _tell(market)


def _tell(market: Office, *, calls: str = "") -> tuple[Actor, dict[str, str]]:
    register("SHOP", "record.read_public", "outbox.receive")
    scopes = ("record.read_public", "outbox.receive")
    new = access.register_client("signs", body="SHOP", scopes=scopes, actor=SETUP, now=NOW, public_key=public_key(OWN))
    program = access.actor_for_client(new.client)
    with simulated(NOW):
        if calls:
            records.set_webhook(calls, actor=program, now=NOW)
        facade.find_public_subject(USCC, actor=program, now=NOW)
        mark(market, keys(market)[0], MarkKind.WITHDRAWN)
        with log_in_as_worker():
            assert jobs.deliver_due(now=NOW) == (Tried(failed=1) if calls else Tried(delivered=1))
    with looking():
        message = Message.objects.get(recipient=program.key)
    return program, {"done": "deleted", "message": str(message.id), "payload": bytes(message.digest).hex()}


@pytest.mark.clause("R9")
@pytest.mark.django_db(transaction=True)
def test_a_receipt_is_believed_only_with_the_signature_of_its_own_recipient(
    told: tuple[Actor, dict[str, str]],
) -> None:
    program, said = told
    message_id = UUID(said["message"])
    for name, forge in FORGERIES.items():
        with pytest.raises(Refused) as refused:
            records.acknowledge(message_id, done=Done.DELETED, statement=forge(said), actor=program, now=NOW)
        assert refused.value.refusal.code == "O-STATEMENT", name
        with looking():
            assert Message.objects.get(id=message_id).receipt_at is None, name
    genuine = statement(said, seed=OWN)
    records.acknowledge(message_id, done=Done.DELETED, statement=genuine, actor=program, now=NOW)
    with looking():
        assert Message.objects.get(id=message_id).receipt_statement == genuine


@pytest.mark.clause("R9")
@pytest.mark.django_db(transaction=True)
def test_an_answer_from_the_feed_proves_the_arrival_of_what_no_call_brought(lin: Actor, market: Office) -> None:
    program, said = _tell(market, calls="https://localhost:1/")
    message_id, later = UUID(said["message"]), NOW + timedelta(hours=1)
    with looking():
        waiting = Message.objects.get(id=message_id)
    assert (waiting.kind, waiting.delivered_at) == ("webhook", None)
    assert waiting.next_attempt_at is not None
    records.acknowledge(message_id, done=Done.DELETED, statement=statement(said, seed=OWN), actor=program, now=later)
    with looking():
        answered = Message.objects.get(id=message_id)
    assert (answered.delivered_at, answered.receipt_at, answered.next_attempt_at) == (later, later, None)
    with log_in_as_worker():
        assert jobs.deliver_due(now=later + timedelta(days=1)) == Tried()

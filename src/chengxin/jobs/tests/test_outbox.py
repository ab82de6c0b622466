"""What is put with an act arrives at least once, is counted once, and is seen by nobody it does not concern."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Tried
from chengxin.jobs.models import Message
from chengxin.jobs.rules import LONGEST_WAIT, MOST_ATTEMPTS, names_nobody, wait_after
from chengxin.jobs.tests import kinds
from chengxin.jobs.tests.conftest import NOW, OFFICER, SHOP, STRANGER, as_actor, draft, put
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.refusal import Refused

LATER = NOW + timedelta(seconds=1)  # Ids made in one millisecond by two calls have no order.
HERE = "chengxin.jobs.tests.kinds"


@pytest.fixture(autouse=True)
def wired(settings: Any) -> None:
    kinds.SEEN.clear()
    names = {"remembers", "is_away", "is_broken", "dies"}
    settings.OUTBOX_KINDS = {**settings.OUTBOX_KINDS, **{name: f"{HERE}.{name}" for name in names}}


def rows() -> list[Message]:
    with acting(Context.of(platform("look"), channel=Channel.JOB, purpose="correction")):
        return list(Message.objects.order_by("id"))


def test_a_message_stands_only_with_its_act(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        jobs.put([draft()], actor=OFFICER, now=NOW)
    with pytest.raises(ZeroDivisionError):
        act_that_fails()
    assert rows() == []


def act_that_fails() -> None:
    with as_actor(OFFICER):
        jobs.put([draft()], actor=OFFICER, now=NOW)
        raise ZeroDivisionError


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"record": "019ac0de-0000-7000-8000-000000000012", "version": 3, "at": "2026-11-23T02:00:00+00:00"}, True),
        ({"references": ["ABCD-EFGH-2345"]}, True),
        ({"name": "林禾舟"}, False),
        ({"number": "390101199001010017"}, False),
        ({"references": ["390101199001010017"]}, False),
        ({"text": "two words"}, False),
    ],
)
def test_redline_a_payload_names_nobody(db: None, payload: dict[str, Any], expected: bool) -> None:
    assert names_nobody(payload) is expected
    if not expected:
        with pytest.raises(ValueError, match="more than ids"), as_actor(OFFICER):
            jobs.put([draft(payload=payload)], actor=OFFICER, now=NOW)


def test_the_same_thing_is_put_once_for_each_recipient(db: None) -> None:
    assert put(draft(), draft(recipient="body:BANK")) == 2
    assert put(draft(), draft(recipient="body:BANK"), draft("r1:mark:2"), now=LATER) == 1
    with acting(Context.of(platform("look"), channel=Channel.JOB, purpose="correction")):
        found = list(Message.objects.values_list("recipient", "key", "payload").order_by("id"))
        digest = bytes(Message.objects.order_by("id")[0].digest)
    assert [row[:2] for row in found] == [
        (SHOP.key, "r1:mark:1"),
        ("body:BANK", "r1:mark:1"),
        (SHOP.key, "r1:mark:2"),
    ]
    assert digest == hashlib.sha256(found[0][2].encode()).digest()


def test_delivery_happens_once_and_again_does_nothing(worker: Any) -> None:
    put(draft(kind="remembers"), draft("r1:mark:2", kind="remembers"))
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(delivered=2)
        assert jobs.deliver_due(now=NOW + timedelta(days=1)) == Tried()
    assert len(set(kinds.SEEN)) == len(kinds.SEEN) == 2
    assert [(row.attempts, row.delivered_at, row.next_attempt_at) for row in rows()] == [(1, NOW, None)] * 2


def test_a_process_that_dies_in_delivery_loses_nothing(worker: Any, settings: Any) -> None:
    """The message left, the process died before it could say so: it leaves again, under the same id."""
    put(draft(kind="dies"), draft("r1:mark:2", kind="remembers"))
    with worker():
        with pytest.raises(SystemExit):
            jobs.deliver_due(now=NOW)
        settings.OUTBOX_KINDS = {**settings.OUTBOX_KINDS, "dies": f"{HERE}.remembers"}
        assert jobs.deliver_due(now=NOW) == Tried()  # Claimed: nobody takes it before its wait is over.
        assert jobs.deliver_due(now=NOW + wait_after(1)) == Tried(delivered=2)
    first, second = rows()
    assert [str(first.id), str(first.id), str(second.id)] == kinds.SEEN
    assert (first.attempts, second.attempts) == (2, 2)


def test_a_recipient_that_is_away_is_tried_ever_more_rarely_then_dead_and_may_be_revived(worker: Any) -> None:
    put(draft(kind="is_away"))
    moment, waits = NOW, []
    with worker():
        for _attempt in range(MOST_ATTEMPTS):
            jobs.deliver_due(now=moment)
            (row,) = rows()
            if row.next_attempt_at:
                waits.append((row.next_attempt_at - moment).total_seconds())
                moment = row.next_attempt_at
        assert (row.dead_at, row.next_attempt_at, row.last_error) == (moment, None, "AWAY")
        assert jobs.deliver_due(now=moment + timedelta(days=9)) == Tried()
        assert len(kinds.SEEN) == MOST_ATTEMPTS
        jobs.once(now=moment, force=True)
        assert jobs.health(now=moment).outbox == {"waiting": 0, "dead": 1, "unanswered": 0}
        assert jobs.revive(now=moment) == 1
        jobs.deliver_due(now=moment)
    assert rows()[0].attempts == 1
    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == LONGEST_WAIT.total_seconds()


def test_one_that_breaks_does_not_stop_the_others(worker: Any) -> None:
    put(draft(kind="is_broken"), draft("r1:mark:2", kind="remembers"))
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(delivered=1, failed=1)
    assert [row.last_error for row in rows()] == ["ZeroDivisionError", ""]


def test_two_workers_never_take_the_same_message(worker: Any, django_db_setup: Any) -> None:
    put(draft(kind="remembers"), draft("r1:mark:2", kind="remembers"))
    with psycopg.connect(django_db_setup.conninfo("postgres")) as other:
        other.execute("select id from jobs_message where key = 'r1:mark:1' for update")
        with worker():
            assert jobs.deliver_due(now=NOW) == Tried(delivered=1)
        other.rollback()
    with worker():
        assert jobs.deliver_due(now=NOW) == Tried(delivered=1)
    assert len(kinds.SEEN) == 2


def test_a_message_is_seen_by_its_recipient_its_sender_and_nobody_else(worker: Any) -> None:
    put(draft())
    (sent,) = rows()
    for actor, expected in ((SHOP, 1), (OFFICER, 1), (STRANGER, 0)):
        with as_actor(actor):
            assert Message.objects.count() == expected
    with as_actor(STRANGER), pytest.raises(Refused):
        jobs.get_received(sent.id, recipients=[STRANGER.key])
    assert Message.objects.count() == 0


def test_a_receipt_is_given_once_by_the_recipient_for_what_arrived(worker: Any) -> None:
    put(draft())
    (sent,) = rows()
    told = {"kind": "deleted", "digest": b"1" * 32, "now": NOW}
    with as_actor(SHOP):
        assert not jobs.acknowledge(sent.id, **told)  # Not delivered yet.
        unasked = {"receipt_kind": "deleted", "receipt_digest": b"1" * 32, "receipt_at": NOW}
        assert Message.objects.update(**unasked) == 0  # The database says so too.
    with worker():
        jobs.deliver_due(now=NOW)
    for actor, expected in ((STRANGER, False), (OFFICER, False), (SHOP, True), (SHOP, False)):
        with as_actor(actor):
            assert jobs.acknowledge(sent.id, **told) is expected
    assert [(row.receipt_kind, bytes(row.receipt_digest or b"")) for row in rows()] == [("deleted", b"1" * 32)]


@pytest.mark.parametrize(
    "statement",
    [
        "update jobs_message set payload = ''",
        "update jobs_message set delivered_at = now(), next_attempt_at = null",
        "delete from jobs_message",
        "insert into jobs_run (name, did, failed_because) values ('records.day', '{}', '')",
    ],
)
def test_the_web_can_neither_deliver_nor_change_nor_forget(db: None, statement: str) -> None:
    put(draft())
    with as_actor(OFFICER), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.parametrize("actor", [STRANGER, replace(OFFICER, key="account:colleague"), replace(OFFICER, body="")])
def test_nobody_puts_a_message_in_the_name_of_another(db: None, actor: Actor) -> None:
    with as_actor(actor), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        jobs.put([draft()], actor=OFFICER, now=NOW)

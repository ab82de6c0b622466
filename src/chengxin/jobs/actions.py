"""Put messages, carry them, note their receipts."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import orjson
from django.db import connection, transaction

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.jobs import models
from chengxin.jobs.contracts import Delivered, Draft, Failed, Message, Outcome, Tried
from chengxin.jobs.kinds import INBOX, deliver_by
from chengxin.jobs.queries import IN_FEED, message_of
from chengxin.jobs.rules import MOST_ATTEMPTS, names_nobody, wait_after
from chengxin.jobs.webhooks import CALLED, called_among
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.ids import new_ids
from chengxin.kernel.refusal import Refusal, Refused

PURPOSE: Final = "correction"
WAKE: Final = "jobs_message"
AT_ONCE: Final = 50
_log = logging.getLogger("chengxin.jobs")

_PUT = """
    insert into jobs_message (id, topic, recipient, key, kind, subject_id, reference, payload, digest, sender_key,
                              sender_body, created_at, attempts, next_attempt_at, last_error, receipt_kind)
    select *, %(sender_key)s, %(sender_body)s, %(now)s, 0, %(now)s, '', ''
    from unnest(%(ids)s::uuid[], %(topics)s::text[], %(recipients)s::text[], %(keys)s::text[], %(kinds)s::text[],
                %(subjects)s::uuid[], %(references)s::text[], %(payloads)s::text[], %(digests)s::bytea[])
    on conflict do nothing
"""


def put(drafts: Sequence[Draft], *, actor: Actor, now: datetime) -> int:
    """Put messages into the outbox in the running transaction and return how many are new; all or none leave.

    Raises `TransactionManagementError` outside a transaction: a message never stands without its act.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A message is put in the transaction of its act.")
    if not drafts:
        return 0
    if loud := [draft.topic for draft in drafts if not names_nobody(draft.payload)]:
        raise ValueError(f"A payload of {loud[0]} holds more than ids, codes and moments.")
    payloads = [orjson.dumps(draft.payload, option=orjson.OPT_SORT_KEYS) for draft in drafts]
    with connection.cursor() as cursor:
        cursor.execute(
            _PUT,
            {
                "ids": new_ids(now, len(drafts)),
                "topics": [draft.topic for draft in drafts],
                "recipients": [draft.recipient for draft in drafts],
                "keys": [draft.key for draft in drafts],
                "kinds": [draft.kind for draft in drafts],
                "subjects": [draft.subject_id for draft in drafts],
                "references": [draft.reference for draft in drafts],
                "payloads": [payload.decode() for payload in payloads],
                "digests": [hashlib.sha256(payload).digest() for payload in payloads],
                "sender_key": actor.key,
                "sender_body": actor.body,
                "now": now,
            },
        )
        written = int(cursor.rowcount)
        cursor.execute("select pg_notify(%s, '')", [WAKE])  # Heard after commit, by whoever waits.
    return written


def deliver_due(*, now: datetime) -> Tried:
    """Carry what is due, a handful at a time, until nothing is; each message is claimed before it leaves.

    A claim stands before the delivery begins, so a process that dies in between has tried once, and the message is
    due again after its wait: at least once, never lost. Two workers never claim the same message. Who was called in
    vain is not called again in this round, so that one who is away does not hold up the others.
    """
    done = failed = dead = 0
    away: set[str] = set()
    while claimed := _claim(now):
        for message in claimed:
            outcome = _carried(message, away)
            gave_up = _settle(message, outcome, now=now)
            done += isinstance(outcome, Delivered)
            failed += isinstance(outcome, Failed)
            dead += gave_up
    return Tried(delivered=done, failed=failed, dead=dead)


def acknowledge(message_id: UUID, *, kind: str, digest: bytes, now: datetime, statement: str = "") -> bool:
    """Note the recipient's receipt (回执) of a message it has; tell whether this was the first.

    A message that is called out may be answered from the feed first: the database then notes that it arrived.
    """
    rows = models.Message.objects.filter(IN_FEED, id=message_id, receipt_at__isnull=True)
    given = {"receipt_kind": kind, "receipt_digest": digest, "receipt_at": now, "receipt_statement": statement}
    return rows.update(**given) == 1


def revive(*, now: datetime) -> int:
    """Try every dead message again from the beginning; return how many there were."""
    with acting(_context()):
        return models.Message.objects.filter(dead_at__isnull=False).update(
            dead_at=None, attempts=0, next_attempt_at=now
        )


def _claim(now: datetime) -> list[Message]:
    """Take what is due and nobody else has taken, and set when each is due again should we not come back."""
    with acting(_context()):
        due = models.Message.objects.select_for_update(skip_locked=True).filter(next_attempt_at__lte=now)
        rows = list(due.order_by("next_attempt_at", "id")[:AT_ONCE])
        called = called_among([row.recipient for row in rows])
        for row in rows:
            row.attempts += 1
            row.next_attempt_at = now + wait_after(row.attempts)
            if row.kind == INBOX and row.recipient in called:
                row.kind = CALLED
            row.save(update_fields=["attempts", "next_attempt_at", "kind"])
    return [message_of(row) for row in rows]


def _carried(message: Message, away: set[str]) -> Outcome:
    if message.attempts > MOST_ATTEMPTS:
        return Failed(code="TOO_OFTEN")  # Whoever tried last died of it.
    if message.recipient in away:
        return Failed(code="AWAY")
    try:
        outcome = deliver_by(message.kind)(message)
    except Refused as refused:
        return Failed(code=refused.refusal.code)
    except Exception as error:  # noqa: BLE001 - one message must not stop the others
        _log.exception("The message %s could not be delivered.", message.id)
        return Failed(code=type(error).__name__[:60])
    if message.kind == CALLED and isinstance(outcome, Failed):
        away.add(message.recipient)
    return outcome


def _settle(message: Message, outcome: Outcome, *, now: datetime) -> bool:
    """Write down how a delivery went; tell whether the message is dead now. One that arrived stays so."""
    with acting(_context()):
        open_ = models.Message.objects.filter(id=message.id, delivered_at__isnull=True, dead_at__isnull=True)
        if isinstance(outcome, Delivered):
            receipt = {}
            if outcome.receipt_digest is not None:
                receipt = {
                    "receipt_kind": outcome.receipt_kind,
                    "receipt_digest": outcome.receipt_digest,
                    "receipt_at": now,
                }
            open_.update(delivered_at=now, next_attempt_at=None, last_error="", **receipt)
            return False
        if message.attempts >= MOST_ATTEMPTS:
            return open_.update(dead_at=now, next_attempt_at=None, last_error=outcome.code) == 1
        open_.update(last_error=outcome.code)
        return False


def get_received(message_id: UUID, *, recipients: Sequence[str]) -> Message:
    """Return a message in the feed of one of the recipients, or refuse as if it did not exist."""
    row = models.Message.objects.filter(IN_FEED, id=message_id, recipient__in=recipients).first()
    if row is None:
        raise Refused(Refusal(code="ABSENT", what="没有这条消息。"))
    return message_of(row)


def _context() -> Context:
    return Context.of(platform("outbox"), channel=Channel.JOB, purpose=PURPOSE)

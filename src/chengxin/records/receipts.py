"""What a recipient reads of the outbox, and the receipt it gives: list, carry out, acknowledge."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel as Door
from chengxin.jobs import facade as jobs
from chengxin.jobs.contracts import Message, Webhook
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.records.contracts import Answer, Change, Done, Duty, Owed
from chengxin.records.duties import why_not_carried_out
from chengxin.records.recall import answer_by_of
from chengxin.records.recipients import addresses_of

PURPOSE: Final = "correction"
RECEIPT: Final = "receipt+jws"


def list_outbox(
    actor: Actor, *, now: datetime, answered: bool = False, after: UUID | None = None, limit: int = 100
) -> Sequence[Message]:
    """Return what arrived for the recipient who asks, oldest first: what waits for its receipt, or all."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE):
        return jobs.list_feed(addresses_of(actor), answered=answered, after=after, limit=limit)


def list_owed(actor: Actor, *, now: datetime, limit: int = 100) -> list[Owed]:
    """Return what a body's staff still have to do about what the body received, the oldest first."""
    found = list_outbox(actor, now=now, limit=limit)
    return [_owed(message) for message in found if message.topic.startswith("record.")]


def acknowledge(message_id: UUID, *, done: Done, actor: Actor, now: datetime, statement: str = "") -> Answer:
    """Give the receipt (回执) of a message: once; the same one again is answered the same, another is refused.

    `statement` is the receipt as a program with a key of its own signs it: a compact JWS, kept for whoever it concerns.
    """
    _require(actor, now=now)
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE):
        message = jobs.get_received(message_id, recipients=addresses_of(actor))
        refuse_if(why_not_carried_out(Duty(orjson.loads(message.text)["do"]), done))
        if statement:
            refuse_if(_why_not_signed(statement, message=message, done=done, actor=actor))
        digest = _digest(message, done=done, actor=actor, now=now)
        if jobs.acknowledge(message_id, kind=done.value, digest=digest, now=now, statement=statement):
            _tell(message, actor=actor, now=now)
            return Answer(done=done, at=now, digest=digest)
        given = jobs.get_received(message_id, recipients=addresses_of(actor))
    if given.receipt_kind != done or given.receipt_at is None or given.receipt_digest is None:
        raise Refused(
            Refusal(
                code="O-ANSWERED",
                what="这条通知已经回执过，内容不同。",
                why="回执是凭证，写下以后不再改动。",
                next_step="如果情况有变，请联系作出更正的单位。",
            )
        )
    return Answer(done=done, at=given.receipt_at, digest=given.receipt_digest)


def set_webhook(url: str, *, actor: Actor, now: datetime) -> Webhook:
    """Set the address (回调地址) at which a program is called about what it received; each change is an event."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE):
        found = jobs.set_webhook(url, actor=actor, now=now)
        _administer("set_webhook", actor=actor, now=now)
    return found


def end_webhook(*, actor: Actor, now: datetime) -> None:
    """Call a program no longer."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE):
        jobs.end_webhook(actor=actor, now=now)
        _administer("end_webhook", actor=actor, now=now)


def get_webhook(*, actor: Actor, now: datetime) -> Webhook:
    """Return a program's own address, and the key by which it knows who calls."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE):
        return jobs.get_webhook(actor)


def _why_not_signed(statement: str, *, message: Message, done: Done, actor: Actor) -> Refusal | None:
    """Return why a statement is not this receipt under the key the program registered, or None."""
    client = access.find_client(UUID(actor.key.removeprefix("client:"))) if actor.has(Role.CLIENT) else None
    try:
        said = orjson.loads(crypto.open_by(client.public_key if client else b"", statement, kind=RECEIPT))
    except (crypto.NotSigned, orjson.JSONDecodeError):
        said = None
    if said == {"done": done.value, "message": str(message.id), "payload": message.digest.hex()}:
        return None
    return Refusal(
        code="O-STATEMENT",
        what="回执的签名核对不上。",
        why="签名的内容要是这条通知的编号、摘要和处理结果，并用这个客户端登记的公钥能够核对。",
        next_step="请核对密钥和所签的内容，或者不带签名回执。",
        field="statement",
    )


def _administer(what: str, *, actor: Actor, now: datetime) -> None:
    audit.record_event(
        Event(kind=Kind.ADMINISTER, actor=actor, at=now, purpose=PURPOSE, channel=Door.BODY, reference=what)
    )


def _owed(message: Message) -> Owed:
    told = orjson.loads(message.text)
    return Owed(
        message_id=message.id,
        record_id=UUID(told["record"]),
        item_code=told["item"],
        source_body=told["source"],
        version=told["version"],
        references=tuple(told["references"]),
        change=Change(told["change"]),
        duty=Duty(told["do"]),
        told_at=message.created_at,
        done=message.receipt_kind,
        answered_at=message.receipt_at,
        answer_by=answer_by_of(message),
    )


def _items_of(told: dict[str, Any]) -> tuple[str, ...]:
    return tuple(told["items"]) if "items" in told else (told["item"],)


def _require(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind="outbox", body=actor.body)
    access.require(actor, action="outbox.receive", resource=resource, purpose=PURPOSE, now=now)


def _digest(message: Message, *, done: Done, actor: Actor, now: datetime) -> bytes:
    said = {
        "at": now.isoformat(),
        "by": actor.key,
        "done": done.value,
        "message": str(message.id),
        "payload": message.digest.hex(),
    }
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).digest()


def _tell(message: Message, *, actor: Actor, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=Kind.RECEIPT,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Door.BODY,
            subject_id=message.subject_id,
            categories=_items_of(orjson.loads(message.text)),
            reference=message.reference,
        )
    )

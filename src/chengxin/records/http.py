"""The outbox of a registered program (更正通知): what to replace, mark, stop using or delete, and its receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from django.http import HttpRequest
from ninja import Query, Router, Status
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.kernel.clock import now
from chengxin.records import facade as records
from chengxin.records.contracts import Done
from chengxin.records.facade import no_records

router = Router(tags=["outbox"])
SCOPE = "outbox.receive"


class MessageOut(BaseModel):
    """One message: `payload` says what changed and what to do; `digest` is the SHA-256 of `text`, its exact bytes."""

    id: UUID
    topic: str
    created_at: datetime
    payload: dict[str, Any]
    text: str
    digest: str
    done: str
    receipt: str
    delivered_at: datetime | None
    attempts: int


class ReceiptIn(BaseModel):
    """What the recipient did.

    `statement` may be the same as a compact JWS (`typ` receipt+jws, EdDSA by the program's registered key) over
    `{"done", "message", "payload"}`, with the message's `digest` as payload.
    """

    model_config = ConfigDict(extra="forbid")

    done: Done
    statement: Annotated[str, Field(max_length=2000)] = ""


class ReceiptOut(BaseModel):
    """The receipt as it is kept, known by its SHA-256."""

    message: UUID
    done: Done
    at: datetime
    receipt: str


class WebhookIn(BaseModel):
    """Where to call: https, and no address inside a network of the platform."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(max_length=500)]


class WebhookOut(BaseModel):
    """Where the program is called, and the key (Standard Webhooks, Ed25519) that signs each call."""

    url: str
    set_at: datetime
    public_key: str


@router.get("/outbox", auth=access.client_auth(SCOPE), response=list[MessageOut], summary="Read your outbox")
@no_records
def outbox(
    request: HttpRequest,
    after: UUID | None = None,
    answered: bool = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[MessageOut]:
    """Answer with what waits for a receipt, oldest first; with `answered=true` also what has one.

    A program that is called (`/outbox/webhook`) finds here too what could not be delivered: `delivered_at` is null.
    `after` pages within one reading. Keep no cursor between readings: what waits is listed until it is answered.
    """
    actor = access.actor_of(request)
    found = records.list_outbox(actor, now=now(), answered=answered, after=after, limit=limit)
    return [
        MessageOut(
            id=one.id,
            topic=one.topic,
            created_at=one.created_at,
            payload=orjson.loads(one.text),
            text=one.text,
            digest=one.digest.hex(),
            done=one.receipt_kind,
            receipt=one.receipt_digest.hex() if one.receipt_digest else "",
            delivered_at=one.delivered_at,
            attempts=one.attempts,
        )
        for one in found
    ]


@router.post("/outbox/{message_id}/receipt", auth=access.client_auth(SCOPE), response=ReceiptOut, summary="Acknowledge")
@no_records
def receipt(request: HttpRequest, message_id: UUID, body: ReceiptIn) -> ReceiptOut:
    """Keep the receipt of a message; the same request again gives the same answer."""
    actor = access.actor_of(request)
    answer = records.acknowledge(message_id, done=body.done, actor=actor, now=now(), statement=body.statement)
    return ReceiptOut(message=message_id, done=answer.done, at=answer.at, receipt=answer.digest.hex())


@router.put("/outbox/webhook", auth=access.client_auth(SCOPE), response=WebhookOut, summary="Be called")
@no_records
def set_webhook(request: HttpRequest, body: WebhookIn) -> WebhookOut:
    """Call the program at this address about each message, besides the feed; answer 2xx within ten seconds."""
    found = records.set_webhook(body.url, actor=access.actor_of(request), now=now())
    return WebhookOut(url=found.url, set_at=found.set_at, public_key=found.public_key)


@router.get("/outbox/webhook", auth=access.client_auth(SCOPE), response=WebhookOut, summary="Where you are called")
@no_records
def webhook(request: HttpRequest) -> WebhookOut:
    """Answer with the program's own address."""
    found = records.get_webhook(actor=access.actor_of(request), now=now())
    return WebhookOut(url=found.url, set_at=found.set_at, public_key=found.public_key)


@router.delete("/outbox/webhook", auth=access.client_auth(SCOPE), response={204: None}, summary="Be called no longer")
@no_records
def end_webhook(request: HttpRequest) -> Status[None]:
    """End the address; the feed goes on."""
    records.end_webhook(actor=access.actor_of(request), now=now())
    return Status(204, None)

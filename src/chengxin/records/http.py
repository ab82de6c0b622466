"""The outbox of a registered program (更正通知): what to replace, mark, stop using or delete, and its receipts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, ConfigDict

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


class ReceiptIn(BaseModel):
    """What the recipient did."""

    model_config = ConfigDict(extra="forbid")

    done: Done


class ReceiptOut(BaseModel):
    """The receipt as it is kept, known by its SHA-256."""

    message: UUID
    done: Done
    at: datetime
    receipt: str


@router.get("/outbox", auth=access.client_auth(SCOPE), response=list[MessageOut], summary="Read your outbox")
@no_records
def outbox(
    request: HttpRequest,
    after: UUID | None = None,
    answered: bool = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> list[MessageOut]:
    """Answer with what waits for a receipt, oldest first; with `answered=true` also what has one.

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
        )
        for one in found
    ]


@router.post("/outbox/{message_id}/receipt", auth=access.client_auth(SCOPE), response=ReceiptOut, summary="Acknowledge")
@no_records
def receipt(request: HttpRequest, message_id: UUID, body: ReceiptIn) -> ReceiptOut:
    """Keep the receipt of a message; the same request again gives the same answer."""
    answer = records.acknowledge(message_id, done=body.done, actor=access.actor_of(request), now=now())
    return ReceiptOut(message=message_id, done=answer.done, at=answer.at, receipt=answer.digest.hex())

"""The API of this package: identity verification for registered clients."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access.facade import client_auth
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.subjects.contracts import Answer
from chengxin.subjects.verification import verify

SCOPE = "identity.verify"
router = Router(tags=["identity"])


class VerifyRequest(BaseModel):
    """What a client asks: whether a name and a number agree, and for which purpose."""

    model_config = ConfigDict(extra="forbid")

    kind: IdentifierKind = IdentifierKind.ID_NO
    number: Annotated[str, Field(min_length=4, max_length=60)]
    name: Annotated[str, Field(min_length=1, max_length=256)]
    purpose: Annotated[str, Field(min_length=1, max_length=60)]


class VerifyReply(BaseModel):
    """The answer: 一致, 不一致 or 无法核验; the last also when we may not say."""

    answer: Answer


@router.post("/identity/verify", auth=client_auth(SCOPE), response=VerifyReply, operation_id="verify_identity")
def verify_identity(request: HttpRequest, body: VerifyRequest) -> VerifyReply:
    """Tell whether a name and a number agree (身份核验)."""
    actor: Actor = request.chengxin_actor  # type: ignore[attr-defined]
    answer = verify(body.kind, number=body.number, name=body.name, actor=actor, purpose=body.purpose, now=now())
    return VerifyReply(answer=answer)

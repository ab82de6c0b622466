"""Requests for consent over the API: an institution asks, shows the code, and learns whether a consent was given."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.consents import facade as consents
from chengxin.consents.contracts import Held, Request
from chengxin.kernel.clock import now
from chengxin.kernel.identifiers import IdentifierKind, NumberFault, check_number, compact, upgrade_id_no
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.ui.facade import qr_code

router = Router(tags=["consents"])
SCOPE = "consent.request"


class RequestIn(BaseModel):
    """What is asked: `rule` is the code of a purpose rule, `items` may narrow it, `number` is whom it is for."""

    model_config = ConfigDict(extra="forbid")

    rule: Annotated[str, Field(min_length=1, max_length=60)]
    number: Annotated[str, Field(min_length=4, max_length=60)]
    reference: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[!-~]+$")]
    items: dict[str, list[str]] | None = None


class RequestOut(BaseModel):
    """A request: show `address` or its `qr` (SVG) to the person; `consent` once it was given."""

    id: UUID
    code: str
    address: str
    qr: str
    text: str
    items: dict[str, list[str]]
    answer_by: datetime
    consent: UUID | None = None
    artefact: str = ""
    records_from: date
    consent_until: datetime | None = None


@router.post("/consent-requests", auth=access.client_auth(SCOPE), response=RequestOut, summary="Ask for a consent")
def ask(request: HttpRequest, body: RequestIn) -> RequestOut:
    """Ask one person for one purpose; nobody is looked up, and nothing is told about anybody."""
    number = upgrade_id_no(compact(body.number))
    fault = check_number(number, kind=IdentifierKind.ID_NO)
    if fault is not NumberFault.NONE:
        raise Refused(Refusal(code=fault.code, what="{fault}。", field="number", values={"fault": fault.message}))
    asked = consents.ask(
        access.actor_of(request),
        rule=body.rule,
        number=number,
        reference=body.reference,
        items=body.items,
        now=now(),
    )
    return _out(request, asked)


@router.get(
    "/consent-requests/{request_id}", auth=access.client_auth(SCOPE), response=RequestOut, summary="Ask for the answer"
)
def answer(request: HttpRequest, request_id: UUID) -> RequestOut:
    """Answer with the consent, if one was given; a refusal and no answer look the same."""
    asked, held = consents.find_asked(access.actor_of(request), request_id, now=now())
    return _out(request, asked, held)


def _out(request: HttpRequest, asked: Request, held: Held | None = None) -> RequestOut:
    address = request.build_absolute_uri(reverse("consent_request", args=[asked.code]))
    drawn = io.BytesIO()
    qr_code(address).save(drawn, kind="svg", scale=4, xmldecl=False)
    return RequestOut(
        id=asked.id,
        code=asked.code,
        address=address,
        qr=drawn.getvalue().decode(),
        text=asked.text,
        items={item: list(names) for item, names in (held.item_fields if held else asked.item_fields).items()},
        answer_by=asked.answer_by,
        consent=held.id if held else None,
        artefact=held.artefact if held else "",
        records_from=asked.limits.look_back_from,
        consent_until=held.ends_at if held else None,
    )

"""Requests of one moment to match a batch, answered together (ADR 0113): what each gets alone at `POST /api/v1/screen`.

Programs are proven in one statement, so one that was suspended is refused at its next request here too. What is no
plain question of a proven program is left to the site, which says what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from pydantic import ValidationError

from chengxin.access import facade as access
from chengxin.access.contracts import Client
from chengxin.audit import facade as audit
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.matching import facade
from chengxin.matching.contracts import Asked
from chengxin.matching.http import SCOPE, ScreenIn, json_response
from chengxin.ui.facade import refusal_response

_ENTRY: Final = access.client_auth(SCOPE)


@dataclass(frozen=True, slots=True)
class _Wish:
    """A question whose program may ask it."""

    actor: Actor
    asked: Asked


def answer_together(requests: Sequence[HttpRequest], *, now: datetime) -> list[HttpResponse | Exception | None]:
    """Return what each request is answered, or why it failed, or None for one that the site answers.

    What an answer tells stands when this returns. What it raises goes to all who asked.
    """
    questions = [_question(request) for request in requests]
    clients = access.find_clients_by_header([request.headers.get("Authorization", "") for request in requests])
    tried = [_admitted(*one) for one in zip(requests, clients, questions, strict=True)]
    wishes = [one for one in tried if isinstance(one, _Wish)]
    told = iter(facade.screen_together([(one.actor, one.asked) for one in wishes], now=now) if wishes else ())
    return [
        _reply(request, next(told)) if isinstance(one, _Wish) else one
        for request, one in zip(requests, tried, strict=True)
    ]


def _question(request: HttpRequest) -> Asked | None:
    try:
        request.get_host()
        return ScreenIn.model_validate_json(request.body).asked()
    except (ValidationError, DisallowedHost, RequestDataTooBig):
        return None


def _admitted(request: HttpRequest, client: Client | None, asked: Asked | None) -> _Wish | HttpResponse | None:
    if client is None or asked is None:
        return None
    try:
        return _Wish(_ENTRY.admit(request, client), asked)
    except Refused as refused:
        return _refused(request, refused)


def _reply(request: HttpRequest, told: facade.Told | Exception) -> HttpResponse | Exception:
    if isinstance(told, Refused):
        return _refused(request, told)
    if isinstance(told, Exception):
        return told
    answer, receipts = told
    response = json_response(answer)
    response[audit.RECEIPT_HEADER] = audit.receipts_header(receipts)
    return response


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    with translation.override(translation.get_language_from_request(request)):
        return refusal_response(request, refused.refusal)

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


@dataclass(frozen=True, slots=True)
class Read:
    """Requests that were proven and compared, and whose answers wait for what is written of them."""

    requests: Sequence[HttpRequest]
    tried: Sequence[_Wish | HttpResponse | None]
    compared: facade.Compared

    def answers(self) -> list[HttpResponse | Exception | None]:
        """Return what each request is answered, or why it failed, or None for one that the site answers.

        What an answer tells stands when this returns. What it raises goes to all who asked.
        """
        told = iter(self.compared.told())
        return [
            _reply(request, next(told)) if isinstance(one, _Wish) else one
            for request, one in zip(self.requests, self.tried, strict=True)
        ]


def answer_together(requests: Sequence[HttpRequest], *, now: datetime) -> list[HttpResponse | Exception | None]:
    """Return the `answers` to requests that are read together."""
    return read_together(requests, now=now).answers()


def read_together(requests: Sequence[HttpRequest], *, now: datetime) -> Read:
    """Prove who asks and compare; nothing is written or said. What it raises goes to all who asked."""
    questions = [_question(request) for request in requests]
    clients = access.find_clients_by_header([request.headers.get("Authorization", "") for request in requests])
    tried = _admitted(requests, clients, questions)
    wishes = [(one.actor, one.asked) for one in tried if isinstance(one, _Wish)]
    return Read(requests, tried, facade.compared_together(wishes, now=now))


def _question(request: HttpRequest) -> Asked | None:
    try:
        request.get_host()
        return ScreenIn.model_validate_json(request.body).asked()
    except (ValidationError, DisallowedHost, RequestDataTooBig):
        return None


def _admitted(
    requests: Sequence[HttpRequest], clients: Sequence[Client | None], questions: Sequence[Asked | None]
) -> list[_Wish | HttpResponse | None]:
    """Return the question of each request that may be asked, what it is refused with, or None for one of the site's."""
    tried: list[_Wish | HttpResponse | None] = [None] * len(requests)
    known = [
        (place, client, asked)
        for place, (client, asked) in enumerate(zip(clients, questions, strict=True))
        if client is not None and asked is not None
    ]
    admitted = _ENTRY.admit_together([(requests[place], client) for place, client, _asked in known])
    for (place, _client, asked), one in zip(known, admitted, strict=True):
        tried[place] = _refused(requests[place], one) if isinstance(one, Refused) else _Wish(one, asked)
    return tried


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

"""Archives as JSON: plain views, because one's own archive is the hottest page of all."""

from __future__ import annotations

import orjson
from django.http import HttpRequest, HttpResponse

from chengxin.access import facade as access
from chengxin.access.contracts import UNKNOWN_CLIENT
from chengxin.archives import facade
from chengxin.archives.contracts import Archive, PublicSubject
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records.facade import outlet
from chengxin.ui.facade import problem_response

_PROGRAM = access.client_auth("record.read_public")


@outlet("self.archive")
def own_archive(request: HttpRequest) -> HttpResponse:
    """Answer with one's own archive."""
    return _json(facade.own_archive(access.actor_of(request), now=now()))


@outlet("public.subject")
def public_subject(request: HttpRequest, uscc: str) -> HttpResponse:
    """Answer with what is public of an operator; a registered program that says who it is will be told of changes."""
    if "Authorization" in request.headers and _PROGRAM(request) is None:
        return problem_response(UNKNOWN_CLIENT, 401)
    found = facade.find_public_subject(uscc, actor=access.actor_of(request), now=now())
    if found is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到这个主体。", next_step="请核对统一社会信用代码。"))
    return _json(found)


def _json(values: Archive | PublicSubject) -> HttpResponse:
    response = HttpResponse(orjson.dumps(values), content_type="application/json")
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response

"""The one API, version 1: each package brings its router; refusals leave as problem+json (RFC 9457)."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.renderers import BaseRenderer

from chengxin.access.contracts import UNKNOWN_CLIENT
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.ui.facade import error_refusal, problem_response, refusal_response

UNREADABLE = Refusal(
    code="API-BODY",
    what="请求的正文不是JSON。",
    why="这个地址只读JSON。",
    next_step="请用 Content-Type: application/json 发送一个JSON对象；字段见 /api/v1/openapi.json。",
)


class Json(BaseRenderer):
    """Write JSON with Chinese as it is, not escaped."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ANN401, ARG002
        """Return the bytes of a reply."""
        return orjson.dumps(data)


api = NinjaAPI(title="Chengxin", version="1.0.0", renderer=Json(), urls_namespace="api", docs_url=None)
api.add_router("/batches", "chengxin.intake.http.router")
api.add_router("", "chengxin.subjects.http.router")
api.add_router("", "chengxin.records.http.router")
api.add_router("", "chengxin.jobs.http.router")
api.add_router("", "chengxin.consents.http.router")
api.add_router("", "chengxin.inquiries.http.router")
api.add_router("/lists", "chengxin.lists.http.router")
api.add_router("", "chengxin.incentives.http.router")
api.add_router("", "chengxin.market.http.router")
api.add_router("", "chengxin.duties.http.router")
api.add_router("", "chengxin.reviews.http.router")
api.add_router("", "chengxin.leads.http.router")
api.add_router("", "chengxin.disputes.http.router")
api.add_router("", "chengxin.matching.http.router")
api.add_router("", "chengxin.matching.bulk_http.router")
api.add_router("", "chengxin.watches.http.router")
api.add_router("/log", "chengxin.audit.http.router")


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Answer with the refusal as it stands."""
    return refusal_response(request, error.refusal)


@api.exception_handler(HttpError)
@api.exception_handler(RawPostDataException)
def unreadable(_request: HttpRequest, error: Exception) -> HttpResponse:
    """Say how a body is to be written: what came is no JSON, or a form."""
    status = getattr(error, "status_code", 400)
    return problem_response(UNREADABLE if status == 400 else error_refusal(status), status)


@api.exception_handler(AuthenticationError)
def unknown_client(_request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Say that no registered client was proven, and nothing more."""
    return problem_response(UNKNOWN_CLIENT, 401)

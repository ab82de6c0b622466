"""The incentive feed over HTTP, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chengxin.incentives import facade
from chengxin.kernel.clock import now
from chengxin.records.facade import outlet

router = Router(tags=["incentives"])


@router.get("/public/incentive-list", summary="Enterprises held up as honest, signed", url_name="incentive_list")
@outlet("public.lists")
def incentive_list(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view is given one
    """Answer with signed lines: a JWS, then one enterprise per line, with why it is here. Good until its day ends.

    The first line says where `changes` of each list go on (`places`), and of every platform how it uses the feed, or
    that it published nothing (`usage`). The key is at `/api/v1/lists/key`.
    """
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(facade.feed(at=now()), content_type="application/x-ndjson; charset=utf-8", headers=headers)

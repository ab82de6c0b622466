"""A platform's own register of shops, and a merchant's own shops."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import display, facade, own
from chengxin.market.contracts import FILING
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import pager_of, private

PER_PAGE = 20


@no_records
@require_safe
def platform_shops(request: HttpRequest) -> HttpResponse:
    """Show a platform its shops, those to be verified again first."""
    at, actor = now(), _staff(request)
    with access.acting_for(actor, channel=Channel.BODY, purpose=FILING):
        found = facade.platform_of(actor, now=at)
    overdue = bool(request.GET.get("overdue"))
    counts = facade.count_shops(found.body, now=at)
    pager, offset = pager_of(request, total=counts.overdue if overdue else counts.shops, per_page=PER_PAGE)
    shops = facade.list_shops(found.body, now=at, overdue=overdue, limit=PER_PAGE, offset=offset)
    context = {
        "page": display.own_platform_page(found),
        "figures": display.platform_figures(counts),
        "tabs": display.shop_tabs(counts, overdue=overdue),
        "table": display.shops_table(shops, pager=pager, at=at),
        "workbench": "biz",
    }
    return private(render(request, "market/biz_platform.html", context))


@outlet("public.shops")
@require_safe
def own_shops(request: HttpRequest) -> HttpResponse:
    """Show a merchant its shops on every platform: what to do by when, who sees what, how to contest."""
    at, actor = now(), access.actor_of(request)
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用店铺的账户登录。"))
    shops = [own.own_shop(actor, facts, at=at) for facts in facade.list_own(actor, now=at)]
    context = {"page": display.own_page(), "shops": shops, "told": own.told(actor), "empty": display.no_shop()}
    return private(render(request, "market/own.html", context))


def _staff(request: HttpRequest) -> Actor:
    actor = access.actor_of(request)
    if not actor.body:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用平台的账户登录。"))
    return actor

"""The public rules of retention, and the list of what was destroyed for oversight."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.retention import display, facade
from chengxin.ui.facade import pager_of, private

PER_PAGE = 50


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show everybody what is kept how long and what happens then."""
    table = display.rules_table(facade.list_rules(), facade.count_destroyed(), on=legal_day(now()))
    return render(request, "retention/rules.html", {"page": display.rules_page(), "table": table})


@require_safe
def destructions(request: HttpRequest) -> HttpResponse:
    """List what was destroyed for the audit administrator."""
    actor = access.actor_of(request)
    if not actor.body:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用审计管理员的账户登录。"))
    _found, total = facade.list_destroyed(actor, now=now(), limit=1)
    pager, offset = pager_of(request, total=total, per_page=PER_PAGE)
    found, _total = facade.list_destroyed(actor, now=now(), limit=PER_PAGE, offset=offset)
    context = {"page": display.list_page(), "table": display.list_table(found, pager=pager), "workbench": "office"}
    return private(render(request, "retention/list.html", context))

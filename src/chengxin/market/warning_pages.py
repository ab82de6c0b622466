"""The public page of consumer warnings, and what a platform has to show or take off."""

from __future__ import annotations

from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access.facade import staff_of
from chengxin.jobs.contracts import Message
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lists import facade as lists
from chengxin.market import facade, warning_display
from chengxin.market.contracts import OnPlatform
from chengxin.market.forms import ReceiptForm
from chengxin.records import facade as records
from chengxin.records.contracts import Done
from chengxin.records.facade import outlet
from chengxin.ui.facade import pager_of, private

PER_PAGE = 20


@outlet("public.lists")
@require_safe
def warnings(request: HttpRequest) -> HttpResponse:
    """List whom buyers are warned of, read again from the lists, and how fast platforms follow."""
    at = now()
    pager, offset = pager_of(request, total=facade.count_warnings(), per_page=PER_PAGE)
    found = facade.list_warned(now=at, limit=PER_PAGE, offset=offset)
    told = facade.list_on_platforms([one.entry.id for one in found])
    context = {
        "page": warning_display.warnings_page(),
        "table": warning_display.warned_table(found, told, pager=pager, at=at),
        "promptness": warning_display.promptness_table(facade.list_promptness(now=at)),
    }
    return private(render(request, "market/warnings.html", context))


@outlet("public.lists")
def own_warnings(request: HttpRequest) -> HttpResponse:
    """Show a platform what it has to show or take off, and take its receipts."""
    actor, at = staff_of(request), now()
    waiting = _waiting(actor)
    if request.method == "POST":
        form = ReceiptForm(request.POST)
        chosen = form.cleaned_data["message"] if form.is_valid() else None
        found = next((message for message, _one in waiting if message.id == chosen), None)
        if found is None:
            raise Refused(Refusal(code="ABSENT", what="没有这条消息。", next_step="请从“消费警示”重新进入。"))
        done = Done.REPLACED if orjson.loads(found.text)["change"] == "warn" else Done.DELETED
        records.acknowledge(found.id, done=done, actor=actor, now=at)
        return redirect("own_warnings")
    shown = lists.list_shown([one.entry_id for _message, one in waiting], at=at)
    context = {
        "page": warning_display.own_warnings_page(),
        "rows": warning_display.own_rows(waiting, shown),
        "empty": warning_display.no_warnings(),
        "workbench": "biz",
    }
    return private(render(request, "market/own_warnings.html", context))


def _waiting(actor: Actor) -> list[tuple[Message, OnPlatform]]:
    """Return the messages about warnings that wait for the receipt of somebody's platform."""
    found = [one for one in records.list_outbox(actor, now=now(), limit=500) if one.topic == facade.TOPIC]
    known = [(one, facade.find_warning(UUID(orjson.loads(one.text)["warning"]))) for one in found]
    return [(message, one) for message, one in known if one is not None]

"""Looks withheld by law: the register of a body, its form, all that run for oversight, and the public counts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from chengxin.access import facade as access
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade
from chengxin.looks import restriction_display as display
from chengxin.looks.forms import RestrictionForm
from chengxin.records.facade import no_records
from chengxin.ui.facade import line_of, private


@no_records
def restrictions(request: HttpRequest) -> HttpResponse:
    """List what one's own body asked to withhold."""
    actor = access.actor_of(request)
    context = {
        "page": display.register_page(),
        "table": display.register_table(facade.list_restrictions(actor, now=now())),
        "may_ask": actor.has(Role.CLERK) or actor.has(Role.CASE_OFFICER),
    }
    return private(render(request, "looks/restrictions.html", context))


@no_records
@sensitive_post_parameters("number")
def new_restriction(request: HttpRequest) -> HttpResponse:
    """Take a request to withhold the looks of one case; another person approves it."""
    actor = access.actor_of(request)
    facade.list_restrictions(actor, now=now())
    form = RestrictionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            case = facade.register_restriction(actor, form.asked(), now=now())
        except Refused as refused:
            if refused.refusal.field not in form.fields:
                raise
            form.add_error(refused.refusal.field, line_of(refused.refusal))
        else:
            return redirect("casework_case", case_id=case.id)
    context = {"page": display.new_page(problems=bool(form.errors)), "form": form}
    return private(render(request, "looks/new_restriction.html", context, status=422 if form.errors else 200))


@no_records
def running(request: HttpRequest) -> HttpResponse:
    """Show oversight every restriction that runs."""
    found = facade.list_running(access.actor_of(request), now=now())
    context = {"page": display.running_page(), "table": display.running_table(found), "workbench": "office"}
    return private(render(request, "looks/restrictions.html", context))


@no_records
def counts(request: HttpRequest) -> HttpResponse:
    """Show everybody how many looks are withheld, on which grounds and for how long at most."""
    table = display.counts_table(facade.count_grounds(now=now()), on=legal_day(now()))
    return render(request, "looks/withheld_counts.html", {"page": display.counts_page(), "table": table})

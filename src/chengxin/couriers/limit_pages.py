"""The pages of what follows a list entry: of the authority, of who was asked, of the company itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.couriers import facade, limit_display
from chengxin.couriers.forms import AnswerForm, LimitForm
from chengxin.couriers.rules import ABSENT
from chengxin.database.contracts import Channel
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import private, say_on


@outlet("public.lists")
def limits(request: HttpRequest) -> HttpResponse:
    """Show an authority its matters and tasks, and propose what follows an entry that stands."""
    actor, at = access.staff_of(request), now()
    found = facade.list_limitable(now=at)
    offered = [(company.uscc, limit_display.offered_words(company, entry)) for company, entry in found]
    form = LimitForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        try:
            facade.propose_limit(actor, form.cleaned_data["uscc"], reasons=form.cleaned_data["reasons"], now=at)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("courier_limits")
    context = {
        "page": limit_display.limits_page(problems=bool(form.errors)),
        "cases": limit_display.cases_table(facade.list_limits(actor), at=at),
        "tasks": limit_display.tasks_table(facade.list_tasks(actor), at=at),
        "form": form if offered else None,
        "workbench": "reg",
    }
    return private(render(request, "couriers/limits.html", context, status=422 if form.errors else 200))


@no_records
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Show a platform the tasks it was asked, each with its receipt and whether its page was looked at."""
    context = {
        "page": limit_display.tasks_page(),
        "tasks": limit_display.tasks_table(facade.list_tasks(access.staff_of(request)), at=now()),
        "workbench": "biz",
    }
    return private(render(request, "couriers/tasks.html", context))


@no_records
@require_safe
def own_limits(request: HttpRequest) -> HttpResponse:
    """List the matters about the company somebody signs in for."""
    found = facade.list_own_limits(access.actor_of(request))
    context = {"page": limit_display.own_limits_page(), "table": limit_display.own_table(found, at=now())}
    return private(render(request, "couriers/own_limits.html", context))


@no_records
def own_limit(request: HttpRequest, number: str) -> HttpResponse:
    """Show a company one matter with its course and remedies, and let it explain."""
    actor, at = access.actor_of(request), now()
    case = next((one for one in facade.list_own_limits(actor) if one.number == number), None)
    if case is None:
        raise Refused(ABSENT)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.answer_limit(actor, case.id, words=form.cleaned_data["words"], now=at)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_courier_limit", number=number)
    with access.acting_for(actor.as_person(), channel=Channel.SELF, purpose="own_archive"):
        steps = casework.timeline(case.id, actor=actor)
    context = {
        "page": limit_display.own_limit_page(case, problems=bool(form.errors)),
        "facts": limit_display.own_facts(case, at=at),
        "steps": casework.timeline_steps(case, steps, actor=actor),
        "form": form if case.state == "proposed" else None,
    }
    return private(render(request, "couriers/own_limit.html", context, status=422 if form.errors else 200))

"""What everybody reads of inspections, and what a merchant reads of its own."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access.facade import actor_of
from chengxin.casework import facade as casework
from chengxin.inspections import display, facade
from chengxin.inspections.forms import RetestForm
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.reviews.facade import masked
from chengxin.ui.facade import pager_of, private, say_on

PER_PAGE = 20


@no_records
@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    """List the plans with what came of each."""
    pager, offset = pager_of(request, total=facade.count_plans(), per_page=PER_PAGE)
    plans = facade.list_plans(limit=PER_PAGE, offset=offset)
    counts = facade.tallies([one.id for one in plans])
    context = {"page": display.public_page(), "table": display.plans_table(plans, counts, pager=pager)}
    return render(request, "inspections/list.html", context)


@no_records
@require_safe
def inspection(request: HttpRequest, number: str) -> HttpResponse:
    """Show one plan: how shops were chosen, how to draw again, and the final results."""
    plan = facade.get_plan(number)
    context = {
        "page": display.plan_page(plan, desk=False),
        "facts": display.plan_facts(plan, facade.tallies([plan.id])[plan.id]),
        "draw": display.draw_facts(plan) if plan.members else (),
        "table": display.results_table(facade.list_published([plan.id])),
        "plan": plan,
    }
    return render(request, "inspections/plan.html", context)


@no_records
@require_safe
def population(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001 - Django gives it to every view
    """Return the shops that could be drawn, one a line, whose digest the plan names."""
    lines = "".join(f"{one}\n" for one in facade.get_plan(number).members)
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


@no_records
def own_inspection(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Show a merchant a result that was served, with its course, and take a request for a re-test."""
    actor, at = actor_of(request), now()
    own = facade.get_own(actor, sample_id)
    form = RetestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            words = masked(form.cleaned_data["words"])[0]
            casework.carry_out(own.case.id, verb="ask_retest", actor=actor.as_person(), now=at, reasons=words)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_inspection", sample_id=sample_id)
    until = own.sample.retest_until
    context = {
        "page": display.own_page(own.sample, own.case, problems=bool(form.errors)),
        "case": own.case,
        "facts": display.sample_facts(own.sample),
        "steps": casework.timeline_steps(own.case, own.steps, actor=actor),
        "papers": display.paper_titles(own.papers),
        "form": form,
        "may_ask": own.case.state == "told" and own.sample.finding and until and legal_day(at) <= until,
    }
    return private(render(request, "inspections/own.html", context, status=422 if form.errors else 200))

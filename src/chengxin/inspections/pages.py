"""The authority's desk: plans with their samples, and a form for each step of a sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.catalogue import facade as catalogue
from chengxin.determinations import facade as determinations
from chengxin.inspections import display, facade
from chengxin.inspections.forms import PlanForm, PurchaseForm, ReportForm, ServiceForm
from chengxin.inspections.sampling import ITEM
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import pager_of, private, say_on

PER_PAGE = 20
Enter = Callable[[Actor, UUID, Any, tuple[str, ...]], object]


def _buy(actor: Actor, sample_id: UUID, form: PurchaseForm, papers: tuple[str, ...]) -> None:
    facade.buy(actor, sample_id, form.purchase(), papers=papers, now=now())


def _report(actor: Actor, sample_id: UUID, form: ReportForm, papers: tuple[str, ...]) -> None:
    facade.report(actor, sample_id, form.found(), papers=papers, now=now())


def _tell(actor: Actor, sample_id: UUID, form: ServiceForm, papers: tuple[str, ...]) -> None:
    facade.tell(actor, sample_id, received_on=form.cleaned_data["received_on"], papers=papers, now=now())


def _retest(actor: Actor, sample_id: UUID, form: ReportForm, papers: tuple[str, ...]) -> None:
    found = form.found()
    facade.retest(actor, sample_id, found, papers=papers, reasons=found.finding, now=now())


STEPS: Final[Mapping[str, tuple[Any, type[forms.Form], Enter]]] = {
    "buy": (_("登记买样"), PurchaseForm, _buy),
    "report": (_("登记检验报告"), ReportForm, _report),
    "tell": (_("登记送达"), ServiceForm, _tell),
    "retest": (_("登记复检结论"), ReportForm, _retest),
}


@no_records
def desk(request: HttpRequest) -> HttpResponse:
    """List the plans of the viewer's authority, and draw the next one."""
    actor, at = access.staff_of(request), now()
    platforms = [(one.body, casework.body_name(one.body)) for one in market.list_platforms()]
    form = PlanForm(request.POST or None, platforms=platforms)
    if request.method == "POST" and form.is_valid():
        try:
            plan = facade.open_plan(actor, form.planned(), now=at)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("inspection_desk", number=plan.number)
    pager, offset = pager_of(request, total=facade.count_plans(actor.body), per_page=PER_PAGE)
    plans = facade.list_plans(limit=PER_PAGE, offset=offset, body=actor.body)
    counts = facade.tallies([one.id for one in plans])
    context = {
        "page": display.desk_page(problems=bool(form.errors)),
        "table": display.plans_table(plans, counts, pager=pager, desk=True),
        "form": form,
        "workbench": "reg",
    }
    return private(render(request, "inspections/desk.html", context, status=422 if form.errors else 200))


@no_records
@require_safe
def plan_desk(request: HttpRequest, number: str) -> HttpResponse:
    """Show one's own plan with its samples and what platforms answered."""
    actor, at = access.staff_of(request), now()
    plan = facade.get_plan(number)
    found = facade.list_samples(actor, plan, now=at)
    told = {one.id: facade.find_receipt(one) for one, _case in found}
    context = {
        "page": display.plan_page(plan, desk=True),
        "facts": display.plan_facts(plan, facade.tallies([plan.id])[plan.id]),
        "table": display.samples_table(found, {key: one for key, one in told.items() if one}, at=at),
        "plan": plan,
        "workbench": "reg",
    }
    return private(render(request, "inspections/plan_desk.html", context))


@no_records
def enter(request: HttpRequest, sample_id: UUID, step: str) -> HttpResponse:
    """Take what an officer enters about a sample."""
    actor = access.staff_of(request)
    sample = facade.get_sample(actor, sample_id, now=now())
    title, form_of, take = STEPS[step]
    form = form_of(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            take(actor, sample_id, form, casework.keep_papers(form.cleaned_data["papers"]))
        except Refused as refused:
            say_on(form, refused)
        else:
            entered = facade.get_sample(actor, sample_id, now=now())
            return redirect("casework_case", case_id=entered.result_case_id or entered.case_id)
    context = {
        "page": display.step_page(sample, str(title), problems=bool(form.errors)),
        "form": form,
        "workbench": "reg",
    }
    return private(render(request, "inspections/form.html", context, status=422 if form.errors else 200))


@no_records
def determination(request: HttpRequest, sample_id: UUID) -> HttpResponse:
    """Draft a determination from a final unqualified result."""
    actor, at = access.staff_of(request), now()
    sample = facade.get_sample(actor, sample_id, now=at)
    shop = market.get_shop(sample.shop_id)
    given = {
        "subject_name": shop.claimed_name,
        "uscc": shop.uscc,
        "platform_name": casework.body_name(shop.platform),
        "decision_facts": sample.finding,
    }
    asked = determinations.asked_fields(catalogue.get_item(ITEM, on=legal_day(at)))
    form = determinations.DraftForm(request.POST or None, asked=asked, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            found = facade.begin_determination(actor, sample_id, cells=form.cells(), now=at)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("determination", determination_id=found.id)
    context = {
        "page": display.determination_page(sample, problems=bool(form.errors)),
        "form": form,
        "workbench": "reg",
        "is_draft": True,
    }
    return private(render(request, "inspections/form.html", context, status=422 if form.errors else 200))

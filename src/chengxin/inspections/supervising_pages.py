"""Supervisors: who applies and reports, who appoints and gives out visits, and what everybody may know."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.inspections import facade, supervising_display
from chengxin.inspections.forms import ApplyForm, AssignForm, VisitForm
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
def supervisors(request: HttpRequest) -> HttpResponse:
    """Say what supervisors do; to whoever signed in show how to apply and their own visits."""
    actor = access.actor_of(request)
    is_citizen = actor.subject_id is not None and not actor.body
    regulators = [(one.code, casework.body_name(one.code)) for one in access.list_bodies() if _inspects(one.code)]
    form = ApplyForm(request.POST or None, bodies=regulators)
    if request.method == "POST" and form.is_valid():
        try:
            facade.apply(actor, body=form.cleaned_data["body"], words=form.cleaned_data["words"], now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("supervisors")
    own = facade.list_own_cases(actor) if is_citizen else []
    context = {
        "page": supervising_display.public_page(problems=bool(form.errors)),
        "table": supervising_display.own_table(own, at=now()) if is_citizen else None,
        "form": form
        if is_citizen and not any(one.procedure == "supervision" and not one.is_closed for one in own)
        else None,
    }
    return private(render(request, "inspections/supervisors.html", context, status=422 if form.errors else 200))


@no_records
def own_visit(request: HttpRequest, number: str) -> HttpResponse:
    """Show somebody their application or visit; take a report with its proof, or that they leave it."""
    actor = access.actor_of(request)
    case = facade.find_own_case(actor, number)
    form = VisitForm(request.POST or None, request.FILES or None)
    leave = request.POST.get("verb", "")
    if request.method == "POST" and (leave or form.is_valid()):
        try:
            if leave:
                casework.carry_out(case.id, verb=leave, actor=actor.as_person(), now=now())
            else:
                papers = casework.keep_papers(form.cleaned_data["papers"])
                facade.report_visit(actor, number, words=form.cleaned_data["words"], papers=papers, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_visit", number=number)
    steps = facade.own_course(actor, case)
    context = {
        "page": supervising_display.visit_page(case, problems=bool(form.errors)),
        "facts": supervising_display.visit_facts(case, at=now()),
        "steps": casework.timeline_steps(case, steps, actor=actor),
        "form": form if case.state == "assigned" else None,
        "leave": supervising_display.LEAVES.get((case.procedure, case.state)),
    }
    return private(render(request, "inspections/visit.html", context, status=422 if form.errors else 200))


@no_records
def desk(request: HttpRequest) -> HttpResponse:
    """List one's own supervisors and visits, and give out the next visit."""
    actor, at = access.staff_of(request), now()
    appointed = facade.list_supervisors(actor)
    form = AssignForm(
        request.POST or None,
        supervisors=[(str(one.id), one.number) for one in appointed if one.state == "appointed"],
        platforms=[(one.body, casework.body_name(one.body)) for one in market.list_platforms()],
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            facade.assign(
                actor,
                UUID(said["supervisor"]),
                platform=said["platform"],
                shop=said["shop"].strip(),
                words=said["words"],
                now=at,
            )
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("supervisors_desk")
    context = {
        "page": supervising_display.desk_page(problems=bool(form.errors)),
        "people": supervising_display.desk_table(appointed, at=at, caption=supervising_display.PEOPLE),
        "visits": supervising_display.desk_table(facade.list_visits(actor), at=at, caption=supervising_display.VISITS),
        "form": form,
        "workbench": "reg",
    }
    return private(render(request, "inspections/supervisors_desk.html", context, status=422 if form.errors else 200))


@no_records
@require_POST
def pass_on(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Make a lead of a report whose proof is whole."""
    facade.pass_on(access.staff_of(request), case_id, now=now())
    return redirect("casework_case", case_id=case_id)


def _inspects(code: str) -> bool:
    return "market" in access.get_body(code).fields_of_work

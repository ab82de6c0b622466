"""The pages of what authorities ask: of the authority, of the platform that was asked, of a merchant."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.duties import display, facade, sheet_display
from chengxin.duties.forms import DataForm, ProbeForm, SheetForm
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
def asking(request: HttpRequest, sheet: str) -> HttpResponse:
    """Show an authority what it asked by a form, and send the next one."""
    actor, declared = access.staff_of(request), facade.sheets()[sheet]
    platforms = [(one.body, casework.body_name(one.body)) for one in market.list_platforms()]
    bodies = [(one.code, casework.body_name(one.code)) for one in facade.competent_bodies(actor)]
    initial = {"source": request.GET.get("source", "")[:24]}
    follows = facade.list_asked(actor, declared.follows) if declared.follows else []
    form = SheetForm(
        request.POST or None,
        request.FILES or None,
        sheet=declared,
        platforms=platforms,
        bodies=bodies,
        sources=[(one.number, sheet_display.title_of_case(one)) for one in follows if not one.is_closed],
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            papers = casework.keep_papers(form.cleaned_data.get("papers") or ())
            facade.ask(actor, replace(form.asked(), papers=papers), now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect(declared.page)
    context = {
        "page": sheet_display.asking_page(declared, problems=bool(form.errors)),
        "table": sheet_display.cases_table(facade.list_asked(actor, sheet), at=now()),
        "heading": sheet_display.SEND_HEADING,
        "form": form,
        "workbench": "reg",
    }
    return private(render(request, "duties/form.html", context, status=422 if form.errors else 200))


@no_records
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    """Show everybody the special campaigns: how many were looked into, what was decided, how many were cleared."""
    found = facade.list_campaigns()
    context = {
        "page": sheet_display.campaigns_page(),
        "table": sheet_display.campaigns_table(found),
    }
    return render(request, "duties/notices.html", context)


@no_records
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Show a platform what it was asked for, by which document and until when."""
    actor = access.staff_of(request)
    found = [one for sheet in facade.sheets() for one in facade.list_asked(actor, sheet)]
    context = {
        "page": sheet_display.asked_page(),
        "table": sheet_display.cases_table(found, at=now()),
        "workbench": "biz",
    }
    return private(render(request, "duties/asked.html", context))


@no_records
def own_request(request: HttpRequest, number: str) -> HttpResponse:
    """Show a merchant a data request about its shop; take what it gives, or that the scope is not clear."""
    actor = access.actor_of(request)
    own = facade.find_own_asked(actor, number)
    form = DataForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        verb = request.POST.get("verb", "")
        try:
            papers = casework.keep_papers(form.cleaned_data["papers"])
            facade.answer_own(actor, number, verb=verb, words=form.cleaned_data["words"], papers=papers, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_data_request", number=number)
    context = {
        "page": sheet_display.own_page(own.case, problems=bool(form.errors)),
        "facts": sheet_display.own_facts(own.case, at=now()),
        "steps": casework.timeline_steps(own.case, own.steps, actor=actor),
        "receipt": sheet_display.receipt(own),
        "form": form,
        "verbs": sheet_display.own_verbs(own.case),
    }
    return private(render(request, "duties/own_request.html", context, status=422 if form.errors else 200))


@no_records
@require_safe
def self_check(request: HttpRequest) -> HttpResponse:
    """Show a platform the same facts the public sees of its duties, and what it has to do by when."""
    actor = access.staff_of(request)
    platform = market.get_platform(actor.body)
    asked_of_it = [one for sheet in facade.sheets() for one in facade.list_asked(actor, sheet) if not one.is_closed]
    context = {
        "page": sheet_display.self_check_page(),
        "table": display.scorecard_table(platform, facade.scorecard(platform, now=now())),
        "tasks": sheet_display.tasks(facade.list_owed(platform, now=now()), asked_of_it, at=now()),
        "workbench": "biz",
    }
    return private(render(request, "duties/self_check.html", context))


@no_records
def probe(request: HttpRequest) -> HttpResponse:
    """Let an officer write down what a test call found, then show it on the platform's page."""
    actor = access.staff_of(request)
    platforms = [(one.body, casework.body_name(one.body)) for one in market.list_platforms()]
    form = ProbeForm(request.POST or None, platforms=platforms)
    if request.method == "POST" and form.is_valid():
        try:
            facade.note_probe(actor, form.probe(), now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("platform", body=form.cleaned_data["platform"])
    context = {"page": display.probe_page(problems=bool(form.errors)), "form": form, "workbench": "reg"}
    return private(render(request, "duties/form.html", context, status=422 if form.errors else 200))

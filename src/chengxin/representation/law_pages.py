"""Acting by law on a phone, without scripts: apply, follow, speak up, arrange; and what the office reads."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.representation import display, facade
from chengxin.representation.contracts import Claim, Ground
from chengxin.representation.forms import ApplicationForm, PapersForm
from chengxin.ui.facade import line_of, private

_LOST = {"ABSENT", "SIGN_IN_REQUIRED"}


@sensitive_post_parameters("name", "number", "interest")
def apply(request: HttpRequest) -> HttpResponse:
    """Ask to act by law for a ward or a deceased relative."""
    actor = access.actor_of(request)
    form = ApplicationForm(request.POST or None, request.FILES or None, offices=facade.offices())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        document, relation = given.pop("document"), given.pop("relation")
        claim = Claim(**{**given, "ground": Ground(given["ground"])})
        try:
            number = facade.apply(actor, claim, document=document, relation=relation, now=now())
        except Refused as refused:
            if refused.refusal.code in _LOST:
                raise
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("representation_application", number=number)
    context = {
        "page": display.apply_page(problems=bool(form.errors)),
        "form": form,
        "days": facade.hearing_days(legal_day(now())),
    }
    return private(render(request, "representation/apply.html", context, status=422 if form.errors else 200))


def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show one's own application and its course; take papers that were asked for, or take it back."""
    actor = access.actor_of(request)
    form = PapersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "take_back":
                facade.take_back(actor, number, now=now())
            else:
                facade.supplement(actor, number, papers=form.cleaned_data["papers"], now=now())
        except Refused as refused:
            if refused.refusal.code in _LOST:
                raise
            form.add_error(None, line_of(refused.refusal))
        else:
            return redirect("representation_application", number=number)
    found, case, steps = facade.own_application(actor, number, now=now())
    context = {
        "page": display.application_page(found),
        "facts": display.application_facts(found, case),
        "steps": display.application_steps(case, steps, actor=actor),
        "case": case,
        "form": form,
        "wants_papers": case.state == "returned",
        "may_take_back": found.closed_at is None,
    }
    return private(render(request, "representation/application.html", context, status=422 if form.errors else 200))


@require_POST
def contest(request: HttpRequest, number: str) -> HttpResponse:
    """Say, as whom it is about, that it is not so."""
    facade.contest(access.actor_of(request), number, now=now())
    return redirect("representation")


def own_contest(request: HttpRequest, number: str) -> HttpResponse:
    """Show what came of saying that a registration is not so."""
    actor = access.actor_of(request)
    case, steps = facade.own_contest(actor, number, now=now())
    context = {
        "page": display.contest_page(case),
        "facts": display.contest_facts(case),
        "steps": display.application_steps(case, steps, actor=actor),
    }
    return private(render(request, "representation/application.html", context))


@require_POST
def arrange(request: HttpRequest) -> HttpResponse:
    """Arrange that no next of kin looks after one's file after death, or take it back."""
    facade.arrange(access.actor_of(request), closes=request.POST.get("closes") == "1", now=now())
    return redirect("representation")


def check(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show the office what an applicant wrote; both sides see the look."""
    found = facade.open_application(access.actor_of(request), case_id, now=now())
    context = {"page": display.check_page(found), "facts": display.check_facts(found), "case_id": case_id}
    return private(render(request, "representation/check.html", context))

"""A granting body's pages: its nominations, a new one, one with check, objections and review, letters and answers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chengxin.access.facade import staff_of
from chengxin.casework import facade as casework
from chengxin.honours import display, facade, words
from chengxin.honours.contracts import Letter, Outcome, Standing
from chengxin.honours.forms import NominateForm, ReplyForm, ReviewForm, VisitForm
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on

_AGREED = {"agreed", "noticed", "proposed"}


@no_records
def honours(request: HttpRequest) -> HttpResponse:
    """List the nominations of the viewer's body, the proposals it received, and what it may grant."""
    actor = staff_of(request)
    context = {
        "page": display.office_page(),
        "table": display.office_table(facade.list_of_body(actor, now=now()), on=legal_day(now())),
        "letters": _letters(facade.list_letters(actor, now=now())),
        "kinds": display.kind_links(facade.kinds_for(actor.body, now=now())),
    }
    return private(render(request, "honours/office_list.html", context))


@no_records
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Nominate somebody for one kind of honour."""
    actor, chosen = staff_of(request), facade.get_kind(kind)
    form = NominateForm(request.POST or None, asked=facade.asked_fields(chosen, on=legal_day(now())))
    if request.method == "POST" and form.is_valid():
        draft = facade.Draft(who=form.who(), story=form.cleaned_data["story"])
        try:
            nomination_id, _number = facade.nominate(actor, kind, draft, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("honour_nomination", honour_id=nomination_id)
    context = {"page": display.new_page(chosen, problems=bool(form.errors)), "form": form}
    return private(render(request, "honours/new.html", context, status=422 if form.errors else 200))


@no_records
def honour(request: HttpRequest, honour_id: UUID) -> HttpResponse:
    """Show one nomination with what the officer can do; its nominee sees this look."""
    return _page(request, honour_id, ReviewForm())


@no_records
@require_POST
def check(request: HttpRequest, honour_id: UUID) -> HttpResponse:
    """Check the nominee today."""
    facade.check(staff_of(request), honour_id, now=now())
    return redirect("honour_nomination", honour_id=honour_id)


@no_records
@require_POST
def visit(request: HttpRequest, honour_id: UUID) -> HttpResponse:
    """Record a check on site."""
    form = VisitForm(request.POST)
    if form.is_valid():
        try:
            facade.visit(staff_of(request), honour_id, found=form.cleaned_data["found"], now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("honour_nomination", honour_id=honour_id)
    return _page(request, honour_id, ReviewForm(), form)


@no_records
@require_POST
def review(request: HttpRequest, honour_id: UUID) -> HttpResponse:
    """Begin to look at an honour again, and go on in its case."""
    form = ReviewForm(request.POST)
    if form.is_valid():
        try:
            case = facade.begin_review(staff_of(request), honour_id, **form.cleaned_data, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("casework_case", case_id=case.id)
    return _page(request, honour_id, form)


@no_records
def reply(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """Answer a letter."""
    actor = staff_of(request)
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = Outcome(form.cleaned_data["outcome"])
        try:
            facade.reply(actor, letter_id, outcome=outcome, text=form.cleaned_data["reply"], now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("dept_honours")
    found = facade.get_letter(actor, letter_id, now=now())
    context = {"page": display.reply_page(found, problems=bool(form.errors)), "form": form, "letter": found}
    return private(render(request, "honours/reply.html", context, status=422 if form.errors else 200))


def _page(request: HttpRequest, honour_id: UUID, form: ReviewForm, visited: VisitForm | None = None) -> HttpResponse:
    actor = staff_of(request)
    course = facade.open_of_body(actor, honour_id, now=now())
    found, draft = course.found, course.draft
    acted = course.review if course.review is not None and not course.review.is_closed else course.case
    steps = course.steps if acted is course.case else course.review_steps
    name = draft.who.get("subject_name", "") if draft else ""
    shown = visited or form
    context = {
        "page": display.nomination_page(found, name=name, problems=bool(shown.errors)),
        "found": found,
        "facts": display.office_facts(found),
        "story": draft.story if draft else "",
        "state": casework.state_of(acted),
        "case_url": reverse("casework_case", args=[acted.id]),
        "may_check": course.case.state in _AGREED,
        "may_review": found.standing is Standing.AWARDED and acted is course.case,
        "letters": _letters(facade.list_letters(actor, nomination_id=found.id, now=now())),
        "form": shown,
        "review": form,
        "visit": (visited or VisitForm()) if _may_visit(course) else None,
        "steps": casework.timeline_steps(acted, steps, actor=actor),
    }
    return private(render(request, "honours/office_one.html", context, status=422 if shown.errors else 200))


def _may_visit(course: facade.Course) -> bool:
    return facade.get_kind(course.found.kind).needs_visit and course.case.state == "agreed"


def _letters(found: list[Letter]) -> list[dict[str, object]]:
    return [
        {
            "letter": one,
            "kind": words.title_of(facade.get_kind(one.kind)),
            "outcome": words.outcome_words(one.outcome),
            "from_body": casework.body_name(one.from_body) if one.from_body else "",
            "is_open": one.outcome is Outcome.WAITING,
        }
        for one in found
    ]

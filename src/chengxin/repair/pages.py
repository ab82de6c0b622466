"""One's own repairs: what can be repaired when, the checklist and form, the course of an application, its decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chengxin.access.facade import actor_of
from chengxin.files import facade as files
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.repair import course_display, display, facade
from chengxin.repair.contracts import Handed, Prospect
from chengxin.repair.forms import ApplicationForm, PapersForm, StatementForm
from chengxin.repair.rules import Paper
from chengxin.ui.facade import line_of, private

_DOORS = {"ABSENT", "SIGN_IN_REQUIRED"}


@outlet("self.archive")
def repairs(request: HttpRequest) -> HttpResponse:
    """Show each adverse line of the viewer with its earliest day, and the applications made."""
    actor = actor_of(request)
    found = facade.own_prospects(actor, now=now())
    made = facade.own_applications(actor, now=now())
    context = {
        "page": display.repairs_page(),
        "lines": display.prospect_tasks(found),
        "empty": display.nothing_to_repair(),
        "table": display.applications_table(made),
    }
    return private(render(request, "repair/repairs.html", context))


@outlet("self.archive")
def apply(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Show the checklist of one line with its dates, and take the application."""
    actor = actor_of(request)
    prospect = facade.own_prospect(actor, record_id, now=now())
    form = ApplicationForm(request.POST or None, request.FILES or None, papers=prospect.papers, whole=True)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            with handed(request, prospect.papers) as papers:
                number = facade.apply(
                    actor,
                    record_id,
                    papers=papers,
                    is_corrected=given["is_corrected"],
                    is_performed=given["is_performed"],
                    is_promised=given["is_promised"],
                    now=now(),
                )
        except Refused as refused:
            if refused.refusal.code in _DOORS:
                raise
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("repair_application", number=number)
    return private(render(request, "repair/apply.html", _apply_context(prospect, form), status=_status(form)))


@no_records
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show one application: where it stands, until when, what was decided; take papers and a statement."""
    actor = actor_of(request)
    more, statement = PapersForm(), StatementForm()
    if request.method == "POST":
        try:
            if "text" in request.POST:
                statement = StatementForm(request.POST)
                if statement.is_valid():
                    facade.answer_revocation(actor, number, text=statement.cleaned_data["text"], now=now())
                    return redirect("repair_application", number=number)
            else:
                more = PapersForm(request.POST, request.FILES)
                with handed(request, tuple(Paper)) as papers:
                    facade.supplement(actor, number, papers=papers, now=now())
                return redirect("repair_application", number=number)
        except Refused as refused:
            if refused.refusal.code in _DOORS:
                raise
            (more if more.is_bound else statement).add_error(None, line_of(refused.refusal))
    found = facade.own_course(actor, number, now=now())
    context = {
        **course_display.course_context(found, actor=actor, on=legal_day(now())),
        "form": more if more.is_bound else statement,
        "more": more,
        "statement": statement,
    }
    return private(render(request, "repair/application.html", context, status=_status(context["form"])))


@no_records
@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw an application."""
    facade.withdraw(actor_of(request), number, now=now())
    return redirect("repair_application", number=number)


@no_records
def decision(request: HttpRequest, number: str) -> HttpResponse:
    """Show decision and notice together as sheets of paper (两书同达)."""
    found = facade.own_course(actor_of(request), number, now=now())
    return private(render(request, "repair/decision.html", course_display.decision_context(found)))


@contextmanager
def handed(request: HttpRequest, papers: Sequence[Paper]) -> Iterator[list[Handed]]:
    """Land the files of a request for as long as the action takes."""
    with ExitStack() as stack:
        found = [(paper, request.FILES.get(paper.value)) for paper in papers]
        yield [
            Handed(kind=paper, path=stack.enter_context(files.landed(file.chunks())))
            for paper, file in found
            if isinstance(file, UploadedFile)
        ]


def _apply_context(prospect: Prospect, form: ApplicationForm) -> dict[str, object]:
    return {
        "page": display.apply_page(prospect, problems=bool(form.errors)),
        "tasks": display.checklist(prospect, on=legal_day(now())),
        "facts": display.prospect_facts(prospect),
        "advice": display.advice_words(prospect.advice),
        "counts": display.shown_counts(prospect.advice.earliest.counts),
        "refusal": display.refusal_words(prospect.refusal),
        "links": display.law_links(prospect.refusal),
        "open_number": prospect.open_number,
        "form": form,
    }


def _status(form: object) -> int:
    return 422 if getattr(form, "errors", None) else 200

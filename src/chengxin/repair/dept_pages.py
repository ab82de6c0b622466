"""The page of an application for the body that decides: the line, the papers, the way to decide, a doubtful promise."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import actor_of
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.repair import dept_display, facade
from chengxin.repair.forms import QuestionForm
from chengxin.ui.facade import line_of, private


@outlet("body.repair")
def handling(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Show an application to the body that decides; take the start of a revocation."""
    actor = actor_of(request)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.question_promise(actor, application_id, reasons=form.cleaned_data["reasons"], now=now())
        except Refused as refused:
            if refused.refusal.code == "ABSENT":
                raise
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("repair_handling", application_id=application_id)
    found = facade.open_application(actor, application_id, now=now())
    context = {
        **dept_display.handling_context(found, actor=actor, on=legal_day(now()), problems=bool(form.errors)),
        "form": form,
    }
    return private(render(request, "repair/handling.html", context, status=422 if form.errors else 200))


@no_records
def paper(request: HttpRequest, application_id: UUID, paper_id: UUID) -> HttpResponse:
    """Give one paper to whoever handles the application; the opening is written down."""
    found, content = facade.open_paper(actor_of(request), application_id, paper_id, now=now())
    response = HttpResponse(content, content_type=found.media)
    suffix = found.media.partition("/")[2]
    response["Content-Disposition"] = f'inline; filename="paper-{found.kind.value}.{suffix}"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)

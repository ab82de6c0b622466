"""The counter of a service hall: one form, one visit, one print. The clerk's screen shows nothing of the file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.archives import facade, hall_display
from chengxin.archives.contracts import DocumentKind
from chengxin.archives.forms import CounterForm
from chengxin.archives.hall import Claim
from chengxin.archives.pages import private
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import line_of, status_of


@no_records
@sensitive_post_parameters("name", "number")
def hall(request: HttpRequest) -> HttpResponse:
    """Take who stands at the counter, and make their report."""
    actor = access.actor_of(request)
    facade.may_serve(actor, now=now())
    form = CounterForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                visit_id = _serve(request, actor, form)
            except Refused as refused:
                status = status_of(refused.refusal)
                form.add_error(refused.refusal.field or None, line_of(refused.refusal))
            else:
                return redirect("hall_visit", visit_id)
    context = {"page": hall_display.hall_page(), "form": form}
    return private(render(request, "archives/hall.html", context, status=status))


@no_records
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Show the code of a visit, and the one download while it is open."""
    found = facade.get_visit(access.actor_of(request), visit_id, now=now())
    context = {"page": hall_display.visit_page(found), "visit": found, "facts": hall_display.visit_facts(found)}
    return private(render(request, "archives/visit.html", context))


@outlet("counter.report")
@require_POST
def download(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Give the report of a visit as PDF, once."""
    opened = facade.hand_out(access.actor_of(request), visit_id, now=now())
    response = HttpResponse(facade.report_pdf(opened.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="report-{opened.report.code}.pdf"'
    return private(response)


def _serve(request: HttpRequest, actor: Actor, form: CounterForm) -> UUID:
    given = form.cleaned_data
    claim = Claim(
        name=given["name"],
        number=given["number"],
        document=DocumentKind(given["document"]),
        is_present=given["is_present"],
    )
    return facade.serve(
        actor,
        claim,
        now=now(),
        address_of=lambda code: request.build_absolute_uri(reverse("verify_code", args=[code])),
    )

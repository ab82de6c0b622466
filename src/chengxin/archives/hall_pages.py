"""The counter of a service hall: one form, one visit, one print. The clerk's screen shows nothing of the file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.archives import facade, hall_display
from chengxin.archives.contracts import DocumentKind
from chengxin.archives.forms import CounterForm, FilingForm, MandateForm
from chengxin.archives.hall import Claim
from chengxin.archives.mandates import Mandate
from chengxin.files import facade as files
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.representation import facade as representation
from chengxin.ui.facade import Page, line_of, private, status_of


@no_records
@sensitive_post_parameters("name", "number")
def hall(request: HttpRequest) -> HttpResponse:
    """Take who stands at the counter, and make their report."""
    form = CounterForm(request.POST or None)
    return _answer(request, form, template="archives/hall.html", page=hall_display.hall_page())


@no_records
@sensitive_post_parameters("name", "number", "letter_number", "representative_name", "representative_number")
def representative(request: HttpRequest) -> HttpResponse:
    """Take a representative with a letter, and make the report of whom they represent."""
    form = MandateForm(request.POST or None, request.FILES or None)
    return _answer(request, form, template="archives/representative.html", page=hall_display.representative_page())


@no_records
@sensitive_post_parameters("name", "number")
def filing(request: HttpRequest) -> HttpResponse:
    """Take who stands at the counter, and fill in for them from here on."""
    actor, form, status = access.actor_of(request), FilingForm(request.POST or None), 200
    facade.may_file(actor, now=now())
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                mandate = facade.begin_filing(actor, _claim(given), now=now())
            except Refused as refused:
                status = status_of(refused.refusal)
                form.add_error(refused.refusal.field or None, line_of(refused.refusal))
            else:
                addresses = {"receipt_url": reverse("hall_receipt"), "back_url": reverse("hall_filing")}
                representation.choose(request, mandate, name=given["name"], **addresses)
                return redirect("archive")
    context = {"page": hall_display.filing_page(), "form": form}
    return private(render(request, "archives/filing.html", context, status=status))


@no_records
def receipt(request: HttpRequest) -> HttpResponse:
    """Print what was filed for the person before the clerk."""
    filed = facade.list_filed(access.actor_of(request), now=now())
    name = request.represented.name  # type: ignore[attr-defined]
    context = {"page": hall_display.receipt_page(name), "receipts": hall_display.receipt_sheets(filed)}
    return private(render(request, "archives/receipt.html", context))


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


def _answer(request: HttpRequest, form: CounterForm, *, template: str, page: Page) -> HttpResponse:
    actor = access.actor_of(request)
    facade.may_serve(actor, now=now())
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect("hall_visit", _serve(request, actor, form.cleaned_data))
            except Refused as refused:
                status = status_of(refused.refusal)
                form.add_error(refused.refusal.field or None, line_of(refused.refusal))
    return private(render(request, template, {"page": page, "form": form}, status=status))


def _serve(request: HttpRequest, actor: Actor, given: dict[str, Any]) -> UUID:
    def address_of(code: str) -> str:
        return request.build_absolute_uri(reverse("verify_code", args=[code]))

    claim = _claim(given)
    if "letter" not in given:
        return facade.serve(actor, claim, now=now(), address_of=address_of)
    with files.landed(given["letter"].chunks()) as scan:
        mandate = Mandate(
            name=given["representative_name"],
            number=given["representative_number"],
            letter_number=given["letter_number"],
            signed_on=given["signed_on"],
            scan=scan,
        )
        return facade.serve(actor, replace(claim, mandate=mandate), now=now(), address_of=address_of)


def _claim(given: dict[str, Any]) -> Claim:
    return Claim(
        name=given["name"],
        number=given["number"],
        document=DocumentKind(given["document"]),
        is_present=given["is_present"],
    )

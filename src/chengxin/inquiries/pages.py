"""Statutory queries for organs; the register of institutions for the office and for everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.consents import facade as consents
from chengxin.inquiries import display, facade
from chengxin.inquiries.contracts import Found, Person, Procedure
from chengxin.inquiries.forms import ChecksForm, GrantForm, StatutoryForm, SuspendForm
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import line_of, private


@no_records
def statutory_queries(request: HttpRequest) -> HttpResponse:
    """List the statutory queries of the viewer's organ."""
    actor = access.actor_of(request)
    found = facade.list_queries(actor, now=now())
    context = {
        "page": display.queries_page(),
        "table": display.queries_table(found),
        "may_ask": actor.has(Role.CLERK),
    }
    return private(render(request, "inquiries/queries.html", context))


@no_records
@sensitive_post_parameters("persons")
def new_statutory_query(request: HttpRequest) -> HttpResponse:
    """Take a statutory query; it waits for a second person."""
    form = StatutoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("statutory_query", _request(request, form.cleaned_data))
        except Refused as refused:
            field = refused.refusal.field
            form.add_error(field if field in form.fields else "persons", line_of(refused.refusal))
    context = {"page": display.new_page(), "form": form}
    return private(render(request, "inquiries/new.html", context, status=422 if form.errors else 200))


@outlet("query.statutory")
def statutory_query(request: HttpRequest, query_id: UUID) -> HttpResponse:
    """Show a statutory query; a POST of its organ reads the facts, which each person sees."""
    actor = access.actor_of(request)
    found: list[Found] = facade.read_facts(actor, query_id, now=now()) if request.method == "POST" else []
    asked = facade.get_query(actor, query_id, now=now())
    context = {
        "page": display.query_page(asked),
        "asked": asked,
        "facts": display.query_facts(asked),
        "tables": display.found_tables(found),
        "may_read": asked.approved_at is not None and not found,
        "form": ChecksForm(),
        "may_decide": asked.state == "submitted" and actor.has(Role.APPROVER),
    }
    return private(render(request, "inquiries/query.html", context))


@no_records
@require_POST
def decide_statutory_query(request: HttpRequest, query_id: UUID) -> HttpResponse:
    """Approve or return a statutory query as the second person."""
    actor = access.actor_of(request)
    asked = facade.get_query(actor, query_id, now=now())
    verb = "approve" if request.POST.get("verb") == "approve" else "return"
    casework.carry_out(asked.case_id, verb=verb, actor=actor, reasons=request.POST.get("reasons", ""), now=now())
    return redirect("statutory_query", query_id)


@no_records
def grants(request: HttpRequest) -> HttpResponse:
    """Show the register of institutions to the credit office, and take a new one."""
    actor = access.actor_of(request)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            consents.register(actor, now=now(), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, line_of(refused.refusal))
        except LookupError:
            form.add_error("body", display.no_body())
        else:
            return redirect("grants")
    registered = facade.list_registered(actor, now=now())
    context = {
        "page": display.grants_page(),
        "form": form,
        "cards": [
            display.grant_card(one) | {"form": SuspendForm(auto_id=f"grant-{one.grant.id}-%s")} for one in registered
        ],
    }
    return private(render(request, "inquiries/grants.html", context, status=422 if form.errors else 200))


@no_records
@require_POST
def change_grant(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Suspend, resume or note the audit of a registration."""
    actor = access.actor_of(request)
    match request.POST.get("verb"):
        case "suspend":
            consents.suspend(actor, grant_id, because=request.POST.get("because", ""), now=now())
        case "resume":
            consents.resume(actor, grant_id, now=now())
        case "audit":
            consents.note_audit(actor, grant_id, now=now())
    return redirect("grants")


@no_records
def grantees(request: HttpRequest) -> HttpResponse:
    """Show everybody which institutions are registered for what."""
    table = display.grantees_table(facade.list_grantees(now=now()))
    return render(request, "inquiries/grantees.html", {"page": display.grantees_page(), "table": table})


@no_records
def financial_credit(request: HttpRequest) -> HttpResponse:
    """Say where financial credit reports are, and where to complain; the platform neither keeps nor fetches them."""
    return render(request, "inquiries/financial_credit.html", {"page": display.financial_page()})


def _request(request: HttpRequest, given: dict[str, Any]) -> UUID:
    lines = [line.split(None) for line in given["persons"].splitlines() if line.strip()]
    persons = [Person(name="".join(parts[:-1]), number=parts[-1]) for parts in lines]
    return facade.request(
        access.actor_of(request),
        rule=given["rule"],
        basis=given["basis"],
        procedure=Procedure(
            number=given["procedure_number"],
            announced_on=given["announced_on"],
            address=given["announced_at"],
            announced_count=given["announced_count"],
            matter=given["matter"],
        ),
        persons=persons,
        now=now(),
    )

"""The authority's list of leads, the draft that follows one, and what a merchant is asked to explain."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.determinations import facade as determinations
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.leads import display, facade
from chengxin.leads.forms import AnswerForm
from chengxin.leads.taking import ITEM
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import pager_of, private, say_on

PER_PAGE = 20


@no_records
@require_safe
def leads(request: HttpRequest, field: str = "") -> HttpResponse:
    """List the leads of the viewer's authority: the open ones by the nearest deadline, or those that ended.

    With a field of work the page is for the authorities of that field alone, such as customs (跨境三单).
    """
    actor, at = access.staff_of(request), now()
    if field and field not in access.get_body(actor.body).fields_of_work:
        raise Refused(facade.absent())
    is_open = not request.GET.get("ended")
    counts = facade.count_of_body(actor, now=at)
    pager, offset = pager_of(request, total=counts[0] if is_open else counts[1], per_page=PER_PAGE)
    found = facade.list_of_body(actor, now=at, is_open=is_open, limit=PER_PAGE, offset=offset)
    context = {
        "page": display.list_page(field),
        "tabs": display.tabs(counts, field=field, is_open=is_open),
        "table": display.leads_table(found, pager=pager, at=at),
        "precision": display.precision_table(facade.list_precision(actor, now=at)),
        "workbench": "reg",
    }
    return private(render(request, "leads/leads.html", context))


@no_records
def determination(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """Draft a determination from a lead that was founded."""
    actor, at = access.staff_of(request), now()
    lead = facade.get_for_handler(actor, lead_id, now=at)
    shop = market.get_shop(lead.shop_id)
    item = catalogue.get_item(ITEM, on=legal_day(at))
    given = {"subject_name": shop.claimed_name, "uscc": shop.uscc, "platform_name": display.platform_name(shop)}
    form = determinations.DraftForm(request.POST or None, asked=determinations.asked_fields(item), initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            found = facade.begin_determination(actor, lead_id, cells=form.cells(), now=at)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("determination", determination_id=found.id)
    context = {
        "page": display.determination_page(lead, problems=bool(form.errors)),
        "form": form,
        "workbench": "reg",
    }
    return private(render(request, "leads/determination.html", context, status=422 if form.errors else 200))


@no_records
@require_safe
def own_leads(request: HttpRequest) -> HttpResponse:
    """List what a merchant is asked to explain."""
    found = facade.list_own(access.actor_of(request), now=now())
    return private(
        render(request, "leads/own_leads.html", {"page": display.own_page(), "table": display.own_table(found)})
    )


@no_records
def own_lead(request: HttpRequest, lead_id: UUID) -> HttpResponse:
    """Show a merchant what was found, and take the explanation."""
    actor, at = access.actor_of(request), now()
    lead, held, answers = facade.get_own(actor, lead_id, now=at)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.answer(actor, lead_id, text=form.cleaned_data["text"], now=at)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_lead", lead_id=lead_id)
    context = {
        "page": display.own_lead_page(lead, problems=bool(form.errors)),
        "facts": display.own_facts(lead),
        "findings": display.findings_table(held, counts_accounts=False),
        "papers": display.papers_table(held),
        "clears": display.clears(held),
        "answers": display.answer_steps(answers),
        "form": form,
        "is_harmed": lead.is_harmed,
        "may_answer": lead.answer_by is not None and not lead.outcome and legal_day(at) <= lead.answer_by,
    }
    return private(render(request, "leads/own_lead.html", context, status=422 if form.errors else 200))

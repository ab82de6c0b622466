"""The shelf for enterprises: products in plain words, the package looked at field by field, sent, answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chengxin.access import facade as access
from chengxin.inquiries import shelf as facade
from chengxin.inquiries import shelf_display as display
from chengxin.inquiries.forms import PackageForm
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import private, say_on

_METHODS = "account_authentication_methods"


@no_records
def shelf(request: HttpRequest) -> HttpResponse:
    """Show the products, and what one's own subject sent with the answers."""
    actor, at = access.actor_of(request), now()
    sent = facade.list_sent(actor, now=at) if actor.subject_id else []
    context = {
        "page": display.shelf_page(),
        "table": display.products_table(facade.on_shelf(now=at)),
        "sent": display.sent_table(sent),
        "is_own": actor.subject_id is not None,
        "was_sent": "sent" in request.GET,
    }
    return private(render(request, "inquiries/shelf.html", context))


@outlet("self.archive")
def product(request: HttpRequest, code: str) -> HttpResponse:
    """Show a product, let its applicant tick, look at exactly what would go, and send it."""
    actor, at = access.actor_of(request), now()
    found = facade.get_product(code, now=at)
    form = PackageForm(request.POST or None, choices=display.choices(found))
    facts = None
    if request.method == "POST" and form.is_valid():
        items = form.cleaned_data["items"]
        try:
            if request.POST.get("press") == "send":
                facade.send(actor, found, items, authenticated=_authenticated(request), now=at)
                return redirect(f"{reverse('finance_shelf')}?sent=1#sent")
            facts = facade.look_at(actor, found, items, now=at)
        except Refused as refused:
            say_on(form, refused)
    context = {
        "page": display.product_page(found, problems=bool(form.errors)),
        "conditions": display.conditions(found),
        "summary": display.product_facts(found, at=at),
        "form": form,
        "fields": display.package_tables(facts) if facts is not None else None,
        "ticked": form.cleaned_data["items"] if facts else [],
    }
    return private(render(request, "inquiries/product.html", context, status=422 if form.errors else 200))


def _authenticated(request: HttpRequest) -> list[str]:
    """Return by what the applicant signed in, as evidence in the artefact."""
    return [str(done.get("method", "")) for done in request.session.get(_METHODS, [])] or ["session"]

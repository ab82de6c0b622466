"""The pages of data-cooperation agreements: published for everybody, managed by the credit office."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chengxin.access import facade as access
from chengxin.consents import agreement_display as display
from chengxin.consents import facade
from chengxin.consents.forms import AgreementForm
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.ui.facade import private, say_on


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Show which partner receives which fields, for what, on which articles and until when."""
    cards = display.agreement_cards(facade.list_agreements(), at=now())
    context = {"page": display.public_page(), "cards": cards, "empty": display.no_agreements()}
    return render(request, "consents/agreements.html", context)


def managed(request: HttpRequest) -> HttpResponse:
    """Show the office every agreement with its drafts, and draft the next one."""
    actor = access.staff_of(request)
    form = AgreementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.draft_agreement(actor, form.terms(), now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("manage_agreements")
    context = {
        "page": display.office_page(problems=bool(form.errors)),
        "cards": display.agreement_cards(facade.list_agreements(drafts=True), at=now(), manages=True),
        "form": form,
        "workbench": "office",
    }
    return private(render(request, "consents/manage_agreements.html", context, status=422 if form.errors else 200))


@require_POST
def change(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Approve an agreement, or stop it."""
    actor = access.staff_of(request)
    if request.POST.get("verb") == "approve":
        facade.approve_agreement(actor, agreement_id, now=now())
    else:
        because = request.POST.get(f"{agreement_id}-because", "")
        facade.stop_agreement(actor, agreement_id, because=because, now=now())
    return redirect("manage_agreements")

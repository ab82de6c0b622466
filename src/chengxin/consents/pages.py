"""One's own consents and the screen on which one is asked; everything works without scripts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.consents import display, facade
from chengxin.consents.forms import CodeForm, ConsentForm
from chengxin.kernel.clock import now
from chengxin.kernel.codes import read_code
from chengxin.kernel.refusal import Refused
from chengxin.ui.facade import asked_in, line_of, moment, private

_METHODS = "account_authentication_methods"


def consents(request: HttpRequest) -> HttpResponse:
    """Show what stands, who used it when, and let the person withdraw or type a code."""
    form = CodeForm(asked_in(request.GET, "code"))
    if form.is_bound and form.is_valid():
        if code := read_code(form.cleaned_data["code"]):
            return redirect("consent_request", code)
        form.add_error("code", display.no_code())
    held = facade.list_consents(access.actor_of(request), now=now())
    since = facade.frozen_since(access.actor_of(request), now=now())
    context = {
        "frozen_since": moment(since) if since else "",
        "page": display.consents_page(held),
        "form": form,
        "cards": display.cards(held),
        "empty": display.nothing_given(),
        "withdrawn": request.GET.get("withdrawn") == "1",
    }
    return private(render(request, "consents/consents.html", context, status=422 if form.errors else 200))


def request_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an institution asks, in plain words, and take the answer; a refusal writes nothing."""
    actor = access.actor_of(request)
    asked = facade.find_request(actor, code, now=now())
    form = ConsentForm(request.POST or None, choices=display.choices(asked))
    if request.method == "POST":
        if request.POST.get("answer") != "agree":
            return redirect("consent_declined")
        if form.is_valid():
            try:
                consent_id = facade.give(
                    actor,
                    code,
                    items=form.cleaned_data["items"],
                    authenticated=_authenticated(request),
                    now=now(),
                )
            except Refused as refused:
                if refused.refusal.field != "items":
                    raise
                form.add_error("items", line_of(refused.refusal))
            else:
                return redirect(f"{reverse('consents')}#consent-{consent_id}")
    context = {"page": display.request_page(asked), "asked": display.asked(asked), "form": form}
    return private(render(request, "consents/request.html", context, status=422 if form.errors else 200))


def declined(request: HttpRequest) -> HttpResponse:
    """Say that nothing was given and that nothing was written down."""
    return private(render(request, "consents/declined.html", {"page": display.declined_page()}))


@require_POST
def freeze(request: HttpRequest) -> HttpResponse:
    """Let all one's consents rest, or work again."""
    actor = access.actor_of(request)
    if request.POST.get("act") == "lift":
        facade.lift_freeze(actor, now=now())
    else:
        facade.freeze(actor, now=now())
    return redirect(f"{reverse('consents')}#freeze")


@require_POST
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take a consent back in one tap."""
    facade.withdraw(access.actor_of(request), consent_id, now=now())
    return redirect(f"{reverse('consents')}?withdrawn=1#consent-{consent_id}")


def _authenticated(request: HttpRequest) -> list[str]:
    """Return by what the person signed in, as evidence in the artefact."""
    return [str(done.get("method", "")) for done in request.session.get(_METHODS, [])] or ["session"]

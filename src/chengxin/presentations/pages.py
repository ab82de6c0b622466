"""本人出示 on a phone, without scripts: choose, hand over a code, see who opened it, take it back; and open one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.presentations import display, facade
from chengxin.presentations.contracts import Standing
from chengxin.presentations.forms import CodeForm, PresentationForm
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import line_of, private, qr_of


@no_records
def presentations(request: HttpRequest) -> HttpResponse:
    """List what the viewer has shown, with every opening."""
    found = facade.list_own(access.actor_of(request), now=now())
    shown = [
        {
            "one": one,
            "facts": display.facts_of(one),
            "state": display.state_of(one.standing(now())),
            "is_open": one.standing(now()) is Standing.OPEN,
            "openings": [display.opening_words(look) for look in openings],
        }
        for one, openings in found
    ]
    context = {"page": display.list_page(), "shown": shown, "empty": display.nothing_shown()}
    return private(render(request, "presentations/presentations.html", context))


@no_records
def new(request: HttpRequest) -> HttpResponse:
    """Let the viewer choose what to show, and give the code once."""
    actor = access.actor_of(request)
    form = PresentationForm(request.POST or None, offered=facade.offer(actor, now=now()))
    if request.method == "POST" and form.is_valid():
        try:
            code, made = facade.make(actor, form.wanted(), now=now())
        except Refused as refused:
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            address = request.build_absolute_uri(reverse("verify_shown_code", args=[code]))
            context = {"page": display.made_page(), "code": code, "address": address, "qr": qr_of(address)}
            context["facts"] = display.facts_of(made)
            return private(render(request, "presentations/made.html", context))
    context = {"page": display.new_page(problems=bool(form.errors)), "form": form}
    return private(render(request, "presentations/new.html", context, status=422 if form.errors else 200))


@no_records
@require_POST
def take_back(request: HttpRequest, presentation_id: UUID) -> HttpResponse:
    """Take one back with one press."""
    facade.take_back(access.actor_of(request), presentation_id, now=now())
    return redirect("presentations")


@outlet("self.presented")
@sensitive_post_parameters("code")
def shown(request: HttpRequest, code: str = "") -> HttpResponse:
    """Open a code by a press: a link that is only followed, by a preview for instance, opens and counts nothing."""
    form = CodeForm(request.POST or None, initial={"code": code})
    if request.method == "POST" and form.is_valid():
        try:
            opened = facade.open_code(form.cleaned_data["code"], by=access.actor_of(request), now=now())
        except Refused as refused:
            form.add_error("code", line_of(refused.refusal))
        else:
            context = {
                "page": display.shown_page(opened),
                "facts": display.shown_facts(opened),
                "lines": display.lines_of(opened.lines, today=legal_day(now())),
            }
            return private(render(request, "presentations/opened.html", context))
    context = {"page": display.code_page(problems=bool(form.errors)), "form": form}
    return private(render(request, "presentations/code.html", context, status=422 if form.errors else 200))

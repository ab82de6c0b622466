"""代办 on a phone, without scripts: who acts for me, for whom I act, begin and end."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.representation import display, facade, session
from chengxin.representation.contracts import Wanted
from chengxin.representation.forms import MandateForm
from chengxin.ui.facade import line_of, private


def representation(request: HttpRequest) -> HttpResponse:
    """Show who acts for the viewer and for whom the viewer acts."""
    found, on = facade.both_sides(access.actor_of(request), now=now()), legal_day(now())
    context = {
        "page": display.page(),
        "given": display.given_cards(found, on=on),
        "held": display.held_cards(found, on=on),
        "offered": display.offered_cards(found, on=on),
        "filed": found.filed,
        "about": found.about,
        "is_arranged": found.is_arranged,
    }
    return private(render(request, "representation/representation.html", context))


@sensitive_post_parameters("name", "number")
def new(request: HttpRequest) -> HttpResponse:
    """Offer somebody a mandate."""
    form = MandateForm(request.POST or None, longest=facade.longest(now()))
    if request.method == "POST" and form.is_valid():
        try:
            facade.grant(access.actor_of(request), Wanted(**form.cleaned_data), now=now())
        except Refused as refused:
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("representation")
    context = {"page": display.new_page(problems=bool(form.errors)), "form": form}
    return private(render(request, "representation/new.html", context, status=422 if form.errors else 200))


@require_POST
def accept(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Accept what was offered."""
    facade.accept(access.actor_of(request), mandate_id, now=now())
    return redirect("representation")


@require_POST
def begin(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Act for another from here on; every page says so."""
    mandate, name = facade.begin(access.actor_of(request), mandate_id, now=now())
    session.choose(request, mandate, name=name)
    return redirect("archive")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Act for oneself again; the mandate stands, but at a counter it ends with the person's turn."""
    chosen = session.find_choice(request)
    session.forget(request)
    if chosen is not None and chosen.back_url:
        facade.leave(access.actor_of(request), chosen.mandate_id, now=now())
        return redirect(chosen.back_url)
    return redirect("representation")


@require_POST
def end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """End a mandate from either side."""
    facade.end(access.actor_of(request), mandate_id, now=now())
    return redirect("representation")

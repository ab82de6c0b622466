"""Ask for an access in an emergency, look at what was confirmed, and the public counts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import actor_of
from chengxin.catalogue import facade as catalogue
from chengxin.emergency import display, facade
from chengxin.emergency.forms import AskForm
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import line_of, private


@no_records
def emergency(request: HttpRequest) -> HttpResponse:
    """Show what one asked for, and take a new request."""
    actor = actor_of(request)
    asked = facade.list_asked(actor, now=now())
    form = AskForm(request.POST or None, choices=display.items_by_class(catalogue.list_items(on=legal_day(now()))))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            facade.ask(
                actor,
                id_no=given["id_no"],
                items=given["items"],
                matter=given["matter"],
                reasons=given["reasons"],
                now=now(),
            )
        except Refused as refused:
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("emergency")
    context = {
        "page": display.desk_page(problems=bool(form.errors)),
        "table": display.asked_table(asked, at=now()),
        "running": [one for one in asked if one.is_running(now())],
        "form": form,
    }
    return private(render(request, "emergency/emergency.html", context, status=422 if form.errors else 200))


@outlet("office.emergency")
def look(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """Show what was confirmed; each time is an event and the first tells the person."""
    if request.method != "POST":
        return redirect("emergency")
    found, lines = facade.open_records(actor_of(request), access_id, now=now())
    context = {
        "page": display.records_page(found),
        "lines": [(line.title, display.line_facts(line)) for line in lines],
    }
    return private(render(request, "emergency/records.html", context))


@no_records
def counts(request: HttpRequest) -> HttpResponse:
    """Show the public how often it was used."""
    context = {"page": display.counts_page(), "table": display.counts_table(facade.count_quarters())}
    return render(request, "emergency/counts.html", context)

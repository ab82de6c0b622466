"""The yearly summary on a phone and on paper, and the switch of its message."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access import facade as access
from chengxin.kernel.clock import legal_day, now
from chengxin.looks import facade
from chengxin.looks import summary_display as display
from chengxin.records.facade import no_records
from chengxin.ui.facade import private


@no_records
def summary(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year of one's own; it prints as it stands."""
    actor = access.actor_of(request)
    if request.method == "POST":
        facade.choose_message(actor, is_wanted=request.POST.get("message") == "on", now=now())
        return redirect("year_summary", year=year)
    found = facade.own_summary(actor, year, now=now())
    context = {
        "page": display.summary_page(found),
        "figures": display.figures(found),
        "lines": display.lines_table(found),
        "looks": display.looks_table(found),
        "changes": display.changes(found),
        "years": display.years(found, today=legal_day(now())),
        "is_wanted": found.is_wanted,
    }
    return private(render(request, "looks/summary.html", context))

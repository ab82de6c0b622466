"""How bodies serve: the public page of figures, and for oversight the overdue cases and the confirm rates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chengxin.access.facade import actor_of
from chengxin.casework import oversight, service_display
from chengxin.kernel.clock import legal_day, now


def performance(request: HttpRequest) -> HttpResponse:
    """Show everybody what each body received, decided, decided in time, and has overdue."""
    found = oversight.list_service()
    context = {"page": service_display.service_page(found), "table": service_display.service_table(found)}
    return render(request, "casework/service.html", context)


def overdue(request: HttpRequest) -> HttpResponse:
    """Show a supervising body the cases of others that came before it as overdue."""
    cases = oversight.list_escalated(actor_of(request), now=now())
    context = {
        "page": service_display.overdue_page(),
        "table": service_display.overdue_table(cases, on=legal_day(now())),
        "workbench": "office",
    }
    return render(request, "casework/inbox.html", context)


def confirm_rates(request: HttpRequest) -> HttpResponse:
    """Show oversight how often each officer confirmed what a colleague proposed."""
    found = oversight.list_officers(actor_of(request), now=now())
    context = {
        "page": service_display.officers_page(),
        "table": service_display.officers_table(found),
        "workbench": "office",
    }
    return render(request, "casework/inbox.html", context)

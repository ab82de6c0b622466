"""A platform's page of leads: report one, and read what came of each; what it says stays its own word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access import facade as access
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.leads import facade, platform_display
from chengxin.leads.forms import ReportForm
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
def reports(request: HttpRequest) -> HttpResponse:
    """List what one's platform reported, and take another report."""
    actor = access.staff_of(request)
    found = facade.list_reports(actor, now=now())
    form = ReportForm(request.POST or None, kinds=platform_display.kinds())
    if request.method == "POST" and form.is_valid():
        try:
            _report(actor, form)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("platform_leads")
    context = {
        "page": platform_display.reports_page(problems=bool(form.errors)),
        "table": platform_display.reports_table(found),
        "form": form,
        "workbench": "biz",
    }
    return private(render(request, "leads/reports.html", context, status=422 if form.errors else 200))


def _report(actor: Actor, form: ReportForm) -> None:
    said = form.cleaned_data
    facade.report_by_hand(
        actor,
        said["kind"],
        shop=said["shop"],
        first_day=said["first_day"],
        last_day=said["last_day"],
        orders=said["orders"],
        now=now(),
    )

"""The page of the traffic score for officers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chengxin.access import facade as access
from chengxin.couriers import facade, traffic_display
from chengxin.couriers.forms import CompanyForm
from chengxin.kernel.clock import now
from chengxin.records.facade import outlet
from chengxin.ui.facade import private


@outlet("public.couriers")
def traffic(request: HttpRequest) -> HttpResponse:
    """Ask which company an officer looks at, log it, and show its score with every line."""
    actor, rules = access.staff_of(request), facade.traffic_rules()
    offered = [(one.uscc, one.name) for one in facade.list_companies()]
    form, answer = CompanyForm(request.POST or None, offered=offered), None
    if request.method == "POST" and form.is_valid():
        found = facade.look_at_traffic(actor, form.cleaned_data["uscc"], now=now())
        answer = {
            "name": found.company.name,
            "facts": traffic_display.score_facts(found, rules),
            "lines": traffic_display.lines_table(found),
        }
    context = {
        "page": traffic_display.page(problems=bool(form.errors)),
        "form": form,
        "answer": answer,
        "kinds": traffic_display.kinds_table(rules),
        "workbench": "reg",
    }
    return private(render(request, "couriers/traffic.html", context, status=422 if form.errors else 200))

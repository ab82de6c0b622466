"""A department's pages of the key groups it supervises: counts only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chengxin.access.facade import staff_of
from chengxin.archives import group_display
from chengxin.archives.groups import figures_of, list_supervised
from chengxin.kernel.clock import legal_day, now
from chengxin.records.facade import no_records
from chengxin.ui.facade import private


@no_records
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups the viewer's body supervises."""
    found = list_supervised(staff_of(request), now=now())
    context = {"page": group_display.groups_page(), "table": group_display.groups_table(found)}
    return private(render(request, "archives/group.html", context))


@no_records
def group(request: HttpRequest, code: str) -> HttpResponse:
    """Show how many are in one group and how complete their archives are; nobody is named."""
    found, figures = figures_of(staff_of(request), code, now=now())
    context = {
        "page": group_display.group_page(found),
        "facts": group_display.group_facts(found, figures),
        "table": group_display.parts_table(found, figures, on=legal_day(now())),
    }
    return private(render(request, "archives/group.html", context))

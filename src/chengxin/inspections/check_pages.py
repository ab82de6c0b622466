"""Checks of prices and pages by an authority, a platform's check of its own shops, and the public bulletin."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.inspections import check_display, facade
from chengxin.inspections.forms import PageForm, SeriesForm
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on

FORMS: Final[dict[str, type[SeriesForm | PageForm]]] = {"prices": SeriesForm, "page": PageForm}


@no_records
def check(request: HttpRequest, what: str, workbench: str) -> HttpResponse:
    """Check what was handed in, and show what was found and what would clear it."""
    actor = access.staff_of(request)
    own = market.get_platform(actor.body).body if workbench == "biz" else ""
    platforms = [one.body for one in market.list_platforms() if own in {"", one.body}]
    form: SeriesForm | PageForm = FORMS[what](
        request.POST or None,
        request.FILES or None,
        platforms=[(body, casework.body_name(body)) for body in platforms],
    )
    context: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            context = _found(actor, form)
        except Refused as refused:
            say_on(form, refused)
    context |= {
        "page": check_display.check_page(what, workbench=workbench, problems=bool(form.errors)),
        "form": form,
        "workbench": workbench,
        "sample": check_display.SAMPLE if what == "prices" else "",
    }
    return private(render(request, "inspections/check.html", context, status=422 if form.errors else 200))


@no_records
@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """Show what price checks came to, by platform, and the rule they go by."""
    context = {"page": check_display.bulletin_page(), "table": check_display.bulletin_table(facade.list_bulletin())}
    return render(request, "inspections/prices.html", context)


def _found(actor: Actor, form: SeriesForm | PageForm) -> dict[str, object]:
    said = form.cleaned_data
    if isinstance(form, SeriesForm):
        found, taken = facade.check_prices(actor, form.text(), platform=said["platform"], now=now())
        return {"found": check_display.comparisons_table(found), "came": check_display.came_of(taken)}
    looked, taken = facade.check_page(
        actor,
        form.text(),
        page=said["page"],
        platform=said["platform"],
        shop=said["shop"].strip(),
        copied_on=said["copied_on"],
        now=now(),
    )
    return {"found": check_display.items_table(looked), "came": check_display.came_of(taken)}

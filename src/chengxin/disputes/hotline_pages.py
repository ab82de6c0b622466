"""The page on which an authority files the sheets of its hotlines and sees which complaint they became."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import staff_of
from chengxin.casework.facade import body_name
from chengxin.disputes import display, facade
from chengxin.disputes.contracts import Sheet
from chengxin.disputes.forms import SheetForm
from chengxin.kernel.clock import now, start_of
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
def hotlines(request: HttpRequest) -> HttpResponse:
    """Take one sheet, and list the complaints that sheets of one's own became, with every hotline that was called."""
    actor, at = staff_of(request), now()
    platforms = [(one.body, body_name(one.body)) for one in market.list_platforms()]
    form = SheetForm(request.POST or None, platforms=platforms, hotlines=facade.HOTLINES)
    if request.method == "POST" and form.is_valid():
        (filed,) = facade.file_sheets(actor, [_sheet(form)], now=at)
        if filed.refusal is None:
            return redirect("hotlines")
        say_on(form, Refused(filed.refusal))
    context = {
        "page": display.hotlines_page(problems=bool(form.errors)),
        "table": display.reported_table(facade.list_reported(actor)),
        "form": form,
        "workbench": "reg",
    }
    return private(render(request, "disputes/hotlines.html", context, status=422 if form.errors else 200))


def _sheet(form: SheetForm) -> Sheet:
    said = dict(form.cleaned_data)
    return Sheet(at=start_of(said.pop("on")), **said)

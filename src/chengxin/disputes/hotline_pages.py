"""The page on which an authority files the sheets of its hotlines and sees which complaint they became."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import staff_of
from chengxin.casework.facade import body_name
from chengxin.disputes import facade, hotline_display
from chengxin.disputes.contracts import Filed, Sheet
from chengxin.disputes.forms import SheetForm, SheetsForm
from chengxin.files import facade as files
from chengxin.kernel.actor import Actor
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
    by_file = "file" in request.FILES or request.POST.get("press") == "file"
    form = SheetForm(None if by_file else request.POST or None, platforms=platforms, hotlines=facade.HOTLINES)
    filing = SheetsForm(request.POST, request.FILES) if by_file else SheetsForm()
    became = _file(actor, filing, at=at) if by_file else None
    if request.method == "POST" and not by_file and form.is_valid():
        (filed,) = facade.file_sheets(actor, [_sheet(form)], now=at)
        if filed.refusal is None:
            return redirect("hotlines")
        say_on(form, Refused(filed.refusal))
    context = {
        "page": hotline_display.hotlines_page(problems=bool(form.errors or filing.errors)),
        "table": hotline_display.reported_table(facade.list_reported(actor)),
        "form": form,
        "filing": filing,
        "columns": "、".join(facade.COLUMNS),
        "became": hotline_display.filed_table(became) if became is not None else None,
        "workbench": "reg",
    }
    wrong = form.errors or filing.errors
    return private(render(request, "disputes/hotlines.html", context, status=422 if wrong else 200))


def _file(actor: Actor, form: SheetsForm, *, at: datetime) -> list[Filed] | None:
    """File the rows of a file, which is read and forgotten; None where it says on the form why not."""
    if not form.is_valid():
        return None
    try:
        with files.landed(form.cleaned_data["file"].chunks()) as path:
            return facade.file_rows(actor, path, now=at)
    except Refused as refused:
        say_on(form, refused)
        return None


def _sheet(form: SheetForm) -> Sheet:
    said = dict(form.cleaned_data)
    return Sheet(at=start_of(said.pop("on")), **said)

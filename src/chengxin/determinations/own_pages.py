"""The subject's pages: what is intended about it, its own word with the clock, the documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import actor_of
from chengxin.determinations import display, facade
from chengxin.determinations.forms import StatementForm
from chengxin.determinations.pages import DOORS
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import line_of, private


@no_records
def determinations(request: HttpRequest) -> HttpResponse:
    """List what is intended or was determined about the viewer."""
    found = facade.list_own(actor_of(request), now=now())
    context = {"page": display.own_list_page(), "table": display.own_table(found)}
    return private(render(request, "determinations/own_list.html", context))


@no_records
def determination(request: HttpRequest, number: str) -> HttpResponse:
    """Show one determination to its subject, and take a statement while there is time."""
    actor = actor_of(request)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.answer(actor, number, text=form.cleaned_data["text"], now=now())
        except Refused as refused:
            if refused.refusal.code in DOORS:
                raise
            form.add_error("text", line_of(refused.refusal))
        else:
            return redirect("own_determination", number=number)
    course = facade.open_own(actor, number, now=now())
    context = {
        **display.own_context(course, actor=actor, on=legal_day(now()), problems=bool(form.errors)),
        "form": form,
    }
    return private(render(request, "determinations/own.html", context, status=422 if form.errors else 200))


@no_records
def documents(request: HttpRequest, number: str) -> HttpResponse:
    """Show the documents served on the viewer."""
    course = facade.open_own(actor_of(request), number, now=now())
    return private(render(request, "determinations/documents.html", display.sheets_context(course)))

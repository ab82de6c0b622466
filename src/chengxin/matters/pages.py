"""The officer's pages: choose a matter, see what has to do with it, say what one does with hints and hits."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from chengxin.access import facade as access
from chengxin.incentives import facade as incentives
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.matching import facade as matching
from chengxin.matters import display, facade
from chengxin.matters.contracts import Asked
from chengxin.matters.forms import MatterForm
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import asked_in, line_of, private


@no_records
def matters(request: HttpRequest) -> HttpResponse:
    """Ask which matter is handled, and go to it."""
    actor = access.staff_of(request)
    form = MatterForm(asked_in(request.GET, "kind"), kinds=display.choices(facade.kinds_for(actor)))
    if form.is_valid():
        given = form.cleaned_data
        named = {"number": given["number"].strip(), "uscc": given["uscc"].strip().upper()}
        return redirect(f"{reverse('matter', args=[given['kind']])}?{urlencode(named)}")
    context = {"page": display.choose_page(problems=bool(form.errors)), "form": form}
    return private(render(request, "matters/choose.html", context, status=422 if form.errors else 200))


@outlet("public.subject", "public.lists")
def matter(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one matter; a choice on a hint and a clearance of a hit are kept and lead back here."""
    actor = access.staff_of(request)
    named = {name: request.GET.get(name, "")[:80] for name in ("number", "uscc")}
    asked = Asked(kind=facade.get_kind(kind), **named)
    form: forms.Form | None = None
    if request.method == "POST":
        form = matching.ClearForm(request.POST) if "entry" in request.POST else incentives.ChoiceForm(request.POST)
        if form.is_valid() and _is_done(request, actor, asked, form):
            return redirect(request.get_full_path())
    opened = facade.open_matter(actor, asked, now=now())
    problems = form is not None and bool(form.errors)
    context = {
        "page": display.matter_page(opened, problems=problems),
        "form": form,
        "clearing": matching.ClearForm(),
        "matter": asked.number,
        **display.matter_parts(opened, on=now()),
    }
    return private(render(request, "matters/matter.html", context, status=422 if problems else 200))


def _is_done(request: HttpRequest, actor: Actor, asked: Asked, form: forms.Form) -> bool:
    """Carry out what was chosen; say on the form why not."""
    given = form.cleaned_data
    try:
        if isinstance(form, matching.ClearForm):
            entry, measure = _entry(request), request.POST.get("purpose", "")
            facade.clear_hit(actor, asked, measure=measure, entry_id=entry, reasons=given["reasons"], now=now())
        else:
            facade.choose_hint(actor, asked, hint=given["hint"], reasons=given["reasons"], now=now())
    except Refused as refused:
        form.add_error(None, line_of(refused.refusal))
        return False
    return True


def _entry(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST["entry"])
    except ValueError:
        raise Refused(Refusal(code="ABSENT", what="没有找到，或者您无权查看。")) from None

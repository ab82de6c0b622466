"""The public pages of tips: report, take the code away, follow by the code, the counts."""

from __future__ import annotations

import re

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.complaints import display, facade
from chengxin.complaints.contracts import Tip, Told
from chengxin.complaints.forms import AddForm, CodeForm, TipForm
from chengxin.duties.facade import count_referrals
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on

_ABOUT = re.compile(r"[A-Z0-9-]{1,40}")


@no_records
@sensitive_post_parameters()
def report(request: HttpRequest) -> HttpResponse:
    """Offer the kinds of tips, take one, and show the code once."""
    code = request.GET.get("type", "")
    if not code:
        types = display.type_links(list(facade.tip_types().values()))
        return render(request, "complaints/types.html", {"page": display.report_page(None), "types": types})
    chosen = facade.get_type(code)
    # What it is about, as another page names it: the reporter reads it and may change it.
    about = request.GET.get("about", "")
    initial = {"text": f"{about}\n"} if _ABOUT.fullmatch(about) else {}
    form = TipForm(request.POST or None, request.FILES or None, asks_body=chosen.asks_body, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            access.keep_pace(request, "tips.report", most=settings.COMMENTS_AN_HOUR)
            papers = casework.keep_papers(facade.bare(form.cleaned_data["papers"]))
            received = facade.receive(code, _told_in(form), papers=papers, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            code = facade.shown(received.code)
            context = {
                "page": display.report_page(chosen),
                "received": received,
                "code": code,
                "has_papers": bool(papers),
            }
            return private(render(request, "complaints/received.html", context))
    context = {
        "page": display.report_page(chosen, problems=bool(form.errors)),
        "asks": [casework.text(one) for one in chosen.asks],
        "never": casework.text(chosen.never),
        "form": form,
    }
    return private(render(request, "complaints/report.html", context, status=422 if form.errors else 200))


@no_records
@sensitive_post_parameters()
def follow(request: HttpRequest) -> HttpResponse:
    """Show a tip to whoever holds its code, and take what they add; the code never stands in an address."""
    if request.POST.get("press", "") in facade.MARKING:
        return _mark(request)
    adding = "add" in request.POST
    form: forms.Form = AddForm(request.POST, request.FILES) if adding else CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask_code(request, form)
    code = form.cleaned_data["code"]
    try:
        access.keep_pace(request, "tips.follow", most=settings.COMMENTS_AN_HOUR * 3)
        tip = facade.get_by_code(code)
        if adding:
            papers = casework.keep_papers(facade.bare(form.cleaned_data["papers"]))
            facade.add_by_code(code, text=form.cleaned_data["text"], papers=papers, now=now())
            tip = facade.get_by_code(code)
    except Refused as refused:
        say_on(form, refused)
        if not adding:
            return _ask_code(request, form)
        tip = facade.get_by_code(code)
    return _followed(request, tip, code=code, form=form if adding and form.errors else AddForm(initial={"code": code}))


@no_records
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Show the public counts of the last quarters."""
    table = display.quarters_table(facade.list_quarters(today=legal_day(now())))
    referrals = display.referral_facts(count_referrals())
    return render(
        request, "complaints/counts.html", {"page": display.counts_page(), "table": table, "referrals": referrals}
    )


def _told_in(form: TipForm) -> Told:
    given = form.cleaned_data
    return Told(text=given["text"], reported_body=given.get("body", ""), name=given["name"], contact=given["contact"])


def _mark(request: HttpRequest) -> HttpResponse:
    """Let whoever holds the code mark what of a paper may be seen."""
    access.keep_pace(request, "tips.follow", most=settings.COMMENTS_AN_HOUR * 3)
    asked = facade.mark(request, followed_on=display.follow_page(), open_own=facade.open_own, show=facade.show_by_code)
    if asked is not None:
        return asked
    code = request.POST["code"]
    return _followed(request, facade.get_by_code(code), code=code, form=AddForm(initial={"code": code}))


def _followed(request: HttpRequest, tip: Tip, *, code: str, form: forms.Form) -> HttpResponse:
    opened = {
        entry.digest: display.message(facade.open_own(code, entry.digest))
        for entry in tip.entries
        if not entry.is_paper
    }
    context = {
        "page": display.follow_page(problems=bool(form.errors)),
        "facts": display.own_facts(tip),
        "entries": display.entry_rows(tip, opened),
        "code": code,
        "form": form,
    }
    return private(render(request, "complaints/followed.html", context, status=422 if form.errors else 200))


def _ask_code(request: HttpRequest, form: forms.Form) -> HttpResponse:
    context = {"page": display.follow_page(problems=bool(form.errors)), "form": form}
    return private(render(request, "complaints/follow.html", context, status=422 if form.errors else 200))

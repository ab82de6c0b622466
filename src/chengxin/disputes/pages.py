"""The consumer's pages: three screens to complain, the code once, and the course by the code."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.complaints import facade as tips
from chengxin.disputes import about_display, display, facade
from chengxin.disputes.contracts import COURIER, PROCEDURE, Told
from chengxin.disputes.forms import AddForm, CodeForm, ContactForm, FindForm, SendForm, TellForm, fen_of
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
@sensitive_post_parameters()
def complain(request: HttpRequest) -> HttpResponse:
    """Lead through three screens; what was told travels in the body of the form and is kept only when it is sent."""
    if request.method != "POST":
        shop, company = request.GET.get("shop", ""), request.GET.get("courier", "")
        code = about_display.address_of(company) if company else shop
        return _tell(request, _blank(code)) if code else _find(request, FindForm())
    screens = {"tell": _told, "send": _send}
    return screens.get(request.POST.get("stage", ""), _found)(request)


@no_records
@sensitive_post_parameters()
def follow(request: HttpRequest) -> HttpResponse:
    """Show a complaint to whoever holds its code, with every clock, and do what they decide."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask_code(request, form)
    code = form.cleaned_data["code"]
    try:
        access.keep_pace(request, "disputes.follow", most=settings.COMMENTS_AN_HOUR * 6)
        facade.get_by_code(code)
    except Refused as refused:
        say_on(form, refused)
        return _ask_code(request, form)
    if request.POST.get("press", "") in tips.MARKING:
        asked = tips.mark(
            request, followed_on=display.follow_page(), open_own=facade.open_own, show=facade.show_by_code
        )
        return asked or _followed(request, code, None)
    return _followed(request, code, _done(request, code))


def _found(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST)
    if not form.is_valid():
        return _find(request, form)
    try:
        access.keep_pace(request, "disputes.find", most=settings.COMMENTS_AN_HOUR * 3)
        about_display.about_code(form.cleaned_data["code"])
    except Refused as refused:
        say_on(form, refused)
        return _find(request, form)
    return _tell(request, _blank(form.cleaned_data["code"]))


def _told(request: HttpRequest) -> HttpResponse:
    form = TellForm(request.POST)
    return _check(request, SendForm(initial=form.cleaned_data)) if form.is_valid() else _tell(request, form)


def _send(request: HttpRequest) -> HttpResponse:
    if "back" in request.POST:
        return _tell(request, TellForm(initial=_plain(request.POST)))
    form = SendForm(request.POST, request.FILES)
    if not form.is_valid():
        return _check(request, form)
    try:
        access.keep_pace(request, "disputes.send", most=settings.COMMENTS_AN_HOUR)
        papers = casework.keep_papers(tips.bare(form.cleaned_data["papers"]))
        received = facade.receive(_told_in(form), papers=papers, now=now())
    except Refused as refused:
        say_on(form, refused)
        return _check(request, form)
    context = {
        "page": display.received_page(),
        "received": received,
        "has_papers": bool(papers),
        "code": tips.shown(received.code),
        "tip_code": tips.shown(received.tip_code),
        "next": display.next_words("first", COURIER if form.company else PROCEDURE),
    }
    return private(render(request, "disputes/received.html", context))


def _told_in(form: SendForm) -> Told:
    given = form.cleaned_data
    # A courier company answers for the parcel; a breach of law by a shop is told where the shop is.
    about = {
        "shop_id": None if form.company else facade.locate(given["code"]).id,
        "company": form.company,
        "order": given["parcel"].strip() if form.company else given["code"],
        "institution": "" if form.company else given["institution"],
        "may_publish": given["may_publish"] and not form.company,
        "breach": "" if form.company else given["breach"],
    }
    return Told(
        **about,
        matter=given["matter"],
        asks=given["asks"],
        text=given["text"],
        asked_fen=fen_of(given["yuan"]),
        contact=form.contact(),
        shares_contact=given["shares_contact"],
    )


def _blank(code: str) -> TellForm:
    return TellForm(initial={"code": code})


def _plain(posted: QueryDict) -> dict[str, str]:
    return {name: str(posted.get(name, "")) for name in TellForm.base_fields}


def _find(request: HttpRequest, form: forms.Form) -> HttpResponse:
    context = {"page": display.complain_page(problems=bool(form.errors)), "steps": display.screens(1), "form": form}
    return _rendered(request, "disputes/find.html", context, form)


def _tell(request: HttpRequest, form: TellForm) -> HttpResponse:
    about = about_display.about_code(str(form["code"].value()))
    context = {
        "page": display.complain_page(problems=bool(form.errors), company=form.company),
        "steps": display.screens(2, form.company),
        "shop": about_display.about_facts(about),
        "form": form,
    }
    return _rendered(request, "disputes/tell.html", context, form)


def _check(request: HttpRequest, form: SendForm) -> HttpResponse:
    said = {name: form[name].value() for name in TellForm.base_fields}
    context = {
        "page": display.complain_page(problems=bool(form.errors), company=form.company),
        "steps": display.screens(3, form.company),
        "facts": display.told_facts(about_display.about_code(str(said["code"])), said),
        "form": form,
        "carried": [form[name] for name in TellForm.base_fields],
    }
    return _rendered(request, "disputes/check.html", context, form)


def _rendered(request: HttpRequest, template: str, context: dict[str, object], form: forms.Form) -> HttpResponse:
    return private(render(request, template, context, status=422 if form.errors else 200))


def _done(request: HttpRequest, code: str) -> forms.Form | None:
    """Do what was pressed; return the form that says why it was not taken, or None."""
    press = request.POST.get("press", "")
    kinds: dict[str, type[forms.Form]] = {"add": AddForm, "name": ContactForm}
    form = kinds.get(press, forms.Form)(request.POST, request.FILES)
    if not press or not form.is_valid():
        return form if press else None
    try:
        if isinstance(form, ContactForm):
            shares = form.cleaned_data["shares_contact"]
            facade.name_by_code(code, form.contact(), shares=shares, now=now())
        else:
            papers = casework.keep_papers(tips.bare(form.cleaned_data.get("papers", [])))
            text = form.cleaned_data.get("text", "")
            facade.act_by_code(code, verb=press, text=text, papers=papers, now=now())
    except Refused as refused:
        say_on(form, refused)
        return form
    return None


def _followed(request: HttpRequest, code: str, wrong: forms.Form | None) -> HttpResponse:
    found, at = facade.get_by_code(code), now()
    words = [facade.open_own(code, one.digest) for one in found.entries if not one.is_paper]
    steps, deadlines = facade.course_by_code(code, now=at)
    may = facade.verbs_by_code(found)
    context = {
        "page": display.follow_page(problems=wrong is not None),
        "code": code,
        "form": wrong,
        "facts": display.own_facts(found, at=at),
        "next": display.next_words(found.case.state, found.procedure),
        "buttons": display.buttons(may, found.procedure),
        "course": display.course(found.case, steps, deadlines, reader=None, at=at),
        "authority": about_display.authority_word(found.procedure),
        "readers": about_display.readers(found.procedure),
        "clocks": display.clocks_table(found.case, deadlines, at=at),
        "terms": display.terms_table(found.terms, found.procedure),
        "words": display.words_of(found.entries, words),
        "may_add": "add" in may,
        "adding": wrong if isinstance(wrong, AddForm) else AddForm(),
        "naming": wrong if isinstance(wrong, ContactForm) else ContactForm(),
        "needs_contact": not found.has_contact and not found.case.is_closed,
    }
    return private(render(request, "disputes/followed.html", context, status=422 if wrong is not None else 200))


def _ask_code(request: HttpRequest, form: forms.Form) -> HttpResponse:
    context = {"page": display.follow_page(problems=bool(form.errors)), "form": form}
    return _rendered(request, "disputes/follow.html", context, form)

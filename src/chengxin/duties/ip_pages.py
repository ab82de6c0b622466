"""The pages of notices of infringed rights: public, of the platform that files them, of the merchant who answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.duties import facade, ip_display
from chengxin.duties.contracts import Claim, Right
from chengxin.duties.forms import ClaimForm, DeclarationForm
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
@require_safe
def notices(request: HttpRequest, body: str) -> HttpResponse:
    """Show the notices a platform received, their declarations and outcomes."""
    platform = market.get_platform(body)
    table = ip_display.notices_table(facade.list_ip_notices(body), at=now())
    return render(request, "duties/notices.html", {"page": ip_display.public_page(platform), "table": table})


@no_records
def file_ip_notice(request: HttpRequest) -> HttpResponse:
    """Let a platform file a notice, above those it received."""
    actor = access.staff_of(request)
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            papers = casework.keep_papers(said.pop("papers"))
            facade.file_ip_notice(actor, Claim(**said | {"right": Right(said["right"])}), papers=papers, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("casework_inbox")
    context = {
        "page": ip_display.filing_page(problems=bool(form.errors)),
        "form": form,
        "table": ip_display.notices_table(facade.list_ip_notices(actor.body), at=now()),
        "heading": ip_display.filing_page(problems=False).title,
        "workbench": "biz",
    }
    return private(render(request, "duties/form.html", context, status=422 if form.errors else 200))


@no_records
def own_notice(request: HttpRequest, number: str) -> HttpResponse:
    """Show a merchant a notice about its goods, and take its declaration."""
    actor = access.actor_of(request)
    own = facade.find_own_ip_notice(actor, number)
    form = DeclarationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            papers = casework.keep_papers(form.cleaned_data["papers"])
            facade.declare(actor, number, words=form.cleaned_data["words"], papers=papers, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_ip_notice", number=number)
    context = {
        "page": ip_display.own_page(own.notice, problems=bool(form.errors)),
        "facts": ip_display.own_facts(own.notice, at=now()),
        "steps": casework.timeline_steps(own.case, own.steps, actor=actor),
        "papers": ip_display.papers_words(own),
        "own": own,
        "form": form,
        "may_declare": own.notice.state == ip_display.TO_ANSWER,
    }
    return private(render(request, "duties/own_notice.html", context, status=422 if form.errors else 200))

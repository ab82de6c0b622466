"""The public pages of amendments: the list, one with its differences, comments and replies; the way to comment."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.amendments import display, facade
from chengxin.amendments.contracts import Amendment
from chengxin.amendments.forms import CommentForm
from chengxin.amendments.kinds import kind_of
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import pager_of, say_on

PER_PAGE = 20
SENT = "sent"
_DECIDED = {"approved", "refused", "withdrawn"}


@no_records
@require_safe
def amendments(request: HttpRequest) -> HttpResponse:
    """List the amendments that were opened to comment."""
    pager, offset = pager_of(request, total=facade.count_public(), per_page=PER_PAGE)
    found = facade.list_public(limit=PER_PAGE, offset=offset)
    context = {"page": display.list_page(), "table": display.public_table(found, pager=pager)}
    return render(request, "amendments/list.html", context)


@no_records
def amendment(request: HttpRequest, code: str, place: int) -> HttpResponse:
    """Show one amendment, and take what somebody says about it."""
    found = facade.get_public(code, place)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            access.keep_pace(request, "amendments.comment", most=settings.COMMENTS_AN_HOUR)
            facade.comment(code, place, **form.cleaned_data, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect(f"{request.path}?{SENT}=1#said")
    context = {**_context(found, problems=bool(form.errors)), "form": form, "was_sent": SENT in request.GET}
    return render(request, "amendments/amendment.html", context, status=422 if form.errors else 200)


def _context(found: Amendment, *, problems: bool) -> dict[str, object]:
    today, kind = legal_day(now()), kind_of(found.item.code)
    return {
        **kind.parts(found.item, today),
        "whole": kind.template,
        "page": display.public_page(found, problems=problems),
        "summary": display.facts(found),
        "changes": display.changes_table(found),
        "steps": display.course(found, on=today),
        "comments": display.comments(facade.list_published_comments(found)),
        "hidden": display.hidden_words(facade.count_hidden(found)),
        "waiting": facade.count_waiting(found),
        "takes_comments": found.takes_comments(today),
        "is_decided": found.state in _DECIDED,
        "assessment": display.assessment_facts(found) if found.state in _DECIDED else [],
    }

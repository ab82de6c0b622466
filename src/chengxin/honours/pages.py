"""Honours in public: who is honoured, one honour with its story and badge, letters to a granting body.

Nothing of a record is shown here: names and stories are what nominees agreed to show; the record only says whether the
honour still stands.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework.facade import body_name
from chengxin.honours import display, facade, words
from chengxin.honours.badge import picture
from chengxin.honours.contracts import Nomination, Standing
from chengxin.honours.forms import ChooseForm, ObjectionForm, ProposalForm
from chengxin.incentives import facade as incentives
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import pager_of, private, say_on

PER_PAGE = 20


@no_records
@require_safe
def honours(request: HttpRequest) -> HttpResponse:
    """List who is honoured or in public notice and agreed to be named."""
    return _list(request, persons=None)


@no_records
@require_safe
def enterprises(request: HttpRequest) -> HttpResponse:
    """List honoured operators."""
    return _list(request, persons=False)


@no_records
def honour(request: HttpRequest, number: str) -> HttpResponse:
    """Show one honour with its story; while it is in public notice, take what somebody has against it."""
    found, on = _found(number), legal_day(now())
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            access.keep_pace(request, "honours.letter", most=settings.COMMENTS_AN_HOUR)
            sent = facade.object_to(number, text=form.cleaned_data["text"], now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("honour_letter", number=sent)
    takes = found.standing is Standing.NOTICED and found.notice_until is not None and on <= found.notice_until
    kinds = [facade.get_kind(found.kind)]
    context = {
        "page": display.one_page(found),
        "found": found,
        "facts": display.facts_of(found),
        "form": form,
        "takes_objections": takes and found.is_named,
        "matrix": display.matrix(kinds, incentives.list_scenes(on=on), on=on)
        if found.standing is Standing.AWARDED
        else None,
    }
    return render(request, "honours/one.html", context, status=422 if form.errors else 200)


@no_records
@require_safe
def badge(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001 - every view is given one
    """Return the badge of an honour as it stands at this moment."""
    found = _found(number)
    line = words.title_of(facade.get_kind(found.kind))
    drawn = picture(found.standing, words=words.standing_words(found.standing), line=line)
    response = private(HttpResponse(drawn, content_type="image/svg+xml"))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@no_records
def nominate(request: HttpRequest) -> HttpResponse:
    """Take a proposal for a granting body; a body that proposes is named, nobody else is."""
    offered = [
        (f"{kind.code}:{body}", f"{words.title_of(kind)} · {body_name(body)}")
        for kind in facade.kinds().values()
        for body in facade.bodies_for(kind.code, now=now())
    ]
    form = ProposalForm(request.POST or None, offered=offered)
    if request.method == "POST" and form.is_valid():
        kind, _sep, body = form.cleaned_data["to"].partition(":")
        try:
            access.keep_pace(request, "honours.letter", most=settings.COMMENTS_AN_HOUR)
            sender = access.actor_of(request)
            sent = facade.propose(kind, body=body, text=form.cleaned_data["text"], sender=sender, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("honour_letter", number=sent)
    context = {"page": display.propose_page(problems=bool(form.errors)), "form": form, "is_open": bool(offered)}
    return render(request, "honours/propose.html", context, status=422 if form.errors else 200)


@no_records
@require_safe
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """Show what became of a letter to whoever holds its number."""
    found = facade.find_letter(number)
    if found is None:
        raise Refused(facade.ABSENT)
    context = {"page": display.letter_page(found), "facts": display.letter_facts(found)}
    return private(render(request, "honours/letter.html", context))


def _list(request: HttpRequest, *, persons: bool | None) -> HttpResponse:
    kinds = facade.kinds()
    form = ChooseForm(request.GET or None, offered=[(one.code, words.title_of(one)) for one in kinds.values()])
    kind = form.cleaned_data["kind"] if form.is_bound and form.is_valid() else ""
    found, on = facade.list_public(kind=kind, persons=persons, now=now()), legal_day(now())
    pager, offset = pager_of(request, total=len(found), per_page=PER_PAGE)
    context = {
        "page": display.list_page(only_operators=persons is False),
        "form": form,
        "table": display.list_table(found[offset : offset + PER_PAGE], pager=pager),
        "kinds": display.kind_facts(kinds.values()),
        "matrix": display.matrix(kinds.values(), incentives.list_scenes(on=on), on=on),
    }
    return render(request, "honours/list.html", context)


def _found(number: str) -> Nomination:
    found = facade.find_public(number, now=now())
    if found is None:
        raise Refused(facade.ABSENT)
    return found

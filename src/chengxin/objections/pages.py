"""Objecting to a line, following one's case, asking for a review: on a phone, without scripts."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.objections import display, facade
from chengxin.objections.contracts import OBJECTION, Ground, OwnCase
from chengxin.objections.forms import ObjectionForm, PapersForm, ReviewForm
from chengxin.records.facade import no_records
from chengxin.ui.facade import line_of, private

_LOST = {"ABSENT", "SIGN_IN_REQUIRED"}


@no_records
def objections(request: HttpRequest) -> HttpResponse:
    """List one's own objections and reviews."""
    found = facade.list_own(access.actor_of(request), now=now())
    context = {"page": display.list_page(), "table": display.list_table(found, on=legal_day(now()))}
    return private(render(request, "objections/list.html", context))


@no_records
def new(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Object to one of one's own lines."""
    actor = access.actor_of(request)
    record, standing = facade.own_line(actor, record_id, now=now())
    if standing is not None:
        return redirect("objection", number=standing.number)
    form = ObjectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        written = form.cleaned_data
        try:
            case = facade.object_to(
                actor,
                record_id,
                ground=Ground(written["ground"]),
                words=written["words"],
                papers=casework.keep_papers(written["papers"], with_traces=written["with_traces"]),
                now=now(),
            )
        except Refused as refused:
            if refused.refusal.code in _LOST:
                raise
            form.add_error(refused.refusal.field or None, line_of(refused.refusal))
        else:
            return redirect(f"{reverse('objection', args=[case.number])}?done=1")
    context = {
        "page": display.new_page(display.item_title(record.item_code, on=legal_day(now()))),
        "form": form,
        "source": casework.body_name(record.body),
        "record_id": record_id,
    }
    return private(render(request, "objections/new.html", context, status=422 if form.errors else 200))


@no_records
def objection(request: HttpRequest, number: str) -> HttpResponse:
    """Show one's own case, and take what may be done in it."""
    actor = access.actor_of(request)
    own = facade.own_case(actor, number, now=now())
    form: PapersForm | None = None
    if request.method == "POST":
        form, target = _act(request, own)
        if target:
            return redirect(target)
    may_review = own.review_until is not None and own.case.procedure == OBJECTION and own.review is None
    on = legal_day(now())
    context = {
        "page": display.own_page(own),
        "own": own,
        "facts": display.own_facts(own, on=on),
        "steps": display.own_steps(own, actor=actor),
        "told": display.told_table(own),
        "papers": [(digest, _("材料%s") % place) for place, digest in enumerate(own.papers, start=1)],
        "may_review": may_review and on <= own.review_until if own.review_until else False,
        "is_new": request.GET.get("done") == "1" and len(own.steps) == 1,
        "take_back": f"{own.case.procedure}.take_back",
        "form": form or (ReviewForm() if own.case.is_closed else PapersForm()),
    }
    return private(render(request, "objections/own.html", context, status=422 if form is not None else 200))


def _act(request: HttpRequest, own: OwnCase) -> tuple[PapersForm | None, str]:
    """Carry out what the form asks; return the form with its errors, or where to go."""
    actor, act = access.actor_of(request), request.POST.get("act", "")
    kind = ReviewForm if act == "review" else PapersForm
    form = kind(request.POST, request.FILES)
    if not form.is_valid():
        return form, ""
    written = form.cleaned_data
    try:
        if act == "take_back":
            facade.take_back(actor, own.case.id, now=now())
        else:
            do = facade.ask_review if act == "review" else facade.add_papers
            papers = casework.keep_papers(written["papers"], with_traces=written["with_traces"])
            case = do(actor, own.case.id, words=written["words"], papers=papers, now=now())
            return None, reverse("objection", args=[case.number])
    except Refused as refused:
        if refused.refusal.code in _LOST:
            raise
        field = refused.refusal.field
        form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        return form, ""
    return None, reverse("objection", args=[own.case.number])

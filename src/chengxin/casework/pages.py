"""The inbox (待办) and the page of one case, with its timeline and the steps that can be taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengxin.access.facade import acting_for, actor_of
from chengxin.casework import display, facade, queries
from chengxin.casework.doors import HANDLING, find_attempt
from chengxin.casework.forms import FOR_COLLEAGUES, StepForm
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.ui.facade import Crumb, Page, line_of, pager_of

PER_PAGE = 20
SIGN_IN = "SIGN_IN_REQUIRED"


def inbox(request: HttpRequest) -> HttpResponse:
    """Show the cases the viewer can move, nearest legal deadline first."""
    with _handling(request) as actor:
        pager, offset = pager_of(request, total=queries.count_inbox(actor), per_page=PER_PAGE)
        cases = facade.list_inbox(actor, limit=PER_PAGE, offset=offset)
        table = display.inbox_table(cases, on=legal_day(now()), pager=pager)
    page = Page(
        title=_("待办"),
        lead=_("按法定期限排列，最先到期的在最前。"),
        crumbs=(Crumb(text=_("工作台"), url="/dept"), Crumb(text=_("待办"))),
        wide=True,
    )
    return render(request, "casework/inbox.html", {"page": page, "table": table})


def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Show one case: what it is about, where it stands, what was done, what can be done."""
    with _handling(request) as actor:
        return _case_page(request, case_id, actor=actor, form=StepForm(), refusal=None)


def take_verb(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a verb; a refusal comes back on the page beside what was written, whose address leads back to the case."""
    if request.method != "POST":
        return redirect("casework_case", case_id=case_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        with _handling(request) as actor:
            return _case_page(request, case_id, actor=actor, form=form, refusal=None)
    written = form.cleaned_data
    try:
        facade.carry_out(
            case_id,
            verb=request.POST.get("verb", ""),
            actor=_officer(request),
            now=now(),
            reasons=written["reasons"],
            note=written["note"],
        )
    except Refused as refused:
        if refused.refusal.code in {queries.absent().code, SIGN_IN}:
            raise
        with _handling(request) as actor:
            return _case_page(request, case_id, actor=actor, form=form, refusal=refused.refusal)
    return redirect("casework_case", case_id=case_id)


@require_POST
def move(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a case in hand or give it back to the inbox."""
    with _handling(request) as actor:
        if request.POST.get("hand") == "release":
            facade.release(case_id, actor=actor, now=now())
        else:
            facade.assign(case_id, to=actor.key, actor=actor, now=now())
    return redirect("casework_case", case_id=case_id)


@contextmanager
def _handling(request: HttpRequest) -> Iterator[Actor]:
    actor = _officer(request)
    with acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        yield actor


def _officer(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor == ANYONE:
        raise Refused(Refusal(code=SIGN_IN, what="请先登录。", next_step="登录后会显示您的待办。"))
    return actor


def _case_page(
    request: HttpRequest, case_id: UUID, *, actor: Actor, form: StepForm, refusal: Refusal | None
) -> HttpResponse:
    found = facade.access_case(case_id, actor=actor)
    if found.ref.subject_id is None:
        form.fields["reasons"].help_text = FOR_COLLEAGUES
    if refusal is not None:
        form.add_error(refusal.field if refusal.field in form.fields else None, line_of(refusal))
    attempt = find_attempt(case_id)
    steps = display.timeline_steps(found, facade.timeline(case_id, actor=actor), actor=actor)
    context = {
        "page": display.case_page(found, problems=bool(form.errors)),
        "case": found,
        "facts": display.case_facts(found, on=legal_day(now())),
        "steps": steps,
        "attempt": attempt,
        "attempt_text": display.attempt_text(found, attempt) if attempt else "",
        "verbs": display.verb_choices(queries.list_verbs(found, actor=actor)),
        "may_take_in_hand": found.body == actor.body and not found.assigned_to and not found.is_closed,
        "may_release": found.assigned_to == actor.key and not found.is_closed,
        "form": form,
    }
    return render(request, "casework/case.html", context, status=422 if form.errors else 200)

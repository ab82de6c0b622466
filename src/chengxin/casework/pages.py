"""The inbox (待办) and the page of one case, with its timeline and the steps that can be taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengxin.access.facade import acting_for, actor_of
from chengxin.casework import display, facade, queries
from chengxin.casework.contracts import Case, Deadline, Procedure
from chengxin.casework.doors import HANDLING, find_attempt
from chengxin.casework.forms import FOR_COLLEAGUES, MoveForm, StepForm
from chengxin.casework.papers import Paper, keep_papers, open_paper
from chengxin.casework.registry import get_procedure, panel_of
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.ui.facade import Crumb, Page, line_of, pager_of, private_file

PER_PAGE = 20
SIGN_IN = "SIGN_IN_REQUIRED"


def inbox(request: HttpRequest) -> HttpResponse:
    """Show the cases the viewer can move, nearest legal deadline first."""
    with _handling(request) as actor:
        pager, offset = pager_of(request, total=queries.count_inbox(actor), per_page=PER_PAGE)
        cases = facade.list_inbox(actor, limit=PER_PAGE, offset=offset)
        table = display.inbox_table(cases, on=legal_day(now()), pager=pager)
        resting = queries.count_resting(actor)
    page = Page(
        title=_("待办"),
        lead=_("按法定期限排列，最先到期的在最前。"),
        crumbs=(Crumb(text=_("工作台"), url="/dept"), Crumb(text=_("待办"))),
        wide=True,
    )
    return render(request, "casework/inbox.html", {"page": page, "table": table, "resting": resting})


def resting(request: HttpRequest) -> HttpResponse:
    """Show the cases of the viewer's body that stand open and wait for nobody."""
    with _handling(request) as actor:
        pager, offset = pager_of(request, total=queries.count_resting(actor), per_page=PER_PAGE)
        cases = queries.list_resting(actor, limit=PER_PAGE, offset=offset)
        table = display.resting_table(cases, on=legal_day(now()), pager=pager)
    page = Page(
        title=_("在册的案件"),
        lead=_("这些案件的结果仍然有效，目前不用办理。情况有变化的，从这里打开办理。"),
        crumbs=(Crumb(text=_("待办"), url="/dept/inbox"), Crumb(text=_("在册的案件"))),
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
    form = StepForm(request.POST, request.FILES)
    if not form.is_valid():
        with _handling(request) as actor:
            return _case_page(request, case_id, actor=actor, form=form, refusal=None)
    written, verb = form.cleaned_data, request.POST.get("verb", "")
    try:
        with _handling(request) as actor:
            refuse_if(_why_not_here(queries.access_case(case_id, actor=actor), verb))
        facade.carry_out(
            case_id,
            verb=verb,
            actor=_officer(request),
            now=now(),
            reasons=written["reasons"],
            evidence=keep_papers(written["papers"], with_traces=written["with_traces"]),
            note=written["note"],
        )
    except Refused as refused:
        if refused.refusal.code in {queries.absent().code, SIGN_IN}:
            raise
        with _handling(request) as actor:
            return _case_page(request, case_id, actor=actor, form=form, refusal=refused.refusal)
    return redirect("casework_case", case_id=case_id)


def move(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a case in hand, give it back to the inbox, hand it back a step, or transfer it."""
    if request.method != "POST":
        return redirect("casework_case", case_id=case_id)
    form = MoveForm(request.POST)
    form.is_valid()
    try:
        with _handling(request) as actor:
            found = _move(case_id, request.POST.get("hand", ""), actor=actor, written=form.cleaned_data)
    except Refused as refused:
        if refused.refusal.code in {queries.absent().code, SIGN_IN}:
            raise
        with _handling(request) as actor:
            form.add_error("why" if refused.refusal.field == "reasons" else None, line_of(refused.refusal))
            return _case_page(request, case_id, actor=actor, form=StepForm(), refusal=None, moving=form)
    return redirect("casework_case", case_id=found.id)


def _move(case_id: UUID, hand: str, *, actor: Actor, written: dict[str, str]) -> Case:
    why = written.get("why", "")
    if hand == "hand_back":
        return facade.hand_back(case_id, actor=actor, reasons=why, now=now())
    if hand == "transfer":
        return facade.transfer(case_id, body=written.get("body", ""), actor=actor, reasons=why, now=now())
    if hand == "release":
        return facade.release(case_id, actor=actor, now=now(), note=why)
    return facade.assign(case_id, to=actor.key, actor=actor, now=now())


@require_POST
def paper(request: HttpRequest, case_id: UUID, digest: str) -> HttpResponse:
    """Open a paper of a case for staff."""
    with _handling(request) as actor:
        return paper_response(open_paper(case_id, digest, actor=actor, now=now()))


@require_POST
def own_paper(request: HttpRequest, case_id: UUID, digest: str) -> HttpResponse:
    """Open a paper of one's own case."""
    actor = actor_of(request)
    if actor.subject_id is None:
        raise Refused(Refusal(code=SIGN_IN, what="请先登录。", next_step="登录后可以查看您的案件。"))
    with acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        return paper_response(open_paper(case_id, digest, actor=actor, now=now()))


def paper_response(found: Paper) -> HttpResponse:
    """Return a paper as a file."""
    return private_file(found.content, media=found.media, name=f"paper.{found.ending}")


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
    request: HttpRequest,
    case_id: UUID,
    *,
    actor: Actor,
    form: StepForm,
    refusal: Refusal | None,
    moving: MoveForm | None = None,
) -> HttpResponse:
    found = facade.access_case(case_id, actor=actor)
    if found.ref.subject_id is None:
        form.fields["reasons"].help_text = FOR_COLLEAGUES
    if refusal is not None:
        form.add_error(refusal.field if refusal.field in form.fields else None, line_of(refusal))
    attempt = find_attempt(case_id)
    steps = display.timeline_steps(found, facade.timeline(case_id, actor=actor), actor=actor)
    on = legal_day(now())
    moving = moving or MoveForm()
    is_wrong = bool(form.errors or moving.errors)
    procedure = get_procedure(found.procedure, version=found.procedure_version)
    context = {
        "page": display.case_page(found, problems=is_wrong),
        "case": found,
        "facts": display.case_facts(found, on=on, deadline=_deadline(found, procedure, on=on)),
        "panel": panel_of(procedure, found, actor=actor, now=now()),
        "papers": display.paper_rows(found, unopened=queries.unopened_papers(case_id, actor=actor)),
        "moving": moving,
        "steps": steps,
        "attempt": attempt,
        "attempt_text": display.attempt_text(found, attempt) if attempt else "",
        "verbs": display.verb_choices([one for one in queries.list_verbs(found, actor=actor) if not one.own_page]),
        "may_take_in_hand": found.body == actor.body and not found.assigned_to and not found.is_closed,
        "may_release": found.body == actor.body and found.assigned_to and not found.is_closed,
        "may_move": found.body == actor.body and not found.is_closed,
        "form": form,
    }
    return render(request, "casework/case.html", context, status=422 if is_wrong else 200)


def _why_not_here(case: Case, verb: str) -> Refusal | None:
    declared = get_procedure(case.procedure, version=case.procedure_version).verbs.get(verb)
    if declared is None or not declared.own_page:
        return None
    return Refusal(
        code="CASE-OWN-PAGE",
        what="这一步不在这里办。",
        why="它要写的不只是理由和材料。",
        next_step="请打开这件事自己的页面，在那里办理。",
    )


def _deadline(case: Case, procedure: Procedure, *, on: date) -> Deadline | None:
    return None if case.is_closed else queries.deadline_of(case, procedure, on=on)

"""One's own honours on a phone, without scripts: read the deeds, say yes or no, be unnamed, state one's case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.honours import display, facade
from chengxin.honours.contracts import Answer, Standing
from chengxin.honours.forms import AnswerForm, StatementForm
from chengxin.incentives import facade as incentives
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on

_ANSWERS = {"asked", "agreed"}
_DECLINES = {"asked", "agreed", "noticed", "proposed", "awarded"}
_HEARD = {"told", "stated"}
_HELD = {Standing.AWARDED, Standing.SUSPENDED, Standing.EXPIRED}


@no_records
@require_safe
def honours(request: HttpRequest) -> HttpResponse:
    """List the viewer's nominations and honours."""
    found = facade.list_own(access.actor_of(request), now=now())
    context = {"page": display.own_list_page(), "table": display.own_table(found)}
    return private(render(request, "honours/own_list.html", context))


@no_records
def honour(request: HttpRequest, number: str) -> HttpResponse:
    """Show one nomination with its deeds; take the answer, or a statement before a withdrawal."""
    actor = access.actor_of(request)
    answer, statement = AnswerForm(), StatementForm()
    if request.method == "POST":
        try:
            if "text" in request.POST:
                statement = StatementForm(request.POST)
                if statement.is_valid():
                    _state(actor, number, statement.cleaned_data["text"])
                    return redirect("own_honour", number=number)
            else:
                answer = AnswerForm(request.POST)
                if answer.is_valid():
                    facade.answer(actor, number, Answer(answer.cleaned_data["answer"]), now=now())
                    return redirect("own_honour", number=number)
        except Refused as refused:
            say_on(statement if statement.is_bound else answer, refused)
    shown = statement if statement.is_bound else answer
    context = _context(facade.open_own(actor, number, now=now()), actor, problems=bool(shown.errors))
    context |= {"form": shown, "answer": answer, "statement": statement}
    return private(render(request, "honours/own.html", context, status=422 if shown.errors else 200))


@no_records
@require_POST
def unname(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw the consent to be named."""
    facade.unname(access.actor_of(request), number, now=now())
    return redirect("own_honour", number=number)


@no_records
@require_POST
def give_up(request: HttpRequest, number: str) -> HttpResponse:
    """Give an honour up."""
    facade.give_up(access.actor_of(request), number, now=now())
    return redirect("own_honour", number=number)


def _state(actor: Actor, number: str, text: str) -> None:
    course = facade.open_own(actor, number, now=now())
    if course.review is None:
        raise Refused(facade.ABSENT)
    casework.carry_out(course.review.id, verb="state", actor=actor, now=now(), reasons=text)


def _context(course: facade.Course, actor: Actor, *, problems: bool) -> dict[str, object]:
    found, on = course.found, legal_day(now())
    stands = found.standing is Standing.AWARDED
    kinds = [facade.get_kind(found.kind)]
    return {
        "page": display.own_page(found, problems=problems),
        "found": found,
        "facts": display.office_facts(found),
        "story": course.draft.story if course.draft else "",
        "may_answer": course.case.state in _ANSWERS,
        "may_decline": course.case.state in _DECLINES - _ANSWERS,
        "may_give_up": found.record_id is not None and found.standing in _HELD,
        "may_unname": found.is_named and found.answer is Answer.NAMED and course.case.state not in _ANSWERS,
        "may_state": course.review is not None and course.review.state in _HEARD,
        "matrix": display.matrix(kinds, incentives.list_scenes(on=on), on=on) if stands else None,
        "steps": casework.timeline_steps(course.case, course.steps, actor=actor),
        "review_steps": casework.timeline_steps(course.review, course.review_steps, actor=actor)
        if course.review
        else [],
    }

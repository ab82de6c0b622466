"""The department's page: match one name by hand, see why, clear what is somebody else."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.matching import display, facade
from chengxin.matching.contracts import Answer, Asked, Clearance
from chengxin.matching.forms import AskForm, ClearForm
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import line_of, private

_CLEARS = (Role.CLERK, Role.CASE_OFFICER)
_CONFIRMS = (Role.APPROVER, Role.CASE_OFFICER)


@outlet("public.lists", "matching.persons")
@sensitive_post_parameters("name", "number")
def matching(request: HttpRequest) -> HttpResponse:
    """Match one name or number; what was typed travels in the form and never in an address."""
    actor = access.staff_of(request)
    form = AskForm(request.POST or None, measures=display.measures_for(actor))
    clearing = ClearForm(request.POST if "entry" in request.POST else None)
    answer: Answer | None = None
    if form.is_bound and form.is_valid():
        try:
            if clearing.is_bound and clearing.is_valid():
                _clear(actor, form, clearing, entry=request.POST.get("entry", ""))
                return redirect("matching")
            answer = _ask(actor, form)
        except Refused as refused:
            form.add_error(None, line_of(refused.refusal))
    return _shown(request, actor, form, clearing=clearing, answer=answer)


@no_records
@require_POST
def confirm(request: HttpRequest, clearance_id: UUID) -> HttpResponse:
    """Confirm another officer's clearance of a proposed block."""
    facade.confirm(access.staff_of(request), clearance_id, now=now())
    return redirect("matching")


@no_records
@require_POST
def take_back(request: HttpRequest, clearance_id: UUID) -> HttpResponse:
    """Take a clearance back."""
    facade.withdraw(access.staff_of(request), clearance_id, now=now())
    return redirect("matching")


def _ask(actor: Actor, form: AskForm) -> Answer:
    return facade.screen(actor, Asked(purpose=form.cleaned_data["purpose"], queries=[form.query()]), now=now())


def _clear(actor: Actor, form: AskForm, clearing: ClearForm, *, entry: str) -> None:
    try:
        entry_id = UUID(entry)
    except ValueError:
        raise Refused(Refusal(code="ABSENT", what="没有找到，或者您无权查看。")) from None
    facade.clear(
        actor,
        purpose=form.cleaned_data["purpose"],
        query=form.query(),
        entry_id=entry_id,
        reasons=clearing.cleaned_data["reasons"],
        now=now(),
    )


def _shown(
    request: HttpRequest, actor: Actor, form: AskForm, *, clearing: ClearForm, answer: Answer | None
) -> HttpResponse:
    found = facade.list_clearances(actor, now=now())
    may_clear = any(actor.has(role) for role in _CLEARS)
    hits = answer.rows[0].hits if answer else ()
    problems = bool(form.errors or clearing.errors)
    context = {
        "page": display.page_of(problems=problems),
        "form": form,
        "clearing": clearing,
        "entry": request.POST.get("entry", ""),
        "carried": [(one.html_name, one.value() or "") for one in form if one.name != "purpose"],
        "facts": display.answer_facts(answer) if answer else None,
        "cards": [display.hit_card(hit, purpose=form["purpose"].value(), may_clear=may_clear) for hit in hits],
        "clearances": [_line(actor, one, may_clear=may_clear) for one in found],
    }
    return private(render(request, "matching/matching.html", context, status=422 if problems else 200))


def _line(actor: Actor, one: Clearance, *, may_clear: bool) -> dict[str, object]:
    waits = not one.holds and one.proposed_by != actor.key
    return {
        "id": one.id,
        "title": one.asked_name or display.nameless(),
        "state": display.clearance_state(one),
        "facts": display.clearance_facts(one),
        "may_confirm": waits and any(actor.has(role) for role in _CONFIRMS),
        "may_take_back": may_clear,
    }

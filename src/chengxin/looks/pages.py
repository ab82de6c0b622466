"""“谁看过我” on a phone, without scripts: the list, one look, its proof."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.audit.contracts import Kind, Look, LookFilter
from chengxin.casework import facade as casework
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refused
from chengxin.looks import display, facade
from chengxin.looks.forms import FilterForm, WordsForm
from chengxin.records.facade import no_records
from chengxin.representation import facade as representation
from chengxin.ui.facade import line_of, pager_of, private

_PER_PAGE = 30


@no_records
def looks(request: HttpRequest) -> HttpResponse:
    """Show who looked at the viewer, all of it or what was asked for."""
    actor = access.actor_of(request)
    form = FilterForm(request.GET, askers=facade.own_askers(actor, now=now()))
    chosen = form.chosen()
    total = facade.count_own_looks(actor, now=now(), chosen=chosen)
    pager, offset = pager_of(request, total=total, per_page=_PER_PAGE)
    found = facade.own_looks(actor, now=now(), chosen=chosen, limit=_PER_PAGE, offset=offset)
    context = {
        "page": display.looks_page(found, problems=bool(form.errors)),
        "form": form,
        "is_filtered": chosen != LookFilter(),
        "strip": display.strip_of(found),
        "lines": display.look_lines(found, names=_representatives(actor, found.lines)),
        "pager": pager if total > _PER_PAGE else None,
        "year": legal_day(now()).year,
        "withheld": display.withheld_lines(found),
        "empty": display.nobody_looked(is_filtered=chosen != LookFilter(), is_withheld=bool(found.withheld)),
    }
    return private(render(request, "looks/looks.html", context, status=422 if form.errors else 200))


def _representatives(actor: Actor, found: Sequence[Look]) -> dict[str, str]:
    """Return who of the viewer's representatives looked, by name."""
    return representation.names_of(actor, {look.representative for look in found} - {""}, now=now())


@no_records
def look(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Show one look at the viewer with the way to its proof, and its challenge with its course."""
    actor = access.actor_of(request)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and _act(request, event_id, form):
        return redirect(f"{reverse('look', args=[event_id])}#challenge")
    own = facade.own_look(actor, event_id, now=now())
    case = own.challenge
    facts = display.look_facts(own.look, names=_representatives(actor, [own.look]))
    if own.was_withheld:
        facts.append(display.withheld_fact(own.was_withheld))
    context = {
        "page": display.look_page(own.look, case, problems=bool(form.errors)),
        "facts": facts,
        "is_near_miss": own.look.kind == Kind.CANDIDATE,
        "files": display.proof_files(own.look),
        "press": display.press_of(own.look, case),
        "challenge": case,
        "challenge_facts": display.challenge_facts(case, on=legal_day(now())) if case else (),
        "steps": casework.timeline_steps(case, own.steps, actor=actor) if case else (),
        "is_new": request.GET.get("done") == "1" and len(own.steps) == 1,
        "form": form,
    }
    return private(render(request, "looks/look.html", context, status=422 if form.errors else 200))


def _act(request: HttpRequest, event_id: UUID, form: WordsForm) -> bool:
    """Add a word or take the challenge back; a mistake stands on the form."""
    actor = access.actor_of(request)
    try:
        if request.POST.get("act") == "take_back":
            facade.take_back(actor, event_id, now=now())
        elif form.is_valid():
            facade.add_words(actor, event_id, words=form.cleaned_data["words"], now=now())
    except Refused as refused:
        if refused.refusal.field not in form.fields:
            raise
        form.add_error(refused.refusal.field, line_of(refused.refusal))
    return request.POST.get("act") == "take_back" or not form.errors


@no_records
@require_POST
def challenge(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Challenge a look with one press."""
    facade.challenge(access.actor_of(request), event_id, now=now())
    return redirect(f"{reverse('look', args=[event_id])}?done=1")


@no_records
def proof(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Give the proof of one look as a file."""
    content = facade.own_proof(access.actor_of(request), event_id, now=now())
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="look-{event_id}.json"'
    return private(response)


@no_records
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view is given one
    """Give the public keys that proofs are checked with."""
    response = HttpResponse(facade.log_keys(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="log-keys.txt"'
    return response

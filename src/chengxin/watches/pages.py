"""The officer's pages of watches, and what the watched person sees."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import line_of, pager_of, private
from chengxin.watches import display, facade
from chengxin.watches.forms import WatchForm

_PER_PAGE = 20
_SETS = (Role.CLERK, Role.CASE_OFFICER)


@no_records
def watches(request: HttpRequest) -> HttpResponse:
    """List whom one's own body watches."""
    actor = access.staff_of(request)
    pager, offset = pager_of(request, total=facade.count_of_body(actor), per_page=_PER_PAGE)
    found = facade.list_of_body(actor, now=now(), limit=_PER_PAGE, offset=offset)
    context = {
        "page": display.list_page(),
        "table": display.table_of(found, pager=pager),
        "may_set": any(actor.has(role) for role in _SETS),
    }
    return private(render(request, "watches/watches.html", context))


@no_records
@sensitive_post_parameters("number")
def new_watch(request: HttpRequest) -> HttpResponse:
    """Watch a subject; what was typed travels in the form and never in an address."""
    actor = access.staff_of(request)
    form = WatchForm(request.POST or None, purposes=display.purposes_for(actor), grounds=display.ground_choices())
    if form.is_bound and form.is_valid():
        try:
            found = facade.watch(actor, form.asked(), now=now())
        except Refused as refused:
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("watch", watch_id=found.id)
    context = {"page": display.new_page(problems=bool(form.errors)), "form": form}
    return private(render(request, "watches/new.html", context, status=422 if form.errors else 200))


@outlet("public.lists", "matching.persons")
def watch(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    """Show one watch with what stands on the lists now, each line to be checked in its case."""
    actor = access.staff_of(request)
    found = facade.read_watch(actor, watch_id, now=now())
    context = {
        "page": display.watch_page(found),
        "facts": display.watch_facts(found.watch, runs=found.runs),
        "cards": display.warning_cards(found),
        "over": display.over_table(found),
        "may_end": found.runs and any(actor.has(role) for role in _SETS),
        "watch_id": watch_id,
    }
    return private(render(request, "watches/watch.html", context))


@no_records
@require_POST
def end(request: HttpRequest, watch_id: UUID) -> HttpResponse:
    """End a watch before its time."""
    facade.take_back(access.staff_of(request), watch_id, now=now())
    return redirect("watch", watch_id=watch_id)


@no_records
def own_watches(request: HttpRequest) -> HttpResponse:
    """Show the viewer who watches them, on what basis, until when, and what each was told."""
    found = facade.list_own(access.actor_of(request), now=now())
    context = {"page": display.own_page(), "cards": display.own_cards(found), "empty": display.nobody_watches()}
    return private(render(request, "watches/own.html", context))

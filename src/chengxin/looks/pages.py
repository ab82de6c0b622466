"""“谁看过我” on a phone, without scripts: the list, one look, its proof."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from chengxin.access import facade as access
from chengxin.audit.contracts import LookFilter
from chengxin.kernel.clock import now
from chengxin.looks import display, facade
from chengxin.looks.forms import FilterForm
from chengxin.records.facade import no_records
from chengxin.ui.facade import pager_of

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
        "lines": display.look_lines(found.lines),
        "pager": pager if total > _PER_PAGE else None,
        "empty": display.nobody_looked(is_filtered=chosen != LookFilter()),
    }
    return _private(render(request, "looks/looks.html", context, status=422 if form.errors else 200))


@no_records
def look(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Show one look at the viewer with the way to its proof."""
    found = facade.own_look(access.actor_of(request), event_id, now=now())
    context = {
        "page": display.look_page(found),
        "facts": display.look_facts(found),
        "files": display.proof_files(found),
    }
    return _private(render(request, "looks/look.html", context))


@no_records
def proof(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Give the proof of one look as a file."""
    content = facade.own_proof(access.actor_of(request), event_id, now=now())
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="look-{event_id}.json"'
    return _private(response)


@no_records
def keys(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view is given one
    """Give the public keys that proofs are checked with."""
    response = HttpResponse(facade.log_keys(), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="log-keys.txt"'
    return response


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches and search engines."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response

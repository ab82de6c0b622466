"""The public pages of lists, and the department's: what it listed, a new listing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import staff_of
from chengxin.determinations.facade import DraftForm
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lists import display, facade
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import line_of, pager_of, private

PER_PAGE = 20


@no_records
def lists(request: HttpRequest) -> HttpResponse:
    """List the kinds of list, why each is public, and how many entries it has."""
    context = {"page": display.lists_page(), "table": display.kinds_table(facade.count_public(at=now()))}
    return render(request, "lists/lists.html", context)


@outlet("public.lists")
def one_list(request: HttpRequest, kind: str) -> HttpResponse:
    """Show one list: why it is public, how one leaves it, and the operators on it."""
    found = facade.get_kind(kind)
    pager, offset = pager_of(request, total=facade.count_public(at=now()).get(kind, 0), per_page=PER_PAGE)
    entries = facade.list_public(kind, at=now(), limit=PER_PAGE, offset=offset)
    context = {
        "page": display.list_page(found),
        "why": display.why_facts(found, on=legal_day(now())),
        "table": display.entries_table(entries, kind=found, pager=pager),
        "kind": found,
    }
    return private(render(request, "lists/list.html", context))


@no_records
def list_of_item(request: HttpRequest, item_code: str) -> HttpResponse:  # noqa: ARG001
    """Lead from a record to the list it is an entry of."""
    kind = facade.kind_of_item(item_code)
    if kind is None:
        raise Refused(Refusal(code="ABSENT", what="没有这一种名单。", next_step="请从“名单”页重新选择。"))
    return redirect("list", kind=kind.code)


@no_records
def dept_lists(request: HttpRequest) -> HttpResponse:
    """List the entries the viewer's body answers for, and offer the lists it may decide on."""
    actor = staff_of(request)
    pager, offset = pager_of(request, total=facade.count_of_body(actor), per_page=PER_PAGE)
    context = {
        "page": display.dept_page(),
        "table": display.body_table(facade.list_of_body(actor, limit=PER_PAGE, offset=offset), pager=pager),
        "kinds": display.kind_links(facade.kinds_for(actor.body, now=now())),
    }
    return private(render(request, "lists/dept.html", context))


@no_records
def new_listing(request: HttpRequest, kind: str) -> HttpResponse:
    """Take the draft of a listing; its notice, hearing, signature and service follow on its own page."""
    actor = staff_of(request)
    found = next((one for one in facade.kinds_for(actor.body, now=now()) if one.code == kind), None)
    if found is None:
        raise Refused(Refusal(code="ABSENT", what="本单位不能列入这种名单。", next_step="请从“名单”页选择。"))
    form = DraftForm(request.POST or None, asked=facade.form_of(found.items[0], on=legal_day(now())).fields)
    if request.method == "POST" and form.is_valid():
        try:
            drafted = facade.draft_listing(actor, kind, cells=form.cells(), now=now())
        except Refused as refused:
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("determination", determination_id=drafted.id)
    context = {"page": display.new_page(found, problems=bool(form.errors)), "form": form}
    return private(render(request, "lists/new.html", context, status=422 if form.errors else 200))

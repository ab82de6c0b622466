"""The department's pages: determinations, a draft, one with its services, its documents, the proof of a service."""

from __future__ import annotations

from contextlib import ExitStack
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import staff_of
from chengxin.determinations import display, facade
from chengxin.determinations.contracts import Service, Way
from chengxin.determinations.forms import DraftForm, ServiceForm, UndoneForm
from chengxin.files import facade as files
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import line_of, pager_of, private

PER_PAGE = 20
DOORS = {"ABSENT", "SIGN_IN_REQUIRED", "A-NO-RIGHT"}


@no_records
def determinations(request: HttpRequest) -> HttpResponse:
    """List the determinations of the viewer's body, and offer the items it may determine."""
    actor = staff_of(request)
    pager, offset = pager_of(request, total=facade.count_of_body(actor), per_page=PER_PAGE)
    found = facade.list_of_body(actor, limit=PER_PAGE, offset=offset)
    items = facade.items_for(actor.body, on=legal_day(now()))
    context = {
        "page": display.list_page(),
        "table": display.body_table(found, pager=pager),
        "items": display.item_links(items),
    }
    return private(render(request, "determinations/list.html", context))


@no_records
def new(request: HttpRequest) -> HttpResponse:
    """Take a draft under one catalogue item."""
    actor = staff_of(request)
    code = request.GET.get("item", "")
    item = next((one for one in facade.items_for(actor.body, on=legal_day(now())) if one.code == code), None)
    if item is None:
        raise Refused(Refusal(code="ABSENT", what="本单位不能认定这个条目。", next_step="请从列表选择条目。"))
    form = DraftForm(request.POST or None, asked=facade.asked_fields(item))
    if request.method == "POST" and form.is_valid():
        try:
            found = facade.draft(actor, code, cells=form.cells(), now=now())
        except Refused as refused:
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("determination", determination_id=found.id)
    context = {"page": display.new_page(item, problems=bool(form.errors)), "form": form}
    return private(render(request, "determinations/new.html", context, status=422 if form.errors else 200))


@no_records
def determination(request: HttpRequest, determination_id: UUID) -> HttpResponse:
    """Show one determination with its days, and take a service or the report that it was undone."""
    actor = staff_of(request)
    service, undone = ServiceForm(), UndoneForm()
    if request.method == "POST":
        try:
            if "document_no" in request.POST:
                undone = UndoneForm(request.POST)
                if undone.is_valid():
                    facade.report_undone(actor, determination_id, **undone.cleaned_data, now=now())
                    return redirect("determination", determination_id=determination_id)
            else:
                service = ServiceForm(request.POST, request.FILES)
                if service.is_valid():
                    _serve(request, actor, determination_id, service)
                    return redirect("determination", determination_id=determination_id)
        except Refused as refused:
            if refused.refusal.code in DOORS:
                raise
            form = undone if undone.is_bound else service
            form.add_error(
                refused.refusal.field if refused.refusal.field in form.fields else None, line_of(refused.refusal)
            )
    course = facade.open_of_body(actor, determination_id, now=now())
    shown = undone if undone.is_bound else service
    context = {
        **display.body_context(course, actor=actor, on=legal_day(now()), problems=bool(shown.errors)),
        "form": shown,
        "service": service,
        "undone": undone,
    }
    return private(render(request, "determinations/one.html", context, status=422 if shown.errors else 200))


@no_records
def documents(request: HttpRequest, determination_id: UUID) -> HttpResponse:
    """Show prior notice and decision as sheets to print, sign and serve."""
    course = facade.open_of_body(staff_of(request), determination_id, now=now())
    return private(render(request, "determinations/documents.html", display.sheets_context(course)))


@no_records
def proof(request: HttpRequest, determination_id: UUID, which: str) -> HttpResponse:
    """Give the proof of a service; the opening is written down."""
    content = facade.open_paper(staff_of(request), determination_id, which, now=now())
    document = files.document_of(content)
    response = HttpResponse(content, content_type=document.media if document else "application/octet-stream")
    response["Content-Disposition"] = f'inline; filename="proof-{which}"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)


def _serve(request: HttpRequest, actor: Actor, determination_id: UUID, form: ServiceForm) -> None:
    given = form.cleaned_data
    file = request.FILES.get("proof")
    with ExitStack() as stack:
        path = stack.enter_context(files.landed(file.chunks())) if isinstance(file, UploadedFile) else None
        service = Service(way=Way(given["way"]), served_on=given["served_on"], proof=path)
        act = facade.serve_decision if request.POST.get("what") == "decision" else facade.serve_notice
        act(actor, determination_id, service, now=now())

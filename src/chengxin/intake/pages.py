"""The clerk's pages: upload, batches, questioned rows, the returned sheet; and the second person's decision."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.files import facade as files
from chengxin.intake import display
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.intake.forms import DecideForm, FixForm, UploadForm
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records import facade as records
from chengxin.records.facade import no_records
from chengxin.ui.facade import line_of, pager_of, reads_english

_PER_PAGE = 20
_ROWS_PER_PAGE = 10
_YEAR = timedelta(days=365)


@no_records
def batches(request: HttpRequest) -> HttpResponse:
    """Show the body's batches, newest first."""
    with _working(request) as actor:
        pager, offset = pager_of(request, total=intake.count_batches(actor.body), per_page=_PER_PAGE)
        found = intake.list_batches(actor.body, limit=_PER_PAGE, offset=offset)
    context = {"page": display.batches_page(), "table": display.batches_table(found, pager=pager)}
    return render(request, "intake/batches.html", context)


@no_records
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in; a refusal comes back on the page beside what was chosen."""
    with _working(request) as actor:
        codes = access.items_of(actor.body, on=legal_day(now()))
        form = UploadForm(request.POST or None, request.FILES or None, codes=codes)
        if request.method == "POST" and form.is_valid():
            try:
                found = _take(form, actor)
            except Refused as refused:
                form.add_error("file", line_of(refused.refusal))
            else:
                return redirect("intake_batch", batch_id=found)
    page = display.upload_page(problems=bool(form.errors))
    return render(request, "intake/upload.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@no_records
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show one batch: what was found, what would change, what to do next."""
    return _batch_page(request, batch_id, decide=DecideForm())


def _batch_page(request: HttpRequest, batch_id: UUID, *, decide: DecideForm) -> HttpResponse:
    with _working(request) as actor:
        found = intake.get_batch(batch_id)
        attempt = casework.find_attempt(found.case_id) if found.case_id else None
        issues = intake.count_issues(batch_id)
        change = intake.difference(batch_id, now=now()) if found.state == "submitted" else None
        samples = intake.sample_rows(found, limit=5) if found.state == "submitted" else ()
    context = {
        "page": display.batch_page(found, problems=bool(decide.errors)),
        "batch": found,
        "attempt": attempt,
        "facts": display.batch_facts(found),
        "figures": display.batch_figures(found, change=change),
        "issues": display.issues_table(found, issues),
        "samples": display.samples_table(found, samples),
        "decide": decide,
        "may_fix": _may_fix(found, actor),
        "may_submit": found.state == "validated" and found.good > 0 and actor.has(display.CLERK),
        "may_decide": found.state == "submitted" and actor.has(display.APPROVER) and actor.key != found.uploaded_by,
    }
    return render(request, "intake/batch.html", context, status=422 if decide.errors else 200)


@no_records
def questioned(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show questioned rows cell by cell, and take one correction at a time."""
    with _working(request) as actor:
        if request.method == "POST":
            _correct(request, batch_id, actor)
            return redirect(request.get_full_path())
        found = intake.get_batch(batch_id)
        pager, offset = pager_of(request, total=found.questioned, per_page=_ROWS_PER_PAGE)
        lines = intake.questioned_rows(found, offset=offset, limit=_ROWS_PER_PAGE, language=_language())
    context = {
        "page": display.questioned_page(found),
        "batch": found,
        "lines": display.questioned_lines(lines),
        "pager": pager,
        "may_fix": _may_fix(found, actor),
    }
    return render(request, "intake/questioned.html", context)


@no_records
def returned_sheet(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Give the questioned rows back as the same sheet with a red column."""
    with _working(request) as actor:
        found = intake.get_batch(batch_id)
        content = intake.error_sheet(found, actor=actor, now=now(), language=_language())
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = f'attachment; filename="{found.number}-questioned.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@no_records
@require_POST
def submit(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Ask for the approval of a second person."""
    with _working(request) as actor:
        intake.submit(batch_id, actor=actor, now=now())
    return redirect("intake_batch", batch_id=batch_id)


@no_records
def decide(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Approve a batch, or return it with reasons, as the second person; the address alone leads back to the batch."""
    if request.method != "POST":
        return redirect("intake_batch", batch_id=batch_id)
    approves = request.POST.get("verb") != "return"
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _batch_page(request, batch_id, decide=form)
    reasons = form.cleaned_data["reasons"]
    try:
        intake.decide(batch_id, approves=approves, actor=_officer(request), now=now(), reasons=reasons)
    except Refused as refused:
        if refused.refusal.code == "ABSENT":
            raise
        form.add_error("reasons" if refused.refusal.field == "reasons" else None, line_of(refused.refusal))
        return _batch_page(request, batch_id, decide=form)
    return redirect("intake_batch", batch_id=batch_id)


@no_records
def quality(request: HttpRequest) -> HttpResponse:
    """Show how well the body files: acceptance, linkage, timeliness, and what goes wrong most."""
    until = legal_day(now())
    with _working(request) as actor:
        found = intake.quality_of(actor.body, since=until - _YEAR, until=until + timedelta(days=1))
        received, told = records.count_received(actor.body), records.count_told(actor.body)
        silent = records.list_unanswered(actor.body, today=until)
    context = {
        "page": display.quality_page(found),
        "figures": display.quality_figures(found),
        "bars": display.quality_bars(found),
        "recipients": display.recipient_figures(received, told, silent),
        "silent": display.silent_table(silent),
    }
    return render(request, "intake/quality.html", context)


@contextmanager
def _working(request: HttpRequest) -> Iterator[Actor]:
    """Act for the body the viewer works for."""
    actor = _officer(request)
    with access.acting_for(actor, channel=Channel.INTAKE, purpose="filing"):
        yield actor


def _officer(request: HttpRequest) -> Actor:
    """Return the viewer as somebody who works for a body; whoever is not signed in is asked to."""
    actor = access.actor_of(request)
    if actor == ANYONE:
        raise Refused(
            Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以上传和查看本单位的批次。")
        )
    if not actor.body:
        raise Refused(Refusal(code="ABSENT", what="没有这个批次。", next_step="请核对编号。"))
    return actor


def _may_fix(found: Batch, actor: Actor) -> bool:
    return found.state in {"validated", "returned"} and actor.has(display.CLERK)


def _take(form: UploadForm, actor: Actor) -> UUID:
    file = form.cleaned_data["file"]
    with files.landed(file.chunks()) as path:
        return intake.upload(
            path,
            file_name=file.name,
            item_code=form.cleaned_data["item"],
            actor=actor,
            now=now(),
            channel="page",
        ).id


def _correct(request: HttpRequest, batch_id: UUID, actor: Actor) -> None:
    form = FixForm(request.POST)
    if not form.is_valid():
        raise Refused(Refusal(code="B-FIX", what="改正的内容太长。", next_step="请缩短后再保存。"))
    cell = form.cleaned_data
    if request.POST.get("act") == "drop":
        intake.drop_row(batch_id, row=cell["row"], actor=actor, now=now())
    else:
        intake.fix_cell(batch_id, row=cell["row"], field=cell["field"], text=cell["text"], actor=actor, now=now())


def _language() -> str:
    return "en" if reads_english() else "zh"

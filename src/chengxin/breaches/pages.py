"""The pages of the breach desk, the sheet for the authority, and the public counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.breaches import display, facade
from chengxin.breaches.contracts import Assessment, Breach, Lever, Source
from chengxin.breaches.forms import AssessForm, OpenForm, PersonForm, ReportForm, StopForm, TraceForm
from chengxin.exports.facade import Export
from chengxin.files import facade as files
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on

LARGEST = 10 << 20


@no_records
def breaches(request: HttpRequest) -> HttpResponse:
    """List the breaches of the desk; trace a file; open one."""
    actor = _desk(request)
    tracing, opening = TraceForm(), _opening()
    traced, was_traced = None, False
    if request.method == "POST" and request.POST.get("press") == "trace":
        tracing = TraceForm(request.POST, request.FILES)
        traced, was_traced = _traced(request, actor, tracing)
        if traced is not None:
            opening = _opening(source="export", reference=traced.number)
    elif request.method == "POST":
        opening = OpenForm(request.POST, auto_id="id_open_%s")
        if made := _opened(actor, opening):
            return redirect("breach", incident_id=made)
    form: forms.Form = tracing if tracing.is_bound else opening
    is_wrong = bool(form.errors)
    context = {
        "page": display.desk_page(problems=is_wrong),
        "table": display.desk_table(facade.list_breaches(actor, now=now())),
        "tracing": tracing,
        "opening": opening,
        "form": form,
        "traced": display.export_facts(traced) if traced else [],
        "was_traced": was_traced,
        "may_open": actor.has(Role.SECURITY_ADMIN),
        "workbench": "office",
    }
    return private(render(request, "breaches/list.html", context, status=422 if is_wrong else 200))


def _opening(**known: str) -> OpenForm:
    return OpenForm(initial={"found_on": legal_day(now()), **known}, auto_id="id_open_%s")


def _traced(request: HttpRequest, actor: Actor, form: TraceForm) -> tuple[Export | None, bool]:
    """Return the export a file is from, and whether it could be asked at all."""
    file = request.FILES.get("file")
    if not form.is_valid() or not isinstance(file, UploadedFile):
        return None, False
    try:
        return _trace(actor, file), True
    except Refused as refused:
        say_on(form, refused)
        return None, False


def _opened(actor: Actor, form: OpenForm) -> UUID | None:
    """Open a breach from what was written, or say on the form why not."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    source, reference = Source(said["source"]), said["reference"].strip()
    try:
        return facade.open_breach(
            actor, source, reference, found_on=said["found_on"], reasons=said["reasons"], now=now()
        )
    except Refused as refused:
        say_on(form, refused)
        return None


@no_records
@sensitive_post_parameters("number")
def breach(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Show one breach, and take persons, the assessment, the report and what is stopped."""
    actor = _desk(request)
    form: forms.Form | None = None
    if request.method == "POST":
        form, act = _asked(request, actor, incident_id)
        if form.is_valid():
            try:
                act(form.cleaned_data)
            except Refused as refused:
                say_on(form, refused)
            else:
                return redirect("breach", incident_id=incident_id)
    found = facade.get_breach(actor, incident_id, now=now())
    is_wrong = form is not None and bool(form.errors)
    context = {
        "page": display.desk_page(found, problems=is_wrong),
        "breach": found,
        "facts": display.facts(found),
        "contents": display.contents(found),
        "stops": display.stops(found),
        "form": form or forms.Form(),
        "may_work": actor.has(Role.SECURITY_ADMIN) and not found.told_at and not found.waived_at,
        **_forms(found, bound=form),
        "workbench": "office",
    }
    return private(render(request, "breaches/breach.html", context, status=422 if is_wrong else 200))


@no_records
@require_safe
def report(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Show the sheet that goes to the authority."""
    found = facade.get_breach(_desk(request), incident_id, now=now())
    context = {
        "page": display.desk_page(found),
        "breach": found,
        "facts": display.facts(found),
        "contents": display.contents(found),
        "stops": display.stops(found),
    }
    return private(render(request, "breaches/report.html", context))


@no_records
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """Show the public counts of the last quarters."""
    table = display.quarters_table(facade.list_quarters(today=legal_day(now())))
    return render(request, "breaches/counts.html", {"page": display.counts_page(), "table": table})


def _asked(
    request: HttpRequest, actor: Actor, incident_id: UUID
) -> tuple[forms.Form, Callable[[dict[str, Any]], None]]:
    """Return the form of a press and what it does."""
    press, moment = request.POST.get("press", ""), now()
    if press == "person":
        return PersonForm(request.POST), lambda given: facade.add_person(
            actor, incident_id, str(given["number"]), now=moment
        )
    if press == "report":
        return ReportForm(request.POST), lambda given: facade.write_report(actor, incident_id, **given, now=moment)
    if press == "stop":
        return StopForm(request.POST), lambda given: facade.stop(
            actor,
            incident_id,
            Lever(given["lever"]),
            str(given["reference"]),
            reasons=str(given["reasons"]),
            now=moment,
        )
    return AssessForm(request.POST), lambda given: facade.assess(
        actor,
        incident_id,
        Assessment(
            items=tuple(given["items"]),
            cause=str(given["cause"]),
            harm=tuple(given["harm"]),
            remedies=tuple(given["remedies"]),
            advice=tuple(given["advice"]),
        ),
        now=moment,
    )


def _forms(found: Breach, *, bound: forms.Form | None) -> dict[str, forms.Form]:
    """Return the forms of the page, the one that was sent with its errors."""
    said = vars(found.assessment) if found.assessment else {}
    fresh: dict[str, forms.Form] = {
        "person": PersonForm(auto_id="id_person_%s"),
        "assessing": AssessForm(initial={name: list(v) if isinstance(v, tuple) else v for name, v in said.items()}),
        "reporting": ReportForm(initial={"reported_on": legal_day(now())}, auto_id="id_report_%s"),
        "stopping": StopForm(auto_id="id_stop_%s"),
    }
    return {name: bound if bound is not None and type(bound) is type(one) else one for name, one in fresh.items()}


def _trace(actor: Actor, file: UploadedFile[bytes]) -> Export | None:
    if (file.size or 0) > LARGEST:
        raise Refused(
            Refusal(code="BREACH-FILE", what="文件太大。", next_step="请取其中一部分，最多 10 MB。", field="file")
        )
    with files.landed(file.chunks()) as path:
        try:
            is_workbook = str(file.name).lower().endswith(".xlsx")
            return facade.trace(actor, path, is_workbook=is_workbook, now=now())
        except (ValueError, OSError) as error:
            raise Refused(
                Refusal(code="BREACH-FILE", what="文件读不出来。", next_step="请用 CSV 或者 XLSX。", field="file")
            ) from error


def _desk(request: HttpRequest) -> Actor:
    actor = access.actor_of(request)
    if not actor.body:
        raise Refused(
            Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用安全管理员或者审计管理员的账户登录。")
        )
    return actor

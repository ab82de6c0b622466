"""One's own page, one line, looks, reports; the enterprise page; verification. Everything works without scripts."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string

from chengxin.access import facade as access
from chengxin.archives import display, facade
from chengxin.archives.areas import fields_offered
from chengxin.archives.contracts import ReportForm, ReportState, Tab
from chengxin.archives.forms import CertificateForm, StatementForm, VerifyForm
from chengxin.archives.received import received_table
from chengxin.crypto import facade as crypto
from chengxin.kernel.actor import ANYONE
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import line_of, private

LISTED_AT = {
    ReportForm.REPORT: "archive_reports",
    ReportForm.CERTIFICATE: "archive_certificates",
    ReportForm.OCCUPATION: "archive_occupation",
}
_FORMATS = {"pdf": "application/pdf", "json": "application/json"}


@outlet("self.archive")
def archive(request: HttpRequest) -> HttpResponse:
    """Show all that is held on the viewer, line by line, each with its five answers."""
    actor = access.actor_of(request)
    found = facade.own_archive(actor, now=now())
    context = {
        "page": display.archive_page(found),
        "sections": display.archive_sections(found, actor=actor, today=legal_day(now())),
        "empty": display.nothing_held(found),
    }
    return private(render(request, "archives/archive.html", context))


@outlet("self.archive")
def line(request: HttpRequest, record_id: UUID) -> HttpResponse:
    """Show one line whole, and take the viewer's own statement about it."""
    actor = access.actor_of(request)
    form = StatementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.state_own_view(actor, record_id, text=form.cleaned_data["text"], now=now())
        except Refused as refused:
            if refused.refusal.field != "text":
                raise
            form.add_error("text", line_of(refused.refusal))
        else:
            return redirect(f"{reverse('archive_line', args=[record_id])}#statement")
    own = facade.own_line(actor, record_id, now=now())
    context = {
        "page": display.line_page(own),
        "record": display.own_record(own.line, actor=actor, today=legal_day(now()), whole=True),
        "facts": display.line_facts(own.line),
        "steps": display.course_steps(own),
        "changes": display.changes_table(own),
        "received": received_table(own),
        "line": own.line,
        "form": form,
    }
    return private(render(request, "archives/line.html", context, status=422 if form.errors else 200))


@outlet("self.report")
def reports(request: HttpRequest) -> HttpResponse:
    """List the viewer's reports, and make one."""
    actor = access.actor_of(request)
    if request.method == "POST":
        facade.make_report(
            actor, now=now(), address_of=lambda code: request.build_absolute_uri(reverse("verify_code", args=[code]))
        )
        return redirect("archive_reports")
    found = facade.list_reports(actor, now=now())
    context = {"page": display.reports_page(), "table": display.reports_table(found, actor=actor)}
    return private(render(request, "archives/reports.html", context))


@outlet("self.report")
def certificates(request: HttpRequest) -> HttpResponse:
    """List the certificates of the viewer's enterprise, and make one."""
    actor = access.actor_of(request)
    form = CertificateForm(request.POST or None, offered=fields_offered())
    if form.is_bound and form.is_valid():
        try:
            facade.make_certificate(
                actor,
                form.cleaned_data["fields_of_work"],
                years=form.cleaned_data["years"],
                now=now(),
                address_of=lambda code: request.build_absolute_uri(reverse("verify_code", args=[code])),
            )
        except Refused as refused:
            form.add_error(None, line_of(refused.refusal))
        else:
            return redirect("archive_certificates")
    found = facade.list_reports(actor, now=now(), form=ReportForm.CERTIFICATE)
    page = display.certificates_page(problems=bool(form.errors))
    context = {"page": page, "form": form, "table": display.reports_table(found, actor=actor)}
    return private(render(request, "archives/certificates.html", context, status=422 if form.errors else 200))


@outlet("self.report", "self.occupation")
def report_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Give one of the viewer's reports as PDF or JSON; both hold the same content."""
    if kind not in _FORMATS:
        raise Refused(Refusal(code="ABSENT", what="没有这份报告。"))
    opened = facade.open_report(access.actor_of(request), code, now=now())
    content = facade.report_pdf(opened.content) if kind == "pdf" else opened.content
    response = HttpResponse(content, content_type=_FORMATS[kind])
    response["Content-Disposition"] = f'attachment; filename="report-{opened.report.code}.{kind}"'
    response["Digest"] = f"sha-256={opened.report.digest}"
    return private(response)


@no_records
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Say what taking a report back does, and do it."""
    actor = access.actor_of(request)
    if request.method == "POST":
        return redirect(LISTED_AT[facade.take_back(actor, code, now=now())])
    return private(render(request, "archives/take_back.html", {"page": display.take_back_page(code)}))


@outlet("public.subject")
def subject(request: HttpRequest, uscc: str) -> HttpResponse:
    """Show what is public of an operator, tab by tab."""
    found = facade.find_public_subject(uscc, actor=access.actor_of(request), now=now())
    if found is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到这个主体。", next_step="请核对统一社会信用代码。"))
    current = next((tab for tab in Tab if tab.value == request.GET.get("tab")), Tab.OVERVIEW)
    lines = found.lines if current is Tab.OVERVIEW else found.of(current)
    actor = access.actor_of(request)
    objects = actor == ANYONE or (actor.subject_id == found.subject_id and actor.stands_for("objection.file"))
    context = {
        "page": display.subject_page(found),
        "tabs": display.subject_tabs(found, current=current),
        "facts": display.subject_facts(found) if current is Tab.OVERVIEW else (),
        "lines": [display.public_record(line, today=legal_day(now()), objects=objects) for line in lines],
        "empty": display.nothing_public(found),
        "panels": [import_string(panel)(uscc, now=now()) for panel in settings.SUBJECT_PANELS],
    }
    return private(render(request, "archives/subject.html", context))


@no_records
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Answer a verification code with where its report stands, and nothing of what it says."""
    code = code or request.GET.get("code", "")
    form = VerifyForm({"code": code} if code else None)
    state: ReportState | None = None
    if code and form.is_valid():
        state = facade.verify(form.cleaned_data["code"], actor=access.actor_of(request), now=now())
    context = {
        "page": display.verify_page(),
        "form": form,
        "state": display.report_state(state) if state else None,
    }
    return private(render(request, "archives/verify.html", context))


@no_records
def certificate(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view is given one
    """Give the certificate (证书) that the signature in a report's PDF is checked with."""
    response = HttpResponse(crypto.document_certificate(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="certificate.pem"'
    return response

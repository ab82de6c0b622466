"""The incident desk, the review of samples, one's own explanations and conflicts, and the public counts."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from chengxin.access import facade as access
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.misuse import display, facade
from chengxin.misuse.contracts import MarkKind, SampleOutcome
from chengxin.misuse.forms import ExplainForm, FreezeForm, NumberForm, ReviewForm
from chengxin.records.facade import no_records
from chengxin.ui.facade import line_of

_ANSWERABLE = {"alert", "asked"}


@no_records
def incidents(request: HttpRequest) -> HttpResponse:
    """List the alerts of one's area."""
    alerts = facade.list_alerts(_staff(request), now=now())
    page = display.page_of(
        _("违规查询核查"), _("系统发现的迹象由人核查。只限制工作账户，不改变任何人的信用信息。"), wide=True
    )
    context = {"page": page, "table": display.alerts_table(alerts), "workbench": "office"}
    return render(request, "misuse/incidents.html", context)


@no_records
def incident(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """Show one alert with the way to its case, and let the security administrator freeze the posts."""
    actor = _staff(request)
    alert = facade.get_alert(actor, alert_id, now=now())
    form = FreezeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            access.freeze_account(
                access.account_id_of(alert.clerk_key),
                days=given["days"],
                actor=actor,
                now=now(),
                reasons=given["reasons"],
                case_number=alert.case_number,
            )
        except Refused as refused:
            _on_form(form, refused)
        else:
            return redirect("misuse_incident", alert_id=alert_id)
    context = {
        "page": display.page_of(_("违规查询核查"), _("先听取说明，再作认定。"), problems=bool(form.errors)),
        "facts": display.alert_facts(alert, for_oversight=True),
        "alert": alert,
        "may_decide": actor.has(Role.AUDIT_ADMIN),
        "may_freeze": actor.has(Role.SECURITY_ADMIN),
        "form": form,
        "workbench": "office",
    }
    return render(request, "misuse/incident.html", context, status=422 if form.errors else 200)


@no_records
def samples(request: HttpRequest) -> HttpResponse:
    """Show the looks drawn by lot for one's own body, and take the findings."""
    actor = _staff(request)
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        outcome = SampleOutcome(given["outcome"])
        facade.review(given["sample"], outcome=outcome, reasons=given["reasons"], actor=actor, now=now())
        return redirect("misuse_samples")
    found = facade.list_samples(actor, now=now())
    waiting = next((one for one in found if not one.outcome), None)
    if waiting and not form.is_bound:
        form = ReviewForm(initial={"sample": waiting.id})
    context = {
        "page": display.page_of(
            _("查询抽查"), _("每月随机抽取有说明的查询，由另一单位核对。"), problems=bool(form.errors)
        ),
        "waiting": waiting,
        "facts": display.sample_facts(waiting) if waiting else [],
        "table": display.samples_table([one for one in found if one.outcome]),
        "form": form,
        "workbench": "office",
    }
    return render(request, "misuse/samples.html", context, status=422 if form.errors else 200)


@no_records
@sensitive_post_parameters("number")
def canaries(request: HttpRequest) -> HttpResponse:
    """Mark a subject as canary; what is kept cannot be read back."""
    return _declare(request, MarkKind.CANARY, title=_("诱饵主体"), template="misuse/canaries.html")


@no_records
@sensitive_post_parameters("number")
def explanations(request: HttpRequest) -> HttpResponse:
    """Show what was noticed about one's own looks, take explanations and appeals, and declarations of conflict."""
    if request.POST.get("number"):
        return _declare(request, MarkKind.CONFLICT, title=_("说明查询原因"), template="misuse/explanations.html")
    actor = _staff(request)
    form = ExplainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give = facade.appeal if request.POST.get("act") == "appeal" else facade.explain
        give(form.cleaned_data["alert"], actor=actor, text=form.cleaned_data["text"], now=now())
        return redirect("misuse_explanations")
    return render(request, "misuse/explanations.html", _own(actor, form), status=422 if form.errors else 200)


@no_records
def counts(request: HttpRequest) -> HttpResponse:
    """Show the public counts of the last quarters."""
    quarters = facade.list_quarters(today=legal_day(now()))
    context = {"page": display.counts_page(), "table": display.quarters_table(quarters), "signs": display.sign_names()}
    return render(request, "misuse/counts.html", context)


def _declare(request: HttpRequest, kind: MarkKind, *, title: str, template: str) -> HttpResponse:
    actor = _staff(request)
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.declare_number(kind, form.cleaned_data["number"], actor=actor, now=now())
        except Refused as refused:
            _on_form(form, refused)
        else:
            return redirect(request.path)
    elif kind is MarkKind.CANARY:
        facade.require_marking(actor, now=now())
    page = display.page_of(title, _("登记后只保存加密的指纹，任何人都读不出是谁。"), problems=bool(form.errors))
    context = {"page": page, "form": form, "number_form": form, "workbench": "office", "conflicts": None}
    if kind is MarkKind.CONFLICT:
        context = {**_own(actor, ExplainForm()), "number_form": form, "form": form}
    return render(request, template, context, status=422 if form.errors else 200)


def _own(actor: Actor, form: forms.Form) -> dict[str, object]:
    alerts = facade.list_own_alerts(actor)
    shown = [
        {
            "title": alert.case_number,
            "facts": display.alert_facts(alert, for_oversight=False),
            "form": ExplainForm(initial={"alert": alert.id}, auto_id=f"id_{place}_%s"),
            "act": "appeal" if alert.case_state == "confirmed" else "explain",
            "is_open": alert.case_state == "confirmed"
            or (alert.case_state in _ANSWERABLE and alert.explained_at is None),
        }
        for place, alert in enumerate(alerts)
    ]
    return {
        "page": display.page_of(
            _("说明查询原因"), _("系统发现的迹象只是提问。请说明工作原因；您也可以申报需要回避的人。")
        ),
        "alerts": shown,
        "conflicts": facade.count_conflicts(actor),
        "number_form": NumberForm(),
        "form": form,
    }


def _on_form(form: forms.Form, refused: Refused) -> None:
    field = refused.refusal.field
    form.add_error(field if field in form.fields else None, line_of(refused.refusal))


def _staff(request: HttpRequest) -> Actor:
    actor = access.actor_of(request)
    if actor == ANYONE:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用工作账户登录。"))
    return actor

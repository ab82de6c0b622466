"""The pages of rules and measures: public, of the platform, of the merchant."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.duties import display, facade
from chengxin.duties.contracts import Measure, RuleText
from chengxin.duties.forms import ActionForm, AppealForm, RuleForm
from chengxin.duties.queries import absent
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, say_on


@no_records
@require_safe
def rules(request: HttpRequest, body: str) -> HttpResponse:
    """Show every version of a platform's rules, what changed, and whether it was announced in time."""
    platform = market.get_platform(body)
    context = {"page": display.rules_page(platform), "shown": display.rule_rows(facade.list_rules(body))}
    return render(request, "duties/rules.html", context | {"empty": display.no_rules()})


@no_records
def file_rule(request: HttpRequest) -> HttpResponse:
    """Let a platform file the next version of a rule."""
    actor = access.staff_of(request)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.file_rule(actor, RuleText(**form.cleaned_data), now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("platform_rules", body=actor.body)
    context = {"page": display.file_rule_page(problems=bool(form.errors)), "form": form, "workbench": "biz"}
    return private(render(request, "duties/form.html", context, status=422 if form.errors else 200))


@no_records
def actions(request: HttpRequest) -> HttpResponse:
    """Show a platform its ledger of measures, and take the next one."""
    actor = access.staff_of(request)
    form = ActionForm(request.POST or None, rules=facade.list_rules(actor.body))
    if request.method == "POST" and form.is_valid():
        try:
            facade.act(actor, _measure(form.cleaned_data), now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("platform_actions")
    context = {
        "page": display.ledger_page(problems=bool(form.errors)),
        "table": display.actions_table(facade.list_of_platform(actor), at=now()),
        "heading": display.ACT_HEADING,
        "form": form,
        "workbench": "biz",
    }
    return private(render(request, "duties/form.html", context, status=422 if form.errors else 200))


@no_records
def own_action(request: HttpRequest, shop_id: UUID, number: str) -> HttpResponse:
    """Show a merchant what its platform did to its shop, and take an appeal."""
    actor = access.actor_of(request)
    if actor.subject_id is None:
        raise Refused(absent())
    found = facade.list_of_merchant(actor, shop_id)
    chosen = next(((one, case) for one, case in found if one.number == number), None)
    if chosen is None:
        raise Refused(absent())
    one, case = chosen
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.appeal(actor, one.id, words=form.cleaned_data["words"], now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_action", shop_id=shop_id, number=number)
    context = {
        "page": display.own_page(one, problems=bool(form.errors)),
        "facts": display.own_facts(one, case, at=now()),
        "form": form,
        "may_appeal": case is None and one.lifted_on is None,
    }
    return private(render(request, "duties/own.html", context, status=422 if form.errors else 200))


def _measure(said: dict[str, Any]) -> Measure:
    kind, _, grade = said["kind"].partition(":")
    return Measure(**{**said, "kind": kind, "grade": grade, "rule_id": UUID(said["rule_id"])})

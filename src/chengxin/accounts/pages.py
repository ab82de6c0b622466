"""Propose a reset; see what limits one's own account and appeal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import actor_of, require_fresh_proof
from chengxin.accounts import display, facade
from chengxin.accounts.forms import AppealForm, ResetForm
from chengxin.casework.facade import keep_papers
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.ui.facade import line_of, private


def reset(request: HttpRequest) -> HttpResponse:
    """Let an administrator propose the reset of a lost factor."""
    actor = actor_of(request)
    if not actor.has(Role.SYSTEM_ADMIN):
        raise Refused(Refusal(code="A-NO-RIGHT", what="您的岗位没有这项权限。", next_step="请联系系统管理员。"))
    require_fresh_proof(actor)
    form = ResetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            case = facade.propose_reset(
                given["username"],
                actor=actor,
                now=now(),
                reasons=given["reasons"],
                evidence=keep_papers(given["papers"]),
            )
        except Refused as refused:
            field = refused.refusal.field
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("casework_case", case_id=case.id)
    context = {"page": display.reset_page(problems=bool(form.errors)), "form": form}
    return private(render(request, "accounts/reset.html", context, status=422 if form.errors else 200))


def appeal(request: HttpRequest) -> HttpResponse:
    """Show what limits the viewer's account, and take the appeal."""
    actor = actor_of(request)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            facade.appeal(actor, text=form.cleaned_data["text"], now=now())
        except Refused as refused:
            form.add_error(None, line_of(refused.refusal))
        else:
            return redirect("account_appeal")
    standing = facade.standing_of(actor, now=now())
    context = {
        "page": display.appeal_page(problems=bool(form.errors)),
        "limits": [display.limit_facts(one) for one in standing.restrictions],
        "steps": display.appeal_steps(standing, actor=actor),
        "appeal_facts": display.appeal_facts(standing),
        "may_appeal": bool(standing.restrictions) and (standing.appeal is None or standing.appeal.is_closed),
        "empty": display.not_limited(),
        "form": form,
    }
    return private(render(request, "accounts/appeal.html", context, status=422 if form.errors else 200))

"""Pages of an association, of its credit office, and of a member."""

from __future__ import annotations

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chengxin.access.facade import actor_of, staff_of
from chengxin.associations import display, facade
from chengxin.associations.contracts import Proposal
from chengxin.associations.forms import ActForm, CharterForm, LeaveForm, MemberForm, RegisterForm, WordsForm
from chengxin.casework import facade as casework
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import Page, Table, private, say_on

_SAYS = {"told": "state", "stated": "state", "decided": "appeal"}


@no_records
def register(request: HttpRequest) -> HttpResponse:
    """Let a credit office register an association."""
    actor, form = staff_of(request), RegisterForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            facade.register(form.cleaned_data["body"], actor=actor, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("register_association")
    return _form(request, display.register_page(), form)


@no_records
def charter(request: HttpRequest) -> HttpResponse:
    """Show an association its charter, and file the next version."""
    actor, form = staff_of(request), CharterForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            facade.file_charter(actor, form.cleaned_data["text"], adopted_on=form.cleaned_data["adopted_on"], now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("association")
    table = display.charters_table(facade.list_charters(actor.body))
    return _form(request, display.charter_page(), form, table, heading=_("报送章程"))


@no_records
def members(request: HttpRequest) -> HttpResponse:
    """Show an association its members, and enter another."""
    actor, form = staff_of(request), MemberForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            facade.enrol(actor, **form.cleaned_data, now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("association_members")
    table = display.members_table(facade.list_members(actor))
    return _form(
        request, display.members_page(), form, table, heading=_("登记会员"), leaving=LeaveForm(auto_id="leave_%s")
    )


@no_records
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """End a membership."""
    facade.end_membership(staff_of(request), request.POST.get("number", ""), now=now())
    return redirect("association_members")


@no_records
def acts(request: HttpRequest) -> HttpResponse:
    """Show an association what it did, and propose another act."""
    actor, form = staff_of(request), ActForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            facade.propose(actor, Proposal(**form.cleaned_data), now=now())
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("association_acts")
    table = display.acts_table(facade.list_acts(actor), at="case")
    return _form(request, display.acts_page(), form, table, heading=_("提出自律措施"))


@no_records
def own(request: HttpRequest) -> HttpResponse:
    """Show a member its associations and what they did."""
    members, acts = facade.list_own(actor_of(request))
    context = {
        "page": display.own_page(),
        "members": display.memberships_table(members),
        "acts": display.acts_table(acts, at="own"),
    }
    return private(render(request, "associations/own.html", context))


@no_records
def own_act(request: HttpRequest, number: str) -> HttpResponse:
    """Show a member one act with its charter, and take what it says before or against it."""
    actor, form = actor_of(request), WordsForm(request.POST or None)
    act, case, steps = facade.get_own(actor, number)
    verb = _SAYS.get(case.state, "")
    if form.is_bound and form.is_valid() and verb:
        try:
            casework.carry_out(case.id, verb=verb, actor=actor, now=now(), reasons=form.cleaned_data["words"])
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_association_act", number=number)
    context = {
        "page": display.own_act_page(act, problems=bool(form.errors)),
        "facts": display.act_facts(act, case),
        "steps": casework.timeline_steps(case, steps, actor=actor),
        "charter": act.charter.text,
        "form": form if verb else None,
        "heading": display.say_heading(verb),
    }
    return private(render(request, "associations/own_act.html", context, status=422 if form.errors else 200))


def _form(
    request: HttpRequest,
    page: Page,
    form: django_forms.Form,
    table: Table | None = None,
    *,
    heading: str = "",
    leaving: LeaveForm | None = None,
) -> HttpResponse:
    context = {"page": page, "form": form, "table": table, "heading": heading, "leaving": leaving}
    return private(render(request, "associations/form.html", context, status=422 if form.errors else 200))

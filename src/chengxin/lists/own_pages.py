"""The subject's own pages: which lists it is or was on, why, until when, what it can do, and the proof that it left."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from chengxin.access.facade import actor_of
from chengxin.archives import facade as archives
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lists import display, facade
from chengxin.lists.forms import GoOnForm, LeaveForm
from chengxin.records.facade import outlet
from chengxin.ui.facade import line_of, private

DOORS = {"ABSENT", "SIGN_IN_REQUIRED", "A-NO-RIGHT"}


@outlet("self.archive")
def own_lists(request: HttpRequest) -> HttpResponse:
    """List the lists the viewer is or was on."""
    actor = _subject(request)
    table = display.own_table(facade.list_own(actor))
    return private(render(request, "lists/own.html", {"page": display.own_page(), "table": table}))


@outlet("self.archive")
def own_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry to its subject, with what can be done about it, and take the request to leave early."""
    actor = _subject(request)
    entry = facade.get_own(actor, entry_id)
    verb = request.POST.get("verb", "")
    form = (GoOnForm if verb else LeaveForm)(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = {"words": form.cleaned_data["words"], "papers": form.cleaned_data["papers"]}
        try:
            if verb:
                facade.go_on(actor, entry_id, verb=verb, now=now(), **said)
            else:
                facade.ask_to_leave(actor, entry_id, now=now(), **said)
        except Refused as refused:
            if refused.refusal.code in DOORS:
                raise
            field = {"reasons": "words", "evidence": "papers"}.get(refused.refusal.field, refused.refusal.field)
            form.add_error(field if field in form.fields else None, line_of(refused.refusal))
        else:
            return redirect("own_list_entry", entry_id=entry_id)
    line = archives.own_line(actor, entry.record_id, now=now()).line
    context = {
        **display.own_entry_context(entry, line, actor=actor, on=legal_day(now()), problems=bool(form.errors)),
        "form": form,
    }
    if context["own_verbs"] and not verb:
        context["form"] = GoOnForm()
    return private(render(request, "lists/own_entry.html", context, status=422 if form.errors else 200))


def _subject(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以查看您在哪些名单上。"))
    return actor

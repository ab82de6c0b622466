"""The office's pages of tips: the list, one tip opened piece by piece, its papers."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.complaints import display, facade
from chengxin.complaints.contracts import Tip
from chengxin.complaints.forms import AnswerForm, IdentityForm
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records.facade import no_records
from chengxin.ui.facade import private, private_file, say_on


@no_records
def tips(request: HttpRequest) -> HttpResponse:
    """List the tips the office handles."""
    table = display.office_table(facade.list_of_office(_officer(request)))
    context = {"page": display.office_page(), "table": table, "workbench": "office"}
    return private(render(request, "complaints/tips.html", context))


@no_records
def tip(request: HttpRequest, tip_id: UUID) -> HttpResponse:
    """Show one tip; a press opens a message or the identity, or answers the reporter."""
    actor = _officer(request)
    found = facade.get_of_office(actor, tip_id)
    press = request.POST.get("press", "")
    form: forms.Form = _answer(found)
    opened: dict[str, str] = {}
    identity: tuple[str, str] | None = None
    if request.method == "POST" and press == "open":
        digest = request.POST.get("digest", "")
        opened[digest] = display.message(facade.open_entry(actor, tip_id, digest, now=now()))
    elif request.method == "POST":
        form = IdentityForm(request.POST) if press == "identity" else _answer(found, request)
        if form.is_valid():
            try:
                if press == "identity":
                    identity = facade.open_identity(actor, tip_id, **form.cleaned_data, now=now())
                else:
                    facade.answer(actor, tip_id, **form.cleaned_data, now=now())
                    return redirect("tip", tip_id=tip_id)
            except Refused as refused:
                say_on(form, refused)
    is_wrong = bool(form.errors)
    context = {
        "page": display.office_page(found, problems=is_wrong),
        "tip": found,
        "facts": [
            *display.office_facts(found),
            *display.frequency_facts(facade.find_frequency(actor, tip_id, now=now())),
        ],
        "refer": display.refer_link(found),
        "entries": display.entry_rows(found, opened),
        "identity": identity,
        "form": form,
        "answering": form if isinstance(form, AnswerForm) else _answer(found),
        "asking": form if isinstance(form, IdentityForm) else IdentityForm(auto_id="id_identity_%s"),
        "workbench": "office",
    }
    return private(render(request, "complaints/tip.html", context, status=422 if is_wrong else 200))


@no_records
@require_POST
def paper(request: HttpRequest, tip_id: UUID, digest: str) -> HttpResponse:
    """Open of a paper what its giver shows, or with reasons all of it; pictures are shown, the rest is saved."""
    officer, at = _officer(request), now()
    if request.POST.get("press") == "uncover":
        content = facade.uncover(officer, tip_id, digest, reasons=request.POST.get("reasons", ""), now=at)
    else:
        content = facade.open_entry(officer, tip_id, digest, now=at)
    found = casework.paper_of(content)
    return private_file(found.content, media=found.media, name=f"evidence.{found.ending}")


def _answer(found: Tip, request: HttpRequest | None = None) -> AnswerForm:
    procedure = facade.get_type(found.kind).procedure
    return AnswerForm(request.POST if request else None, procedure=procedure, state=found.state)


def _officer(request: HttpRequest) -> Actor:
    actor = access.actor_of(request)
    if not actor.body or not actor.has(Role.CASE_OFFICER):
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用信用办公室的账户登录。"))
    return actor

"""The pages of those who deal with complaints: the shop, its platform, the authority; promises and fund."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Words
from chengxin.disputes import display, facade, shop_display
from chengxin.disputes.contracts import PROCEDURE, Promise
from chengxin.disputes.forms import ActForm, BookForm, PromiseForm, fen_of
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.ui.facade import pager_of, private, private_file, say_on

PER_PAGE = 20
UNCOVER = "uncover"


@no_records
@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    """List the complaints about one's own shops, or those of one's body, by the nearest deadline."""
    actor = _handler(request)
    context = {"page": display.list_page(), "table": display.list_table(facade.list_for(actor), at=now())}
    return private(render(request, "disputes/list.html", context | _layout(actor)))


@no_records
def dispute(request: HttpRequest, dispute_id: UUID) -> HttpResponse:
    """Show one complaint with every clock; a press opens what is sealed, joins another, or takes a step."""
    actor, at = _handler(request), now()
    press, opened, contact = request.POST.get("press", ""), "", None
    verbs = facade.verbs_for(actor, dispute_id, now=at)
    procedure = facade.get_for(actor, dispute_id, now=at).procedure
    form = _act_form(request if press == "act" else None, actor, verbs, procedure)
    if press == "open":
        opened = request.POST.get("digest", "")
    elif press == "contact":
        contact = facade.open_contact(actor, dispute_id, now=at)
    elif press == "join":
        facade.join(actor, dispute_id, request.POST.get("number", ""), now=at)
        return redirect("dispute", dispute_id=dispute_id)
    elif press == "act" and form.is_valid():
        try:
            _act(actor, dispute_id, form)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("dispute", dispute_id=dispute_id)
    found = facade.get_for(actor, dispute_id, now=at)
    steps, deadlines = facade.course_for(actor, dispute_id, now=at)
    content = facade.open_entry(actor, dispute_id, opened, now=at) if opened else b""
    context = {
        "page": display.one_page(found, problems=bool(form.errors)),
        "dispute": found,
        "facts": display.facts(found, contact),
        "may_open_contact": found.has_contact and contact is None and _may_open_contact(actor, found.shares_contact),
        "course": display.course(found.case, steps, deadlines, reader=actor, at=at),
        "clocks": display.clocks_table(found.case, deadlines, at=at),
        "terms": display.terms_table(found.terms, found.procedure),
        "entries": display.entry_rows(found.entries, opened, content),
        "alike": facade.list_alike(actor, dispute_id, now=at) if actor.body else [],
        "joined": facade.list_joined(actor, dispute_id),
        "form": form,
        "may_uncover": UNCOVER in verbs,
        "may_act": bool(form.fields["verb"].choices),  # type: ignore[attr-defined]
    }
    return private(render(request, "disputes/one.html", context | _layout(actor), status=422 if form.errors else 200))


@no_records
@require_POST
def paper(request: HttpRequest, dispute_id: UUID, digest: str) -> HttpResponse:
    """Open of a paper what the consumer shows, or with reasons all of it; pictures are shown, the rest is saved."""
    actor, at = _handler(request), now()
    if request.POST.get("press") == "uncover":
        content = facade.uncover(actor, dispute_id, digest, reasons=request.POST.get("reasons", ""), now=at)
    else:
        content = facade.open_entry(actor, dispute_id, digest, now=at)
    found = casework.paper_of(content)
    return private_file(found.content, media=found.media, name=f"evidence.{found.ending}")


@no_records
@require_safe
def own_promises(request: HttpRequest) -> HttpResponse:
    """List the shops one may promise for: a merchant's own, or those of one's platform."""
    actor, at = _handler(request), now()
    if actor.body:
        pager, offset = pager_of(request, total=market.count_shops(actor.body, now=at).shops, per_page=PER_PAGE)
        shops = market.list_shops(actor.body, now=at, limit=PER_PAGE, offset=offset)
    else:
        pager, shops = None, [one.shop for one in market.list_own(actor, now=at)]
    context = {"page": shop_display.own_promises_page(), "table": shop_display.own_promises_table(shops, pager=pager)}
    return private(render(request, "disputes/list.html", context | _layout(actor)))


@no_records
def promises(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """Let a shop or its platform promise, and the platform book its fund."""
    actor, shop = _handler(request), market.get_shop(shop_id)
    press = request.POST.get("press", "")
    promising = PromiseForm(request.POST if press == "promise" else None, initial=shop_display.promised(shop_id))
    booking = BookForm(request.POST if press == "book" else None, auto_id="book_%s")
    form: forms.Form = booking if press == "book" else promising
    if press and form.is_valid():
        try:
            _book(actor, shop_id, booking) if press == "book" else _promise(actor, shop_id, promising)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("shop_promises", shop_id=shop_id)
    context = {
        "page": shop_display.promises_page(shop, problems=bool(form.errors)),
        "promise": shop_display.promise_facts(facade.find_promise(shop_id)),
        "fund": shop_display.fund_table(facade.find_fund(shop_id)),
        "form": form,
        "promising": promising,
        "booking": booking if actor.body else None,
    }
    return private(
        render(request, "disputes/promises.html", context | _layout(actor), status=422 if form.errors else 200)
    )


def _act_form(request: HttpRequest | None, actor: Actor, verbs: Mapping[str, Words], procedure: str) -> ActForm:
    may = {code: title for code, title in verbs.items() if code != UNCOVER}
    replies = actor.subject_id is not None and procedure == PROCEDURE
    return ActForm(request.POST if request else None, verbs=may, procedure=procedure, replies=replies)


def _act(actor: Actor, dispute_id: UUID, form: ActForm) -> None:
    said = form.cleaned_data
    reply = said.get("reply", "")
    facade.act(
        actor, dispute_id, verb=said["verb"], reasons=said["reasons"], offer=form.offer(), reply=reply, now=now()
    )


def _promise(actor: Actor, shop_id: UUID, form: PromiseForm) -> None:
    said = form.cleaned_data
    given = Promise(
        post=said["post"],
        reach=said["reach"],
        pays_first_fen=fen_of(said["yuan"]),
        return_days=said["return_days"],
        exceptions=tuple(said["exceptions"]),
    )
    facade.promise(actor, shop_id, given, now=now())


def _book(actor: Actor, shop_id: UUID, form: BookForm) -> None:
    said = form.cleaned_data
    line = {"kind": said["kind"], "done_on": said["done_on"], "number": said["number"]}
    facade.book(actor, shop_id, fen=fen_of(said["yuan"]), now=now(), **line)


def _may_open_contact(actor: Actor, shares: bool) -> bool:
    """Offer the button where it may open; the door itself decides."""
    return shares or bool(actor.body and not market.is_platform(actor.body))


def _handler(request: HttpRequest) -> Actor:
    actor = access.actor_of(request)
    if not actor.body and actor.subject_id is None:
        raise Refused(
            Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用店铺经营者或者本单位的账户登录。")
        )
    return actor


def _layout(actor: Actor) -> dict[str, str]:
    """Return the frame of who reads: a person's own pages, a platform's, an authority's."""
    if not actor.body:
        return {"layout": "ui/layout_me.html"}
    return {"layout": "ui/layout_workbench.html", "workbench": "biz" if market.is_platform(actor.body) else "reg"}

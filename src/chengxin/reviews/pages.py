"""The public pages of reviews and reputation, and those on which a named person hides words."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from chengxin.access import facade as access
from chengxin.casework.facade import body_name
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.market import facade as market
from chengxin.records.facade import no_records
from chengxin.reviews import display, facade
from chengxin.reviews.forms import AnswerForm, ContestForm, HideForm, ShowForm, TradeForm
from chengxin.ui.facade import pager_of, private, say_on

PER_PAGE = 20


@no_records
@require_safe
def of_shop(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """Show what buyers said of a shop: the newest first, hidden words as a gap with its ground."""
    shop = market.get_shop(shop_id)
    pager, offset = pager_of(request, total=facade.count_public(shop_id), per_page=PER_PAGE)
    reviews = facade.list_public(shop_id, limit=PER_PAGE, offset=offset)
    context = {
        "page": display.reviews_page(shop),
        "scores": display.scores_table(shop, facade.list_scores(shop_id)),
        "reviews": display.review_rows(reviews, handles=facade.may_handle(access.actor_of(request), shop.platform)),
        "pager": pager,
        "rule": display.open_rule(shop),
        "shop": shop,
    }
    return private(render(request, "reviews/of_shop.html", context))


@no_records
@sensitive_post_parameters()
def of_buyer(request: HttpRequest) -> HttpResponse:
    """Show a buyer both sides' reviews of a trade; its numbers never stand in an address."""
    platforms = [(one.body, body_name(one.body)) for one in market.list_platforms()]
    form = TradeForm(request.POST or None, platforms=platforms)
    found = None
    if request.method == "POST" and form.is_valid():
        try:
            access.keep_pace(request, "reviews.of_buyer", most=settings.COMMENTS_AN_HOUR * 3)
            found = facade.list_of_trade(**form.cleaned_data)
        except Refused as refused:
            say_on(form, refused)
    context = {
        "page": display.of_buyer_page(problems=bool(form.errors)),
        "form": form,
        "asked": found is not None,
        "sides": display.sides_of_trade(found or []),
    }
    return private(render(request, "reviews/of_buyer.html", context, status=422 if form.errors else 200))


@no_records
@require_safe
def ledger(request: HttpRequest, shop_id: UUID, dimension: str) -> HttpResponse:  # noqa: ARG001
    """Hand out the ledger of weights of a shop in a dimension, so that anybody can compute the score again."""
    market.get_shop(shop_id)
    if dimension not in display.buyer_dimensions():
        raise Refused(Refusal(code="ABSENT", what="没有这一项评价。", next_step="请从店铺页打开。"))
    response = HttpResponse(facade.find_ledger(shop_id, dimension), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="ledger-{dimension}.csv"'
    return private(response)


@no_records
@require_safe
def formula(request: HttpRequest) -> HttpResponse:
    """Publish how a reputation is computed, and what it is never used for."""
    context = {"page": display.formula_page(), "parameters": display.parameters(at=now())}
    return render(request, "reviews/formula.html", context)


@no_records
def handle(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Hide the words of a review on a ground of law, or show them again."""
    actor, at = access.staff_of(request), now()
    review = facade.get_for_staff(actor, review_id, now=at)
    kind = ShowForm if review.hiding else HideForm
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if review.hiding:
                facade.show_again(actor, review_id, **form.cleaned_data, now=at)
            else:
                facade.hide(actor, review_id, **form.cleaned_data, now=at)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("shop_reviews", shop_id=review.shop_id)
    context = {
        "page": display.handle_page(review, problems=bool(form.errors)),
        "review": display.review_rows([review])[0],
        "form": form,
        "is_hidden": review.hiding is not None,
        "workbench": "biz",
    }
    return private(render(request, "reviews/handle.html", context, status=422 if form.errors else 200))


@no_records
def own(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Let a merchant answer a review in public, or ask its platform to check it."""
    actor, at = access.actor_of(request), now()
    review = facade.get_own(actor, review_id, now=at)
    act = request.POST.get("act", "")
    answers = AnswerForm(request.POST if act == "answer" else None)
    contests = ContestForm(request.POST if act == "contest" else None)
    form = contests if act == "contest" else answers
    if act and form.is_valid():
        try:
            if act == "contest":
                facade.contest(actor, review_id, **form.cleaned_data, now=at)
            else:
                facade.answer(actor, review_id, **form.cleaned_data, now=at)
        except Refused as refused:
            say_on(form, refused)
        else:
            return redirect("own_review", review_id=review_id)
    standing = facade.find_contest(actor, review_id, now=at)
    is_open = standing is not None and not standing.is_closed
    context = {
        "page": display.own_review_page(review, problems=bool(form.errors)),
        "reviews": display.review_rows([review]),
        "form": form,
        "answers": answers,
        "asked": display.contest_facts(standing, at=at) if standing else None,
        "contests": None if is_open or review.hiding else contests,
    }
    return private(render(request, "reviews/own.html", context, status=422 if form.errors else 200))

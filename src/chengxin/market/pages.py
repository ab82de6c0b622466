"""The public pages of platforms and shops, and the badge that a shop shows elsewhere."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from chengxin.kernel.clock import now
from chengxin.market import display, facade, warning_display
from chengxin.market.forms import SiteForm
from chengxin.records.facade import no_records, outlet
from chengxin.ui.facade import pager_of, private

PER_PAGE = 20


@no_records
@require_safe
def platforms(request: HttpRequest) -> HttpResponse:
    """List the registered platforms, with how many shops each has and how many it should have verified again."""
    found = [(one, facade.count_shops(one.body, now=now())) for one in facade.list_platforms()]
    context = {"page": display.platforms_page(), "table": display.platforms_table(found)}
    return render(request, "market/platforms.html", context)


@no_records
@require_safe
def platform(request: HttpRequest, body: str) -> HttpResponse:
    """Show one platform: its figures and its shops, or with `overdue` those to be verified again."""
    found, at = facade.get_platform(body), now()
    overdue = bool(request.GET.get("overdue"))
    counts = facade.count_shops(body, now=at)
    pager, offset = pager_of(request, total=counts.overdue if overdue else counts.shops, per_page=PER_PAGE)
    shops = facade.list_shops(body, now=at, overdue=overdue, limit=PER_PAGE, offset=offset)
    context = {
        "page": display.platform_page(found),
        "figures": display.platform_figures(counts),
        "tabs": display.shop_tabs(counts, overdue=overdue),
        "table": display.shops_table(shops, pager=pager, at=at),
        "panels": [import_string(panel)(found, now=at) for panel in settings.PLATFORM_PANELS],
    }
    return render(request, "market/platform.html", context)


@outlet("public.shops", "public.lists")
@require_safe
def shop(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """Show one shop: who is behind it, what was verified, what covers its goods, why this is shown, how to contest."""
    at = now()
    facts = facade.shop_facts(shop_id, now=at)
    context = {
        "page": display.shop_page(facts.shop, at=at),
        "warnings": warning_display.shop_warnings(facade.warnings_about(facts.shop, now=at)),
        "impersonation": display.impersonation_words(facade.find_impersonation(shop_id)),
        "who": display.who_facts(facts),
        "covers": display.covers_table(facts, at=at) if facts.covers else None,
        "embed": display.embed(facts.shop, request.build_absolute_uri("/").rstrip("/")),
        "why": display.why_shown(facts.shop),
        "panels": [import_string(panel)(facts, now=at) for panel in settings.SHOP_PANELS],
        "shop": facts.shop,
    }
    return private(render(request, "market/shop.html", context))


@outlet("public.shops")
@require_safe
def badge(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """Say whether the badge belongs to the site that is named, or that the visitor came from."""
    at, found = now(), facade.get_shop(shop_id)
    site = request.GET.get("site") or _site_of(request)
    context = {
        "page": display.badge_page(found),
        "answer": display.badge_answer(found, site, at=at),
        "shop": found,
        "form": SiteForm(initial={"site": site[:300]}),
    }
    return private(render(request, "market/badge.html", context))


@outlet("public.shops")
@require_safe
def badge_picture(request: HttpRequest, shop_id: UUID) -> HttpResponse:
    """Return the badge as an image whose answer depends on the site that shows it."""
    at, found = now(), facade.get_shop(shop_id)
    answer = facade.state(found, _site_of(request), now=at)
    words, line = display.badge_words(answer, found, at=at)
    response = private(HttpResponse(facade.picture(answer, words=words, line=line), content_type="image/svg+xml"))
    response["Vary"] = "Referer, Accept-Language"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _site_of(request: HttpRequest) -> str:
    """Return the site a browser says it shows; our own pages are none."""
    site = request.headers.get("Referer", "")
    return "" if site.startswith(request.build_absolute_uri("/")) else site[:300]

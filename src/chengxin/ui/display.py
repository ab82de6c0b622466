"""How the reader wants to see the pages: language, larger type, more contrast. A cookie keeps it; no script is needed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "chengxin_display"
SWITCHES = ("large", "contrast")
YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest) -> frozenset[str]:
    """Return the switches the reader turned on."""
    return frozenset(request.COOKIES.get(COOKIE, "").split(".")) & frozenset(SWITCHES)


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the site's name and the reader's choices."""
    switches = chosen(request)
    return {
        "site": settings.SITE,
        "demo": settings.DEMO,
        "display": {name: name in switches for name in SWITCHES},
        "display_classes": " ".join(name for name in SWITCHES if name in switches),
        "page_language": "en" if (get_language() or "").startswith("en") else "zh-Hans",
        "here": request.get_full_path(),
    }


@csrf_exempt  # It changes nothing but how pages look to this reader, so that public pages stay free of a token.
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep a choice and return to the page it was made on."""
    back = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    switch = request.POST.get("switch")
    if switch in SWITCHES:
        switches = sorted(chosen(request) ^ {switch})
        response.set_cookie(COOKIE, ".".join(switches), max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response

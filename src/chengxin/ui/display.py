"""How the reader wants to see the pages: language, larger type, more contrast; kept in a cookie, without scripts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chengxin.ui.formats import reads_english

COOKIE = "chengxin_display"
SWITCHES = ("large", "contrast")
YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest) -> frozenset[str]:
    """Return the switches the reader turned on."""
    return frozenset(request.COOKIES.get(COOKIE, "").split(".")) & frozenset(SWITCHES)


def site_words() -> dict[str, str]:
    """Return what the site is called and who runs it, in the reader's language."""
    words: dict[str, str] = dict(settings.SITE)
    if reads_english():
        words |= {name: words[f"{name}_en"] for name in ("name", "operator") if words.get(f"{name}_en")}
    return words


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the site's name and the reader's choices."""
    switches = chosen(request)
    return {
        "site": site_words(),
        "demo": settings.DEMO,
        "display": {name: name in switches for name in SWITCHES},
        "display_classes": " ".join(name for name in SWITCHES if name in switches),
        "page_language": "en" if reads_english() else "zh-Hans",
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
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=request.is_secure()
        )
    switch = request.POST.get("switch")
    if switch in SWITCHES:
        switches = sorted(chosen(request) ^ {switch})
        response.set_cookie(COOKIE, ".".join(switches), max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response

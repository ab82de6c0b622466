"""Give each request its actor, and end sessions that were left alone."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from chengxin.access.identity import actor_of
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refusal
from chengxin.ui.facade import refusal_response

SEEN_AT = "seen_at"
TOUCH_EVERY = 60
_OPEN_TO_OWING = ("/account/", "/sign-out", "/display", "/api/v1/health")
Respond = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Set `request.actor`, found when it is first asked for."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on with its actor."""
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class IdleMiddleware:
    """Sign out a session nobody used for `IDLE_SECONDS`; the session is written once a minute at most."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Sign out or note the visit, then pass the request on."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            moment = int(now().timestamp())
            seen = int(request.session.get(SEEN_AT, moment))
            if moment - seen > settings.IDLE_SECONDS:
                logout(request)
            elif moment - seen >= TOUCH_EVERY or SEEN_AT not in request.session:
                request.session[SEEN_AT] = moment
        return self.get_response(request)


class OneTimePasswordMiddleware:
    """Lead whoever signed in with a one-time password to the page on which it is changed, and nowhere else."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless a one-time password is still to be changed."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and getattr(request.user, "password_is_one_time", False):
            change = reverse("account_change_password")
            if request.path not in {change, reverse("account_logout")}:
                return redirect(change)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Lead whoever holds a post, and has not proved a second factor, to where it is set up; no post counts before."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, unless a second factor is owed."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            actor_of(request)
            if getattr(request, "chengxin_owes_factor", False) and not request.path.startswith(_OPEN_TO_OWING):
                return redirect("mfa_index")
        return self.get_response(request)


class PaceMiddleware:
    """Let an account that is slowed (限速) make only so many requests a minute; it still reads and answers."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Count the request of a slowed account, and answer why not when there were too many."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated and actor_of(request).body:
            pace = getattr(request, "chengxin_slowed_to", None)
            minute = int(now().timestamp()) // 60
            key = f"pace:{request.user.pk}:{minute}"
            if pace is not None and cache.add(key, 1, timeout=120) is False and cache.incr(key) > pace:
                return refusal_response(request, _too_fast(), 429)
        return self.get_response(request)


def _too_fast() -> Refusal:
    return Refusal(
        code="A-SLOWED",
        what="您的账户目前限速。",
        why="系统发现异常的查询，正在等待核查；这不是对您的认定。",
        next_step="请在下一分钟再试，并到“说明查询原因”说明情况。",
    )

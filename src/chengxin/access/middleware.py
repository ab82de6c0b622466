"""Give each request its actor, and end sessions that were left alone."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from chengxin.access.identity import actor_of
from chengxin.kernel.clock import now

SEEN_AT = "seen_at"
TOUCH_EVERY = 60
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

"""Let a session that acts for another do so, and ask before each request whether it still may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chengxin.access import facade as access
from chengxin.kernel.clock import now
from chengxin.representation import facade, session
from chengxin.representation.rules import ENDED
from chengxin.representation.scopes import actions_of
from chengxin.ui.facade import refusal_response

# On these pages the account is always itself: its own mandates, its password, signing out, how pages look.
_OWN: Final = ("/me/representation", "/account/", "/sign-out", "/display")


class RepresentationMiddleware:
    """Put whoever acts for another in their place; where the mandate has ended, refuse this request and go back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, in the place of the represented where there is one."""
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        chosen = session.find_choice(request) if is_known else None
        if chosen is None:
            return self.get_response(request)
        own = request.path.startswith(_OWN)
        mandate = facade.find_live(access.actor_of(request), chosen.mandate_id, chosen.subject_id, now=now())
        if mandate is None:
            session.forget(request)
            return self.get_response(request) if own else refusal_response(request, ENDED, 403)
        request.represented = chosen  # type: ignore[attr-defined]
        if not own:
            scope = actions_of(mandate.scopes)
            access.act_for(request, mandate.subject_id, scope=scope, ground=mandate.ground.value)
        return self.get_response(request)

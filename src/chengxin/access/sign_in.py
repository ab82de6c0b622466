"""Sign in as what one is: the acting body, the demonstration's cast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.module_loading import import_string

from chengxin.access import models, queries
from chengxin.access.adapter import actor_of_user, home_of, note_sign_in
from chengxin.access.contracts import CastMember
from chengxin.access.identity import ACTING_BODY
from chengxin.access.proofs import note_second_factor
from chengxin.access.queries import account_of
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused

__all__ = ["act_for", "as_cast_member", "home_of", "is_cast_member", "list_cast"]
CAST_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def act_for(request: HttpRequest, *, body: str) -> None:
    """Act for one of the bodies one holds a post for; any other is refused."""
    user = request.user
    on = legal_day(now())
    if not isinstance(user, models.Account) or body not in {post.body for post in account_of(user, on=on).posts}:
        raise Refused(Refusal(code="ABSENT", what="没有找到这个单位，或者您在那里没有岗位。"))
    request.session[ACTING_BODY] = body
    request.chengxin_actor = None  # type: ignore[attr-defined]


def list_cast() -> Sequence[CastMember]:
    """Return the cast that can sign in, as the demonstration declares it (`settings.CAST`)."""
    _demonstration_only()
    members: Callable[[], Sequence[CastMember]] = import_string(settings.CAST)
    return [member for member in members() if queries.find_account(member.username, on=_today()) is not None]


def as_cast_member(request: HttpRequest, *, username: str) -> str:
    """Sign in as one of the cast and return where that member begins."""
    _demonstration_only()
    known = {member.username: member for member in list_cast()}
    user = models.Account.objects.filter(username=username, is_active=True).first() if username in known else None
    if user is None:
        raise Refused(Refusal(code="ABSENT", what="演示里没有这个人物。", next_step="请从列表中选择。"))
    login(request, user, backend=CAST_BACKEND)
    note_second_factor(request, user, kind="cast")
    note_sign_in(user)
    return known[username].start or home_of(actor_of_user(user))


def is_cast_member(user: models.Account) -> bool:
    """Tell whether an account is one of the cast; outside of a demonstration nobody is."""
    return settings.DEMO and user.username in {member.username for member in list_cast()}


def _demonstration_only() -> None:
    """Stop even if somebody routed the page elsewhere (red line 23)."""
    if not settings.DEMO:
        raise Refused(Refusal(code="ABSENT", what="没有这个页面。"))


def _today() -> date:
    return legal_day(now())

"""What sign-in by allauth does here: no self-service sign-up, an event for each sign-in, a home per role."""

from __future__ import annotations

from typing import cast

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from chengxin.access import models, queries
from chengxin.access.identity import acting_for, actor_for_account
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day, now

HOMES = (
    (Role.CITIZEN, "/me"),
    (Role.CLERK, "/dept"),
    (Role.APPROVER, "/dept"),
    (Role.CASE_OFFICER, "/office"),
    (Role.HALL_CLERK, "/hall"),
    (Role.SYSTEM_ADMIN, "/office"),
    (Role.SECURITY_ADMIN, "/office"),
    (Role.AUDIT_ADMIN, "/office"),
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by an administrator or by real-name identification, never by a form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Keep sign-up closed."""
        return False

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, under a new session key, and write the event."""
        super().login(request, user)
        note_sign_in(cast("models.Account", user))

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """Refuse the one-time password as the new one, beside what every password must be."""
        if isinstance(user, models.Account) and user.password_is_one_time and user.check_password(password):
            raise ValidationError(_("新密码不能与一次性密码相同。"))
        cleaned: str = super().clean_password(password, user=user)
        return cleaned

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set a password its owner chose, so it is no longer a one-time one."""
        account = cast("models.Account", user)
        account.set_password(password)
        account.password_is_one_time = False
        account.save(update_fields=["password", "password_is_one_time"])

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead each to their own home."""
        return home_of(actor_of_user(cast("models.Account", request.user)))


def note_sign_in(user: models.Account) -> None:
    """Write the event of a sign-in (登录)."""
    actor = actor_of_user(user)
    channel = Channel.BODY if actor.body else Channel.SELF
    with acting_for(actor, channel=channel, purpose="sign_in"):
        record_event(Event(kind=Kind.SIGN_IN, actor=actor, at=now(), purpose="sign_in", channel=channel))


def actor_of_user(user: models.Account) -> Actor:
    """Return the actor a signed-in account is today."""
    on = legal_day(now())
    return actor_for_account(queries.account_of(user, on=on), on=on)


def home_of(actor: Actor) -> str:
    """Return the page an actor begins on."""
    return next((home for role, home in HOMES if actor.has(role)), "/")

"""What sign-in by allauth does here: no self-service sign-up, an event for each sign-in, a home per role."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from chengxin.access import models, proofs, queries
from chengxin.access.factors import TOO_MANY
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

    error_messages: ClassVar[Mapping[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

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

    def pre_authenticate(self, request: HttpRequest, **credentials: object) -> None:
        """Leave the counting of wrong passwords to axes; allauth counts wrong second factors."""

    def is_reauthentication_required(self, *, app: str, **kwargs: object) -> bool:  # noqa: ARG002 - theirs
        """Ask for a proof where allauth would, by the one measure of freshness."""
        return not proofs.is_fresh(context.request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead each to their own home."""
        return home_of(actor_of_user(cast("models.Account", request.user)))


def note_sign_in(user: models.Account) -> None:
    """Write the event of a sign-in (登录)."""
    _note(user, Kind.SIGN_IN)


def note_factor(user: models.Account, *, change: str) -> None:
    """Write the event of a change to somebody's own second factors."""
    _note(user, Kind.ADMINISTER, reference=f"factor:{change}")


def _note(user: models.Account, kind: Kind, *, reference: str = "") -> None:
    actor = actor_of_user(user)
    channel = Channel.BODY if actor.body else Channel.SELF
    with acting_for(actor, channel=channel, purpose="sign_in"):
        event = Event(kind=kind, actor=actor, at=now(), purpose="sign_in", channel=channel, reference=reference)
        record_event(event)


def actor_of_user(user: models.Account) -> Actor:
    """Return the actor a signed-in account is today."""
    on = legal_day(now())
    return actor_for_account(queries.account_of(user, on=on), on=on)


def home_of(actor: Actor) -> str:
    """Return the page an actor begins on."""
    return next((home for role, home in HOMES if actor.has(role)), "/")

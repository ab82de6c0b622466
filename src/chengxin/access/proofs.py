"""How a session proved who is at the screen: the second factor (第二重验证), and how long ago (重新验证).

allauth writes each proof into the session with the moment of the wall clock, as the codes of a second factor are
counted by it; a simulated clock moves neither.
"""

from __future__ import annotations

import time
from typing import Any, Final, cast

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from chengxin.access import models

SECOND: Final = "mfa"
FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session proved a second factor."""
    return any(record["method"] == SECOND for record in _records(request))


def holds_factor(account: models.Account) -> bool:
    """Tell whether an account has set up a second factor; recovery codes alone are none."""
    return bool(is_mfa_enabled(account, FACTORS))


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the session proved who is at the screen within `FRESH_SECONDS`, by its strongest means."""
    records = _records(request)
    strongest = [record for record in records if record["method"] == SECOND] or records
    latest = max((float(record["at"]) for record in strongest), default=0.0)
    return time.time() - latest < settings.FRESH_SECONDS


def note_second_factor(request: HttpRequest, account: models.Account, *, kind: str) -> None:
    """Write into the session that a second factor was proved; the actor of the request is found anew."""
    record_authentication(request, account, SECOND, type=kind)
    request.chengxin_actor = None  # type: ignore[attr-defined]


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", get_authentication_records(request, request.user))

"""For whom a browser session acts at present; the person's name is kept sealed, outside of what the database reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.http import HttpRequest
from django.urls import reverse

from chengxin.access.facade import sealing_for
from chengxin.representation.contracts import Mandate

_KEY: Final = "acts_for"
_USE: Final = b"chengxin name of the represented"


@dataclass(frozen=True, kw_only=True)
class ActsFor:
    """Whom a session acts for, on which mandate; at a counter also where it prints and where it goes back to."""

    mandate_id: UUID
    subject_id: UUID
    name: str
    receipt_url: str = ""
    back_url: str = ""

    @property
    def stop_url(self) -> str:
        """Return where one goes back to oneself; the shared layout asks."""
        return reverse("representation_stop")


def find_choice(request: HttpRequest) -> ActsFor | None:
    """Return for whom the session acts, or None."""
    kept = request.session.get(_KEY)
    if not kept:
        return None
    try:
        name = sealing_for(_USE).decrypt(kept["name"].encode()).decode()
    except InvalidToken:
        name = ""
    return ActsFor(
        mandate_id=UUID(kept["mandate"]),
        subject_id=UUID(kept["subject"]),
        name=name,
        receipt_url=kept.get("receipt", ""),
        back_url=kept.get("back", ""),
    )


def choose(request: HttpRequest, mandate: Mandate, *, name: str, receipt_url: str = "", back_url: str = "") -> None:
    """Let the session act on a mandate from now on."""
    request.session[_KEY] = {
        "mandate": str(mandate.id),
        "subject": str(mandate.subject_id),
        "name": sealing_for(_USE).encrypt(name.encode()).decode(),
        "receipt": receipt_url,
        "back": back_url,
    }


def forget(request: HttpRequest) -> None:
    """Let the session act for its own person again."""
    request.session.pop(_KEY, None)

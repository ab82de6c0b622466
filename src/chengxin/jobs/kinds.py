"""The kinds of delivery (送达方式), wired by dotted name in the settings `OUTBOX_KINDS`."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, cast

from django.conf import settings
from django.utils.module_loading import import_string

from chengxin.jobs.contracts import Deliver, Delivered, Message

INBOX: Final = "inbox"


@lru_cache(maxsize=16)
def _imported(dotted: str) -> Deliver:
    return cast("Deliver", import_string(dotted))


def deliver_by(kind: str) -> Deliver:
    """Return how a kind of delivery carries a message; raises LookupError for one that is not wired."""
    return _imported(settings.OUTBOX_KINDS[kind])


def inbox(_message: Message) -> Delivered:
    """Lay a message into the recipient's feed, which it reads itself: nothing leaves this machine."""
    return Delivered()

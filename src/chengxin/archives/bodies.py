"""Names of bodies, kept for a minute: every line names one, and they hardly ever change."""

from __future__ import annotations

import threading
import time

from django.conf import settings

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.ui.facade import reads_english

KEPT_SECONDS = 60.0
_lock = threading.Lock()
_kept: dict[str, Body] = {}
_until = 0.0


def body_name(code: str) -> str:
    """Return the name of a body in the reader's language; an unknown code stands for itself."""
    body = _bodies().get(code)
    if body is None:
        return code
    return body.name_en if reads_english() and body.name_en else body.name_zh


def body_phone(code: str) -> str:  # noqa: ARG001 - bodies have no number of their own yet; the platform's desk passes calls on
    """Return where to call about what a body wrote."""
    return str(settings.SITE["phone"])


def forget_bodies() -> None:
    """Drop the kept names, so that the next reader asks again."""
    global _until  # noqa: PLW0603 - one cache per process
    _until = 0.0


def _bodies() -> dict[str, Body]:
    global _kept, _until  # noqa: PLW0603 - one cache per process
    if time.monotonic() >= _until:
        with _lock:
            _kept = {body.code: body for body in access.list_bodies()}
            _until = time.monotonic() + KEPT_SECONDS
    return _kept

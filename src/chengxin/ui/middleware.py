"""Turn what an action refuses, and what breaks, into an answer people and programs can read."""

from __future__ import annotations

import errno
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from chengxin.crypto.contracts import KeyServiceAway
from chengxin.kernel.refusal import Refused
from chengxin.ui.refusals import KEYS_AWAY, error_page, refusal_response

_FULL_DISK = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def is_outage(error: BaseException | None) -> bool:
    """Tell whether the platform lacks what it stands on for now: its database, or room on its disk."""
    if isinstance(error, OSError):
        return error.errno in _FULL_DISK
    return isinstance(error, (OperationalError, InterfaceError))


class RefusalMiddleware:
    """Answer `Refused`, too large a body, and a platform that lacks its database, its disk or its keys."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a refusal or a known failure; anything else goes on to the error log."""
        if isinstance(exception, Refused):
            return refusal_response(request, exception.refusal)
        if isinstance(exception, KeyServiceAway):
            return refusal_response(request, KEYS_AWAY, 503)
        if isinstance(exception, RequestDataTooBig):
            return error_page(request, 413)
        if is_outage(exception):
            return error_page(request, 503)
        return None

"""Turn what an action refuses, and what breaks, into an answer people and programs can read."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from chengxin.kernel.refusal import Refused
from chengxin.ui.refusals import error_page, refusal_response


class RefusalMiddleware:
    """Answer `Refused`, too large a body, and a database that is away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the answer to a refusal or a known failure; anything else goes on to the error log."""
        if isinstance(exception, Refused):
            return refusal_response(request, exception.refusal)
        if isinstance(exception, RequestDataTooBig):
            return error_page(request, 413)
        if isinstance(exception, (OperationalError, InterfaceError)):
            return error_page(request, 503)
        return None

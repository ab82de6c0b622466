"""Hand a program the receipts of what its request caused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chengxin.audit.contracts import Receipt
from chengxin.audit.log.writing import collecting, sign_receipts

HEADER: Final = "Chengxin-Receipt"
MOST: Final = 8
"""A header has little room; what a large filing causes is proved by its batch's own receipt and the log."""
Respond = Callable[[HttpRequest], HttpResponse]


class ReceiptMiddleware:
    """Add a header with the signed receipts (回执) of the events an API request committed."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and sign what it left in the log."""
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        with collecting() as receipts:
            response = self.get_response(request)
        if receipts:
            response[HEADER] = receipts_header(receipts)
        return response


def receipts_header(receipts: Sequence[Receipt]) -> str:
    """Return the header of what a request caused."""
    kept = receipts[:MOST]
    return ", ".join(map(_line, kept, sign_receipts(kept)))


def _line(receipt: Receipt, signature: bytes) -> str:
    """Return a receipt as its parts: what `chengxin-verify receipt` reads as JSON."""
    return (
        f"event={receipt.event_id}; writer={receipt.writer_id}; counter={receipt.counter}; leaf={receipt.leaf.hex()}; "
        f"signature={signature.hex()}; key={settings.LOG_ORIGIN}/writer"
    )

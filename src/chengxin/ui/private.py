"""Pages and papers about somebody stay out of caches and search engines."""

from __future__ import annotations

from django.http import HttpResponse


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page out of caches and search engines."""
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def private_file(content: bytes, *, media: str, name: str) -> HttpResponse:
    """Return a file about somebody: pictures are shown, the rest is saved, and nothing is guessed at."""
    response = HttpResponse(content, content_type=media)
    shown = "inline" if media.startswith("image/") else "attachment"
    response["Content-Disposition"] = f'{shown}; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return private(response)

"""Whose sign-in attempts count together."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest


def username_of(request: HttpRequest, credentials: Mapping[str, str] | None) -> str:
    """Return the name an attempt was made for.

    Before a sign-in axes asks with the form's field, after a failure with Django's; unless both give the same name,
    failures are counted for nobody and a locked account opens to the right password.
    """
    given = credentials or {}
    name = given.get("login") or given.get("username") or request.POST.get("login") or ""
    return name.strip().lower()

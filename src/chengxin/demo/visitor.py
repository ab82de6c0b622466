"""Somebody of the cast with a browser: signs in with one click and opens pages."""

from __future__ import annotations

import re
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

PATIENCE = 60.0
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    """One browser of one member of the cast at one address."""

    def __init__(self, address: str, *, username: str) -> None:
        """Sign in."""
        self._address = address
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        token = _TOKEN.search(self.fetch("/demo/sign-in").decode())
        assert token is not None
        said = urlencode({"csrfmiddlewaretoken": token[1], "username": username}).encode()
        self._browser.open(f"{address}/demo/sign-in", data=said, timeout=PATIENCE).close()

    def fetch(self, path: str) -> bytes:
        """Return what stands under a path."""
        with self._browser.open(self._address + path, timeout=PATIENCE) as answer:
            return bytes(answer.read())

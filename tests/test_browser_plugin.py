"""What browser tests lean on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page


class Slow(BaseHTTPRequestHandler):
    """A page with a link, and the page it leads to, the second half of which comes late."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.path == "/":
            self.wfile.write(b"<a href=/late>go</a>")
            return
        self.wfile.write(b"<p>first</p>" + b" " * 5000)
        self.wfile.flush()
        time.sleep(0.3)
        self.wfile.write(b"<p>second</p>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def slow_server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.mark.browser
def test_after_a_click_the_whole_page_is_there(slow_server: str, browser_page: Callable[..., Page]) -> None:
    page = browser_page(javascript=False)
    page.goto(slow_server)
    page.get_by_role("link", name="go").click()
    assert page.get_by_text("second").is_visible()

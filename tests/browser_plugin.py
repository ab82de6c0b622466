"""A browser for tests: `browser_page` opens pages as a reader would, Chinese glyphs included.

    @pytest.mark.browser
    def test_the_list_fits_a_phone(live_server, browser_page):
        page = browser_page(width=320, javascript=False)
        page.goto(live_server.url + "/search")
        assert problems_of(page) == []

Every page refuses to leave this machine and remembers what its console said; `problems_of` gives that, the findings
of axe (WCAG 2.2 AA) and a page wider than its window. Red in CI without a Chromium: see the root conftest.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, sync_playwright
from tools.chromium import find_chromium

FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run"]
# It never leaves this machine.
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # What is sound is not written down node by node, which takes as long as looking.
}
LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<match target="pattern"><test name="family"><string>system-ui</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans SC</string></edit></match>
<match target="pattern"><test name="family"><string>sans-serif</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Noto Sans SC</string></edit></match></fontconfig>"""


def click_through(click: Callable[..., None]) -> Callable[..., None]:
    """Return `click` as a reader means it: the page it leads to is there when it returns.

    The driver waits until another page has begun; what is asked of a page half read is answered with the half.
    """

    def clicked(self: Locator, **options: object) -> None:
        click(self, **options)
        self.page.wait_for_load_state()

    return clicked


def write_fonts_conf(directory: Path) -> Path:
    """Point fontconfig at the font package, so that Chinese is text and not boxes."""
    spec = importlib.util.find_spec("justmytype_intl_cjk")
    fonts = Path(spec.origin).parent / "fonts" if spec and spec.origin else directory
    conf = directory / "fonts.conf"
    conf.write_text(FONTS.format(fonts=fonts, cache=directory / "cache"), encoding="utf-8")
    return conf


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory, no_world_stands: None) -> Iterator[Browser]:
    """Start one browser for the whole run."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The browser's driver keeps an event loop in this thread, which Django would take for an asynchronous program.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        patch.setattr(Locator, "click", click_through(Locator.click))
        browser = launch(playwright, tmp_path_factory.mktemp("fonts"))
        yield browser
        browser.close()


def launch(playwright: Playwright, folder: Path) -> Browser:
    """Start the browser with the fonts it needs; the driver is running already, so it is told them itself."""
    fonts = {**os.environ, "FONTCONFIG_FILE": str(write_fonts_conf(folder))}
    return playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS, env=fonts)


def open_page(context: BrowserContext, *, javascript: bool = True) -> Page:
    """Open a page that remembers what its console said."""
    page = context.new_page()
    page.said, page.runs_scripts = [], javascript
    page.on("console", lambda message: page.said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: page.said.append(f"error: {error}"))
    return page


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return what opens a page: `browser_page(width=320, language="zh", javascript=True, cookies=())`."""
    contexts = []

    def opened(*, width=1280, height=800, language="zh", javascript=True, cookies=()):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=LANGUAGES[language], java_script_enabled=javascript
        )
        contexts.append(context)
        if cookies:
            context.add_cookies(list(cookies))
        return open_page(context, javascript=javascript)

    yield opened
    for context in contexts:
        context.close()


def problems_of(page: Page) -> list[str]:
    """Return what is wrong with the page as it stands: errors, axe findings, a sideways scroll bar."""
    assert page.runs_scripts, "axe waits for ever on a page without scripts; look at one with them"
    problems = [line for line in page.said if line.startswith(("error", "warning"))]
    width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if width > window:
        problems.append(f"the page is {width} px wide in a window of {window} px")
    for violation in Axe().run(page, options=AXE).response["violations"]:
        problems.append(f"{violation['id']}: {violation['nodes'][0]['html']}")
    return problems


@pytest.fixture(scope="session")
def plain_server(django_test_environment: None) -> Iterator[str]:
    """Serve the site without a database, for pages that need none; pages with data use `live_server`."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "ALLOWED_HOSTS", [*settings.ALLOWED_HOSTS, "127.0.0.1"])
        yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()

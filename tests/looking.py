"""How a page looks and is used, seen in a browser: `problems_in(page, shown)` says what is wrong with one page.

No server is asked: the browser is handed the HTML that was kept of the walk and the files of its look. One visit serves
all: axe and a phone 320 px wide, the keyboard from the first control to beyond the last, paper, text of twice the size,
and the words of the other language.
"""

from __future__ import annotations

import mimetypes
import re
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright
from tests.browser_plugin import launch, open_page, problems_of
from tests.read_pages import Read
from tests.walking import Shown

SITE = "http://chengxin.example.org"
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}
SHEET = {"width": 690, "height": 1000}
"""The width of text on a sheet of A4, in CSS px."""
HAN = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"(?:\b[A-Za-z][a-z']*[ ,]+){4,}[A-Za-z][a-z']*")
LATIN = re.compile(r"[A-Za-z]")
OWN_WORDS = frozenset({"button", "label", "legend", "summary", "caption"})
"""Elements whose words are the page's own, but for a name among them."""
SCRIPTS = Path(__file__).with_name("looking.js")


def look_at_each(pages: Iterable[Shown]) -> list[str]:
    """Return what is wrong with kept pages, one of each template, each line with its address.

    The browser lives in a thread: its driver's loop would take from the test the connection it stands on.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_look_at_each, {shown.template: shown for shown in pages}).result()


def _look_at_each(pages: dict[str, Shown]) -> list[str]:
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright, Path(folder))
        page = open_page(browser.new_context(locale="zh-CN"))
        for template, shown in pages.items():
            faults += [f"{shown.address} ({template}): {fault}" for fault in problems_in(page, shown)]
        browser.close()
    return faults


def show(page: Page, shown: Shown, *, language: str = "zh") -> None:
    """Open a kept page in a browser that reaches nothing else."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/").partition("?")[0])):
            kind = mimetypes.guess_type(str(found))[0] or "text/plain"
            route.fulfill(body=Path(str(found)).read_bytes(), content_type=kind)
        elif route.request.resource_type == "document":
            route.fulfill(body=shown.texts[language], content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=204)

    page.unroute_all()
    page.route("**/*", answer)
    page.said.clear()
    page.goto(SITE + shown.address)
    page.evaluate(SCRIPTS.read_text(encoding="utf-8"))


def problems_in(page: Page, shown: Shown) -> list[str]:
    """Return what is wrong with a page for an eye, a hand, paper and a reader of English; each as a line."""
    page.emulate_media(media="screen")
    page.set_viewport_size(PHONE)
    show(page, shown)
    found = problems_of(page)
    found += page.evaluate("looking.targets()")
    found += keyboard_problems(page)
    found += words_in_wrong_language(shown)
    page.set_viewport_size(SHEET)
    page.evaluate("looking.remember()")
    page.emulate_media(media="print")
    found += page.evaluate("looking.paper()")
    page.emulate_media(media="screen")
    page.set_viewport_size(DESK)
    found += page.evaluate("looking.enlarged()")
    return found


def keyboard_problems(page: Page) -> list[str]:
    """Walk a page with the tabulator and return which control it missed, hid or kept the reader in."""
    count = page.evaluate("looking.listen()")
    for _ in range(count + 1):
        page.keyboard.press("Tab")
    return list(page.evaluate("looking.heard()"))


def words_in_wrong_language(shown: Shown) -> list[str]:
    """Return Chinese among an English page's own words, and English sentences on a Chinese page."""
    english, chinese = Read(shown.texts["en"]), Read(shown.texts["zh"])
    left = [
        f"Chinese in English <{one.name}>: {one.words[:60]}"
        for one in english.named
        if ((one.name in OWN_WORDS and not LATIN.search(one.words)) or one.attributes.get("scope") == "col")
        and HAN.search(one.words)
        and one.attributes.get("lang", "en") == "en"
    ]
    return left + [
        f"English in Chinese: {text[:80]}"
        for text in chinese.texts
        if SENTENCE.search(text) and not HAN.search(text) and text not in chinese.foreign
    ]

"""The style page in a real browser: phone and desk, both languages, with and without scripts."""

from __future__ import annotations

import pytest
from tests.browser_plugin import problems_of

pytestmark = pytest.mark.browser
WIDTHS = [320, 1280]
LANGUAGES = ["zh", "en"]


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


@pytest.mark.parametrize("display", ["", "large.contrast"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_part_is_accessible_and_fits(plain_server, browser_page, width, language, display):
    cookies = [{"name": "chengxin_display", "value": display, "url": plain_server}] if display else []
    page = browser_page(width=width, language=language, cookies=cookies)
    page.goto(f"{plain_server}/ui")
    page.wait_for_selector("html[data-charts=drawn]")
    assert page.locator(".chart svg").count() > 0
    assert problems_of(page) == []


@pytest.mark.parametrize("status", [404, 500])
def test_error_pages_are_accessible_on_a_phone(plain_server, browser_page, status):
    page = browser_page(width=320)
    page.goto(f"{plain_server}/ui/error/{status}")
    page.said.clear()  # The browser itself reports the status as an error.
    assert problems_of(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_lost_without_scripts(plain_server, browser_page, language):
    page = browser_page(width=320, language=language, javascript=False)
    page.goto(f"{plain_server}/ui")
    assert page.locator(".chart table").is_visible()
    assert page.locator(".answers__row").count() == 10
    page.locator(".details summary").first.click()
    assert page.locator(".details__body").first.is_visible()


def test_the_language_changes_without_scripts_and_keeps_the_page(plain_server, browser_page):
    page = browser_page(width=320, javascript=False)
    page.goto(f"{plain_server}/ui?sort=on")
    page.get_by_role("button", name="English").click()
    assert page.url == f"{plain_server}/ui?sort=on"
    assert page.locator("h1").inner_text() == "Specimens of parts"


def test_the_keyboard_reaches_the_skip_link_first_and_then_the_header_in_order(plain_server, browser_page):
    page = browser_page()
    page.goto(f"{plain_server}/ui")
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.innerText.trim()"))
    assert names[0] == "跳到正文"
    assert names[2:5] == ["大字版", "高对比", "English"]


def test_the_list_of_problems_takes_the_focus_and_leads_to_the_field(plain_server, browser_page):
    page = browser_page(width=320)
    page.goto(f"{plain_server}/ui?wrong=1")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert problems_of(page) == []
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_what_is_touched_is_large_enough(plain_server, browser_page):
    page = browser_page(width=320)
    page.goto(f"{plain_server}/ui")
    small = page.evaluate(
        """[...document.querySelectorAll('button, .button, summary, .tabs a, .pager a, .control, .display button')]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_paper_gets_an_a4_report_without_menus(plain_server, browser_page):
    page = browser_page()
    page.goto(f"{plain_server}/ui")
    page.emulate_media(media="print")
    assert not page.locator(".display").is_visible()
    assert not page.locator(".next-step").is_visible()
    assert page.locator("h1").is_visible()

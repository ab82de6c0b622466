"""A person shows a code on a phone without scripts, the partner redeems it, an officer looks at hints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from chengxin.incentives.contracts import Scene
from chengxin.incentives.tests.conftest import FIRM
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor


@pytest.mark.browser
@pytest.mark.clause("P5.1d")
def test_a_person_shows_a_code_on_a_phone_without_scripts_and_the_partner_redeems_it(
    lin: Actor, scene: Scene, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=(cookie_of("lin", url),))
    page.goto(url + "/me/benefits")
    keep(page, "benefits")
    page.get_by_role("button", name="生成凭证").click()
    keep(page, "token")
    code = page.locator(".done__number strong").inner_text().strip()
    partner = browser_page(width=360, javascript=False)
    partner.goto(f"{url}/verify/token?code={code}")
    partner.get_by_role("button", name="核销这个凭证").click()
    keep(partner, "redeemed")
    assert partner.get_by_text("有效，已经核销").is_visible()
    page.goto(url + "/me/points")
    page.get_by_role("button", name="加入").click()
    keep(page, "points")
    inspector = browser_page(width=360, cookies=(cookie_of("lin", url),))
    assert [
        one
        for one in ("/incentives", "/me/benefits", "/me/points", "/verify/token")
        if not is_sound(inspector, url + one)
    ] == []


@pytest.mark.browser
@pytest.mark.clause("P5.1b")
def test_the_offices_write_a_scene_and_see_hints_on_a_phone(
    scene: Scene, filed: object, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    officer = browser_page(width=360, cookies=(cookie_of("xy-first", url),))
    clerk = browser_page(width=360, cookies=(cookie_of("ytmz-clerk", url),))
    assert is_sound(officer, url + "/office/scenes")
    keep(officer, "scenes")
    assert is_sound(clerk, f"{url}/dept/incentives?uscc={FIRM}")
    keep(clerk, "hints")
    officer.goto(url + "/incentives")
    keep(officer, "incentives")

"""J6 in a browser: a licence officer opens an application, sees why each hint is there, and says what they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.lists.contracts import Entry
from chengxin.lists.tests.conftest import FIRM
from chengxin.matters.tests.conftest import NUMBER


@pytest.mark.browser
@pytest.mark.clause("P5.1b")
@pytest.mark.clause("P5.2d")
@pytest.mark.django_db(transaction=True)
def test_a_licence_officer_opens_an_application_on_a_phone_without_scripts(
    entry: Entry, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    clerk = cookie_of("ytsj-clerk", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[clerk])
    page.goto(live_server.url + "/dept/matters")
    page.get_by_label("办理事项").select_option("food_licence")
    page.get_by_label("办件编号").fill(NUMBER)
    page.get_by_label("申请人的统一社会信用代码").fill(FIRM.lower())
    keep(page, "matters")
    page.get_by_role("button", name="打开办件").click()
    keep(page, "matter")
    for words in ("云汀禾木商贸有限公司", "食品经营许可", "号码相同，请核对是否采取措施", "诚信示范单位"):
        assert words in page.inner_text("main"), words
    hint = "section[aria-labelledby=hint-{}]"
    page.locator(hint.format("lenient_intake")).locator("button[value=use]").click()
    fast = page.locator(hint.format("fast_track"))
    fast.get_by_text("为什么不用").click()
    fast.get_by_label("不采用的理由").fill("材料不齐，等补正以后再定。")
    fast.locator("button[value=refuse]").click()
    assert "材料不齐，等补正以后再定。" in page.inner_text("main")
    page.get_by_role("link", name="核对无误，提出措施").click()
    page.get_by_label("决定书文号").fill("云市监普〔2026〕1号")
    page.get_by_label("事实和理由").fill("在市场监管严重违法失信名单上，与本事项有关。")
    page.get_by_label("为什么相当").fill("只按普通程序办理，不影响申请本身。")
    page.get_by_label("为什么不适用").fill("没有在申请以前改正。")
    keep(page, "matter-propose")
    page.get_by_role("button", name="提出措施").click()
    page.goto(f"{live_server.url}/dept/matters/food_licence?number={NUMBER}&uscc={FIRM}")
    assert "还没有生效" in page.inner_text("main")
    keep(page, "matter-chosen")
    inspector = browser_page(width=320, cookies=[clerk])
    assert is_sound(inspector, live_server.url + "/dept/matters")
    assert is_sound(inspector, page.url)

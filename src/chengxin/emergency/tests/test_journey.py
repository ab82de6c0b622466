"""An officer asks in an emergency, another post confirms, the person reads of it: phones without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from chengxin.emergency.tests.conftest import People
from chengxin.emergency.tests.test_emergency import LIN_NO
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor


@pytest.mark.browser
@pytest.mark.wall_clock
@pytest.mark.django_db(transaction=True)
def test_an_emergency_is_asked_confirmed_opened_and_told(
    live_server, lin: Actor, people: People, browser_page: Callable[..., Page]
) -> None:
    officer = cookie_of("officer", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[officer])
    inspector = browser_page(width=320, cookies=[officer])
    page.goto(f"{live_server.url}/office/emergency")
    assert is_sound(inspector, page.url)
    page.get_by_label("身份证号码").fill(LIN_NO)
    penalty = page.get_by_label("行政处罚", exact=True)
    page.locator("details", has=penalty).locator("summary").click()
    penalty.check()
    page.get_by_label("本单位的案件编号").fill("急2026-1")
    page.get_by_label("紧急情况和理由").fill("当事人失联，有生命危险。")
    keep(page, "emergency-ask")
    page.get_by_role("button", name="提出，等另一个岗位的人确认").click()
    assert "待另一岗位确认" in page.inner_text("main")
    second = browser_page(width=360, javascript=False, cookies=[cookie_of("sj-audit", live_server.url)])
    second.goto(f"{live_server.url}/dept/inbox")
    second.locator('a[href^="/dept/cases/"]').first.click()
    second.get_by_label("理由").first.fill("已电话核实。")
    keep(second, "emergency-confirm")
    second.get_by_role("button", name="情况属实，确认").click()
    assert "已确认" in second.inner_text("main")
    page.reload()
    page.locator("form[action^='/office/emergency/'] button").click()
    assert "本人已经收到通知" in page.inner_text("main")
    assert "云市监处罚〔2026〕3号" in page.inner_text("main")
    keep(page, "emergency-records")
    own = browser_page(width=360, javascript=False, cookies=[cookie_of("lin", live_server.url)])
    own.goto(f"{live_server.url}/me/looks")
    assert "紧急查看了" in own.inner_text("main")
    keep(own, "emergency-looks")
    inspector.goto(f"{live_server.url}/openness/emergency")
    assert is_sound(inspector, inspector.url)
    keep(inspector, "emergency-counts")

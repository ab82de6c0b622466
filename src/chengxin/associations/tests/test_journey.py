"""An association files its charter, enters a member and acts; the member answers on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from chengxin.associations import facade
from chengxin.associations.tests.conftest import CHARTER, FIRM, NOTE
from chengxin.associations.tests.test_acts import WEEK, take
from chengxin.intake.tests.conftest import NOW, Office, open_office
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


@pytest.fixture
def registered(officer: Actor) -> Office:
    """Return an association that has filed nothing yet."""
    found = open_office("XHXH", "云汀电商协会", "91390100MA00000186", "390100", ())
    facade.register("XHXH", actor=officer, now=NOW)
    return found


def enter(page: Page, url: str) -> None:
    """File a charter, enter the firm, propose a warning."""
    page.goto(url + "/asc")
    page.get_by_label("章程全文").fill(CHARTER)
    page.get_by_label("会员大会通过的日期").fill("2025-03-01")
    keep(page, "association-charter")
    page.get_by_role("button", name="提交").click()
    assert page.get_by_text("第1版").is_visible()
    page.goto(url + "/asc/members")
    page.get_by_label("统一社会信用代码").fill(FIRM)
    page.get_by_label("会员编号", exact=True).fill("H-7")
    page.get_by_label("入会日期").fill("2025-04-01")
    page.get_by_role("button", name="提交").click()
    assert page.get_by_text("云汀禾木商贸有限公司").is_visible()
    keep(page, "association-members")
    page.goto(url + "/asc/acts")
    page.get_by_label("会员编号").fill("H-7")
    page.get_by_label("措施").select_option("warning")
    page.get_by_label("章程条款").fill("第十三条")
    page.get_by_label("理由").fill(NOTE)
    page.get_by_role("button", name="提交").click()
    assert page.locator(".field--wrong").get_by_text("现行章程里没有这一条").is_visible()
    page.get_by_label("章程条款").fill("第十二条")
    page.get_by_role("button", name="提交").click()
    keep(page, "association-acts")


@pytest.mark.browser
@pytest.mark.clause("P3.2c", "P5.2e")
def test_an_association_acts_by_its_charter_and_the_member_answers_and_appeals_on_a_phone(
    registered: Office, firm: Actor, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    clerk = browser_page(width=360, javascript=False, cookies=(cookie_of("xhxh-clerk", url),))
    enter(clerk, url)
    (act,) = facade.list_acts(registered.clerk)
    own = browser_page(width=360, javascript=False, cookies=(cookie_of("firm", url),))
    own.goto(url + "/me/associations")
    keep(own, "association-own")
    own.get_by_role("link", name=act.number).click()
    assert own.get_by_text(NOTE).is_visible()
    own.get_by_label("您要说明什么").fill("广告已经撤下，向顾客道了歉。")
    keep(own, "association-own-act")
    own.get_by_role("button", name="提交").click()
    assert own.get_by_text("广告已经撤下，向顾客道了歉。").is_visible()
    assert take(act.case_id, "decide", registered.approver, at=WEEK) == "decided"
    own.reload()
    own.get_by_label("您要说明什么").fill("没有考虑已经改正。")
    own.get_by_role("button", name="提交").click()
    assert own.get_by_text("申诉待复核").first.is_visible()
    keep(own, "association-own-appealed")
    inspector = browser_page(width=320, cookies=(cookie_of("firm", url),))
    assert is_sound(inspector, f"{url}/me/associations/{act.number}")
    assert is_sound(inspector, f"{url}/me/associations")

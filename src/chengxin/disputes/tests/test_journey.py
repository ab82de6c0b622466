"""J11 in a real browser: from the parcel to the compensation on a phone, without scripts or account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access.tests.cast import sign_in
from chengxin.casework.jobs import turn_the_day
from chengxin.disputes import facade
from chengxin.disputes.contracts import Offer, Promise
from chengxin.disputes.tests.conftest import DAY, TEXT, Town, complain
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel import clock

PHONE = "13900000000"


@pytest.mark.browser
@pytest.mark.clause("E2.5b")
@pytest.mark.django_db(transaction=True)
def test_a_consumer_comes_from_the_parcel_to_the_compensation_and_sees_every_clock(
    live_server, town: Town, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    given = Promise(post="售后客服岗", reach="400-000-0000", pays_first_fen=50_000, exceptions=("perishable",))
    facade.promise(town.merchant, town.shop.id, given, now=NOW)
    facade.book(town.clerk, town.shop.id, kind="deposit", fen=10_000, done_on=NOW.date(), now=NOW)
    page, seen = browser_page(width=360, javascript=False), browser_page(width=320)
    code = told(page, seen, url)
    passed = NOW + 15 * DAY
    assert turn_the_day(passed, None)["lapsed"] == 1
    with living_on(passed):
        main = followed(page, url, code)
        for said in ("已转市场监管部门", "2026年12月7日", "2026年12月17日", "7个工作日"):
            assert said in main, said
        page.locator("summary", has_text="留下联系方式").click()
        page.get_by_label("您的姓名").fill("丁一平")
        page.get_by_role("button", name="保存联系方式").click()
        mediated(browser_page, url)
        paid_first(browser_page, url)
        main = followed(page, url, code)
        keep(page, "disputes-followed-paid")
        for said in ("平台先行赔付", "59.00", "每一个期限", "2027年2月12日", "确认已经收到"):
            assert said in main, said
        page.get_by_role("button", name="确认已经收到").click()
        assert "这件投诉已经解决" in page.inner_text("main")
        page.goto(f"{url}/shops/{town.shop.id}")
        main = page.inner_text("#promises")
        for said in ("售后客服岗", "余额41.00", "-59.00", "资料不足", TEXT, "已解决", "投诉这家店铺"):
            assert said in main, said
        assert PHONE not in main
        keep(page, "disputes-shop")
        seen.goto(f"{url}/shops/{town.shop.id}")
        assert problems_of(seen) == []
    assert code.replace("-", "") not in page.url


@contextmanager
def living_on(moment: datetime) -> Iterator[None]:
    """Let test and server live at a later moment, as if the days had passed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_simulated", ContextVar("simulated_now", default=moment))
        yield


def told(page: Page, seen: Page, url: str) -> str:
    """Go through the three screens and return the code."""
    page.goto(f"{url}/complain")
    page.get_by_label("包裹单号或者订单号").fill("YT999")
    page.get_by_role("button", name="找店铺").click()
    assert "没有找到这个单号对应的店铺" in page.inner_text("main")
    keep(page, "disputes-find")
    page.get_by_label("包裹单号或者订单号").fill("YT001")
    page.get_by_role("button", name="找店铺").click()
    main = page.inner_text("main")
    for said in ("禾木食品铺", "售后客服岗", "最多500.00"):
        assert said in main, said
    assert "B-1" not in page.content()
    keep(page, "disputes-tell")
    page.get_by_label("商品有质量问题").check()
    page.get_by_label("说说经过").fill(f"{TEXT}我的电话{PHONE}。")
    page.get_by_label("退款", exact=True).check()
    page.get_by_label("多少钱（元）").fill("59")
    page.get_by_role("button", name="下一步：核对").click()
    assert f"{TEXT}我的电话＊＊＊" in page.inner_text("main")
    page.get_by_role("button", name="改一改").click()
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_label("办结以后，经过可以公开").check()
    keep(page, "disputes-check")
    page.get_by_role("button", name="提交投诉").click()
    keep(page, "disputes-received")
    for address in (f"{url}/complain", f"{url}/complain/follow"):
        seen.goto(address)
        assert problems_of(seen) == [], address
    return page.locator("main strong").last.inner_text()


def followed(page: Page, url: str, code: str) -> str:
    page.goto(f"{url}/complain/follow")
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查看").click()
    keep(page, "disputes-followed")
    return page.inner_text("main")


def mediated(browser_page: Callable[..., Page], url: str) -> None:
    """Accept as the authority, and write down what both sides agreed."""
    cookie = cookie_of("sj-officer", url)
    officer, checker = browser_page(width=360, javascript=False, cookies=[cookie]), browser_page(cookies=[cookie])
    officer.goto(f"{url}/biz/complaints")
    keep(officer, "disputes-list")
    officer.get_by_role("link", name="TS").click()
    assert TEXT not in officer.inner_text("main")
    officer.get_by_role("button", name="打开", exact=True).click()
    assert TEXT in officer.inner_text("main")
    officer.get_by_role("button", name="打开投诉人的联系方式").click()
    assert "丁一平" in officer.inner_text("main")
    keep(officer, "disputes-officer")
    checker.goto(officer.url)
    assert problems_of(checker) == []
    officer.get_by_label("受理", exact=True).check()
    officer.get_by_role("button", name="提交").click()
    officer.get_by_label("达成调解协议").check()
    officer.get_by_label("处理办法").select_option("refund")
    officer.get_by_label("多少钱（元）").fill("59")
    officer.get_by_role("textbox", name="说明").fill("双方同意退款。")
    officer.get_by_role("button", name="提交").click()
    assert "已谈妥" in officer.inner_text("main")


def paid_first(browser_page: Callable[..., Page], url: str) -> None:
    """Pay from the fund as the platform."""
    clerk = browser_page(width=360, javascript=False, cookies=[cookie_of("shop-clerk", url)])
    clerk.goto(f"{url}/biz/complaints")
    clerk.get_by_role("link", name="TS").click()
    clerk.get_by_label("平台先行赔付").check()
    clerk.get_by_label("处理办法").select_option("refund")
    clerk.get_by_label("多少钱（元）").fill("59")
    clerk.get_by_label("哪一天付的或者办的").fill("2026-12-08")
    clerk.get_by_role("textbox", name="说明").fill("店铺没有付，从保证金赔付。")
    clerk.get_by_role("button", name="提交").click()
    assert "等投诉人确认" in clerk.inner_text("main")


@pytest.mark.clause("E5.1b", "E5.1e")
def test_a_story_is_public_by_consent_alone_and_only_when_it_has_ended_with_the_shops_word(town: Town) -> None:
    silent, open_one, told_one = (complain(town.shop, may_publish=may) for may in (False, True, True))
    for received in (silent, told_one):
        dispute = facade.get_by_code(received.code)
        offer = Offer(what="refund", fen=100)
        reply = f"已经改进，请打{PHONE}。"
        facade.act(town.merchant, dispute.id, verb="answer", reasons="退款。", offer=offer, reply=reply, now=NOW)
        facade.act_by_code(received.code, verb="withdraw", now=NOW)
    assert facade.get_by_code(open_one.code).case.state == "first"
    (account,) = facade.list_accounts(town.shop.id)
    assert (account.text, account.reply, account.state) == (TEXT, "已经改进，请打＊＊＊。", "withdrawn")
    figures = facade.figures(town.shop.id, now=NOW)
    assert (figures.complaints, figures.orders, figures.per_10000, figures.settled) == (3, 1, None, 0)


def test_the_pages_of_a_complaint_are_shut_to_everybody_it_does_not_concern(town: Town) -> None:
    dispute = facade.get_by_code(complain(town.shop).code)
    address = f"/biz/complaints/{dispute.id}"
    assert Client().get("/biz/complaints").status_code == Client().get(address).status_code == 401
    for who, status in (("xy-first", 404), ("sj-officer", 404), ("firm", 200), ("shop-clerk", 200)):
        assert sign_in(who).get(address).status_code == status, who
    digest = dispute.entries[0].digest
    assert sign_in("xy-first").post(f"{address}/papers/{digest}").status_code == 404
    assert sign_in("firm").post(address, {"press": "contact"}).status_code == 404
    promises = f"/biz/shops/{town.shop.id}/promises"
    booked = {"press": "book", "kind": "deposit", "yuan": "1", "done_on": "2026-11-23"}
    assert sign_in("firm").post(promises, booked).status_code == 403
    assert facade.find_fund(town.shop.id) is None
    assert sign_in("shop-clerk").post(promises, booked).status_code == 302
    fund = facade.find_fund(town.shop.id)
    assert fund is not None
    assert fund.balance == 100

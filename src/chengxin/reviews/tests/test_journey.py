"""Reviews in a real browser: read on a phone without scripts, hidden by a person of the platform, seen as a gap."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, filing, shop_of
from chengxin.reviews import facade
from chengxin.reviews.tests.conftest import of_buyer, review
from chengxin.reviews.tests.test_reputation import rated


@pytest.mark.browser
@pytest.mark.clause("E2.2b")
@pytest.mark.django_db(transaction=True)
def test_a_buyer_reads_and_the_platform_hides_what_law_forbids(
    live_server, sold: Sold, shop: Shop, browser_page: Callable[..., Page]
) -> None:
    shop_of(sold, filing("S-2", title="禾木百货铺", categories=("daily",)))
    rated(sold, 20)
    review(sold, text="老板是个骗子，祝他倒闭。", marks={"goods": 1, "service": 1, "delivery": 2})
    review(sold, text="用了一周还好。", marks={}, is_followup=True, written_at=NOW)
    facade.settle(now=NOW)
    url = live_server.url
    page, seen = browser_page(width=360, javascript=False), browser_page(width=320)
    page.goto(f"{url}/shops/{shop.id}")
    keep(page, "reviews-shop")
    page.get_by_role("link", name="全部21条评价").click()
    assert "祝他倒闭" in page.inner_text("main")
    keep(page, "reviews-all")
    cookie = cookie_of("shop-clerk", url)
    staff, checker = (
        browser_page(width=360, javascript=False, cookies=[cookie]),
        browser_page(width=320, cookies=[cookie]),
    )
    staff.goto(f"{url}/shops/{shop.id}/reviews")
    staff.get_by_role("link", name="屏蔽或者解除").first.click()
    address = staff.url
    staff.get_by_role("button", name="屏蔽文字").click()
    assert "请填写理由" in staff.inner_text("main")
    keep(staff, "reviews-hide")
    staff.get_by_label("侮辱、诽谤").check()
    staff.get_by_label("理由").fill("“骗子”一句没有事实，属于侮辱。")
    staff.get_by_role("button", name="屏蔽文字").click()
    page.goto(f"{url}/shops/{shop.id}/reviews")
    assert "祝他倒闭" not in page.inner_text("main")
    assert "已屏蔽：侮辱、诽谤" in page.inner_text("main")
    keep(page, "reviews-hidden")
    page.get_by_role("link", name="信誉怎样算").click()
    keep(page, "reviews-formula")
    for one in (f"/shops/{shop.id}", f"/shops/{shop.id}/reviews", "/standards/reputation"):
        seen.goto(url + one)
        assert problems_of(seen) == [], one
    checker.goto(address)
    assert problems_of(checker) == [], address


@pytest.mark.browser
@pytest.mark.clause("E2.2b")
@pytest.mark.django_db(transaction=True)
def test_a_buyer_reads_on_a_phone_how_a_shop_rated_them(
    live_server, sold: Sold, shop: Shop, browser_page: Callable[..., Page]
) -> None:
    of_buyer(sold, text="付款及时，沟通顺畅。")
    review(sold)
    page, seen = browser_page(width=320, javascript=False), browser_page(width=320)
    page.goto(f"{live_server.url}/shops/{shop.id}/reviews")
    page.get_by_role("link", name="店铺怎样评价我").click()
    page.get_by_role("button", name="查看").click()
    assert "请填写订单号" in page.inner_text("main")
    page.get_by_role("radio").first.check()
    for order, expected in (("O-404", "没有可以看的评价"), ("O-1", "付款及时，沟通顺畅。")):
        page.get_by_label("订单号").fill(order)
        page.get_by_label("您在这个平台的买家编号").fill("B-1")
        page.get_by_role("button", name="查看").click()
        assert expected in page.inner_text("main")
    assert "O-1" not in page.url
    keep(page, "reviews-of-me")
    seen.goto(f"{live_server.url}/reviews/of-me")
    assert problems_of(seen) == []

"""The pages of platforms and merchants: who may open them, and how they look on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.market.tests.conftest import Sold, filing, individual, shop_of


def test_a_platform_sees_its_own_register_and_nobody_else_does(sold: Sold, market: Office) -> None:
    shop_of(sold)
    assert "禾木食品铺" in sign_in("shop-clerk").get("/biz/platform/merchants").content.decode()
    other = sign_in("ytsj-clerk").get("/biz/platform/merchants")
    assert (other.status_code, "禾木食品铺" in other.content.decode()) == (403, False)
    assert Client().get("/biz/platform/merchants").status_code == 401
    assert Client().get("/biz/shop/licences").status_code == 401
    assert market.body == "YTSJ"


def test_a_merchant_sees_its_own_shops_and_what_is_missing(sold: Sold, firm: UUID) -> None:
    shop_of(sold, filing(categories=("food", "drugs")))
    access.open_account("firm", actor=SETUP, now=NOW, subject_id=firm)
    page = sign_in("firm").get("/biz/shop/licences").content.decode()
    for said in ("禾木食品铺", "JY390001", "缺少有效许可", "不对怎么办"):
        assert said in page, said


@pytest.mark.browser
@pytest.mark.clause("E2.1b")
@pytest.mark.django_db(transaction=True)
def test_the_pages_of_shops_read_well_on_a_phone(
    live_server, sold: Sold, firm: UUID, browser_page: Callable[..., Page]
) -> None:
    shop = shop_of(sold, filing(categories=("food", "drugs", "daily")))
    shop_of(sold, individual(verified_on=date(2026, 5, 1)))
    access.open_account("firm", actor=SETUP, now=NOW, subject_id=firm)
    url = live_server.url
    page, seen = browser_page(width=360, javascript=False), browser_page(width=320)
    for name, address in (
        ("platforms", "/platforms"),
        ("platform", "/platforms/SHOP"),
        ("shop", f"/shops/{shop.id}"),
        ("badge", f"/shops/{shop.id}/badge?site=https://evil.example.net"),
    ):
        page.goto(url + address)
        keep(page, f"market-{name}")
        seen.goto(url + address)
        assert problems_of(seen) == [], address
    assert "不匹配" in page.inner_text("main")
    for who, name, address in (
        ("firm", "own", "/biz/shop/licences"),
        ("shop-clerk", "register", "/biz/platform/merchants"),
    ):
        cookie = cookie_of(who, url)
        staff, checker = (
            browser_page(width=360, javascript=False, cookies=[cookie]),
            browser_page(width=320, cookies=[cookie]),
        )
        staff.goto(url + address)
        keep(staff, f"market-{name}")
        checker.goto(url + address)
        assert problems_of(checker) == [], address

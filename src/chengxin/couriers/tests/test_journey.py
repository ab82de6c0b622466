"""A courier company's pages in a real browser: read on a phone without scripts, at 320 px without a problem."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser_plugin import problems_of
from tests.worlds import world

from chengxin.couriers import facade
from chengxin.couriers.contracts import Company
from chengxin.couriers.tests.test_couriers import HILL, SWIFT, accept, carried, company, post
from chengxin.couriers.tests.test_payments import handed_in
from chengxin.intake.tests.conftest import MARKET, NOW, ground, hand_in, market, open_office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.lake import facade as lake
from chengxin.lake.tests.conftest import Send, send, store
from chengxin.market.tests.conftest import Sold, shop_of, sold, today
from chengxin.reviews import facade as reviews
from chengxin.reviews.tests.test_parcels import many

__all__ = ["accept", "company", "ground", "hand_in", "market", "post", "send", "sold", "store", "today"]


@world
def told(company: Company, sold: Sold, store: lake.Store, send: Send) -> Company:
    """Return a company that buyers rated, whose parcels and another's came in, beside those of Olist."""
    shop_of(sold)
    many(sold, 34, mark=4)
    reviews.settle(now=NOW)
    carried(send, SWIFT, on_time=180, late=20)
    carried(send, HILL, on_time=120, late=80)
    carried(send, "olist", on_time=90, late=10, source="olist")
    handed_in(send, "market")
    facade.refresh(store=store, now=NOW)
    return company


@pytest.mark.browser
@pytest.mark.clause("E2.4a")
@pytest.mark.django_db(transaction=True)
def test_three_voices_and_figures_are_read_on_a_phone(
    live_server, told: Company, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    page, seen = browser_page(width=360, javascript=False), browser_page(width=320)
    page.goto(f"{url}/couriers")
    keep(page, "couriers")
    page.get_by_role("link", name=told.name).first.click()
    words = page.inner_text("main")
    assert [one in words for one in ("监管的声音", "4.00", "87.0%", "资料不足")] == [True] * 4
    keep(page, "courier")
    for name in ("/couriers/sources/olist", "/couriers/method"):
        page.goto(url + name)
        keep(page, name.rsplit("/", 1)[1])
    staff = browser_page(width=360, javascript=False, cookies=[cookie_of("ytyz-clerk", url)])
    staff.goto(f"{url}/reg/couriers")
    keep(staff, "courier-supervision")
    staff.get_by_role("link", name=told.name).click()
    staff.get_by_label("评优评先").check()
    staff.get_by_role("button", name="按这个用途查看").click()
    assert "由评选单位写明理由决定" in staff.inner_text("main")
    keep(staff, "courier-use")
    open_office("YTRH", "云汀市人民银行分行", "91390100MA0000023G", "390100", (), kind="central_bank")
    bank = browser_page(width=360, javascript=False, cookies=[cookie_of("ytrh-clerk", url)])
    for name in ("/payments", "/reg/payments", "/reg/payments/mismatch"):
        bank.goto(url + name)
        keep(bank, name.strip("/").replace("/", "-"))
    for name in ("/payments", "/couriers", f"/couriers/{MARKET}", "/couriers/sources/olist", "/couriers/method"):
        seen.goto(url + name)
        assert problems_of(seen) == [], name

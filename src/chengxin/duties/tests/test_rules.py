"""Rules of platforms: every version stays, and a change that was not announced in time is marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.duties import facade
from chengxin.duties.contracts import RuleText
from chengxin.duties.rules import is_announced
from chengxin.duties.tests.test_actions import FIRST
from chengxin.intake.tests.conftest import NOW, SETUP
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import HOST, Sold
from chengxin.objections.tests.conftest import officer
from chengxin.reviews.tests.conftest import firm, ground, market, shop, sold, today

__all__ = ["firm", "ground", "market", "shop", "sold", "today"]
ASKED = replace(
    FIRST,
    text="第一条 商品要合格。\n第二条 抽检不合格的，暂停服务。",
    comment_from=date(2026, 10, 1),
    comment_until=date(2026, 10, 15),
    published_on=date(2026, 10, 20),
    effective_on=date(2026, 10, 27),
)


@pytest.mark.clause("E2.1d")
@pytest.mark.parametrize(
    ("changed", "version", "announced"),
    [
        ({}, 2, True),
        ({"effective_on": date(2026, 10, 26)}, 2, False),
        ({"comment_from": None, "comment_until": None}, 2, False),
        ({"comment_until": date(2026, 10, 21)}, 2, False),
        ({"comment_from": None, "comment_until": None, "effective_on": date(2026, 10, 20)}, 1, True),
    ],
)
def test_a_change_needs_public_comment_and_seven_days_before_it_takes_effect(
    changed: dict[str, date | None], version: int, announced: bool
) -> None:
    assert is_announced(replace(ASKED, **changed), version=version) is announced


@pytest.mark.clause("E2.1d")
def test_the_archive_shows_every_version_what_changed_and_what_was_not_announced(sold: Sold, shop: Shop) -> None:
    late = replace(ASKED, comment_from=None, comment_until=None, text=ASKED.text + "\n第三条 新增。")
    versions = [facade.file_rule(sold.clerk, one, now=NOW).version for one in (FIRST, ASKED, late)]
    assert versions == [1, 2, 3]
    page = Client().get("/platforms/SHOP/rules").content.decode()
    for said in (
        "首次归档",
        "已公示征求意见",
        "未公示征求意见",
        "删去：第二条 抽检不合格的，警示。",
        "新增：第三条 新增。",
    ):
        assert page.count(said) == 1, said
    assert "未公示征求意见的修改1次" in Client().get("/platforms/SHOP").content.decode()
    assert Client().get("/platforms/NOBODY/rules").status_code == 404
    assert shop.platform == "SHOP"


@pytest.mark.parametrize(
    "wrong",
    [
        replace(FIRST, text=" "),
        replace(FIRST, published_on=date(2026, 11, 24), effective_on=date(2026, 12, 24)),
        replace(FIRST, effective_on=date(2026, 8, 31)),
        replace(ASKED, comment_until=None),
        replace(ASKED, comment_until=date(2026, 9, 30)),
    ],
)
def test_a_rule_without_words_or_with_impossible_days_is_refused(sold: Sold, wrong: RuleText) -> None:
    with pytest.raises(Refused, match="DU-RULE"):
        facade.file_rule(sold.clerk, wrong, now=NOW)
    assert facade.list_rules("SHOP") == []


@pytest.mark.browser
@pytest.mark.clause("E5.3b")
@pytest.mark.django_db(transaction=True)
def test_a_platform_files_a_rule_and_warns_and_the_merchant_appeals(
    live_server, sold: Sold, shop: Shop, browser_page: Callable[..., Page]
) -> None:
    assert shop.subject_id is not None
    access.open_account("zhou", actor=SETUP, now=NOW, subject_id=shop.subject_id)
    officer("shop-second", "SHOP")
    url, on = live_server.url, legal_day(NOW)
    for text in (FIRST, ASKED):
        facade.file_rule(sold.clerk, text, now=NOW)
    cookie = cookie_of("shop-clerk", url)
    staff = browser_page(width=360, javascript=False, cookies=[cookie])
    staff.goto(f"{url}/biz/platform/actions")
    staff.get_by_label("店铺编号").fill("S-1")
    staff.get_by_label("条款").fill("第二条")
    staff.get_by_label("理由").fill("抽检一批不合格。")
    staff.get_by_label("申诉网址").fill(f"https://{HOST}/appeal")
    staff.get_by_label("从哪一天起").fill(str(on))
    keep(staff, "duties-act")
    staff.get_by_role("button", name="提交").click()
    keep(staff, "duties-ledger")
    mine = cookie_of("zhou", url)
    page, seen = browser_page(width=360, javascript=False, cookies=[mine]), browser_page(width=320, cookies=[mine])
    page.goto(f"{url}/biz/shop/licences")
    page.get_by_role("link", name="看平台的措施：警示").click()
    page.get_by_label("为什么不服").fill("复检合格。")
    keep(page, "duties-own")
    page.get_by_role("button", name="提交申诉").click()
    assert "待平台审查" in page.inner_text("main")
    seen.goto(page.url)
    assert problems_of(seen) == []
    for name, address in (("rules", "/platforms/SHOP/rules"), ("platform", "/platforms/SHOP")):
        page.goto(url + address)
        keep(page, f"duties-{name}")
        seen.goto(url + address)
        assert problems_of(seen) == [], address

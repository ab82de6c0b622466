"""The incentive feed: who is on it and why, who left, and which platform said how it uses it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import sign_in
from chengxin.database.contracts import Channel
from chengxin.duties import facade as duties
from chengxin.duties.contracts import Report
from chengxin.incentives.tests.conftest import FIRM
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.lists import facade as lists
from chengxin.market.tests.conftest import Sold, filing, shop_of, sold
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
from chengxin.subjects import facade as subjects

__all__ = ["sold"]
SAYS = {
    "search": "同样相关时排在前面",
    "traffic": "首页推荐位每周轮换",
    "activities": "报名不收保证金",
    "points": "每月多五十分",
    "normal": "照常展示、照常报名",
    "ads": "apart",
}
USE = Report(duty="incentive_use", answers=SAYS, happened_on=legal_day(NOW))
MISSING = "这个平台还没有公布怎样使用守信名单。"


@world
def honoured(sold: Sold, filed: Office) -> Sold:
    """Return the platform on which a firm with an honour has a shop; the firm has an account."""
    lists.settle(now=NOW, since=NOW - timedelta(days=1), whole=True)
    shop_of(sold)
    shop_of(sold, filing("S-2", name="云汀别家商贸有限公司"))  # It claims the code of another: bound to nobody.
    operator = subjects.find_operator(FIRM)
    assert operator is not None
    access.open_account("firm", actor=SETUP, now=NOW, subject_id=operator.id)
    return sold


def read() -> tuple[Mapping[str, Any], list[Mapping[str, Any]]]:
    key = bytes.fromhex(Client().get("/api/v1/lists/key").json()["public_key"])
    return lists.read_signed(Client().get("/api/v1/public/incentive-list").content, public_key=key)


@pytest.mark.clause("E5.2b")
def test_the_feed_names_each_enterprise_once_with_why_it_is_there_and_its_shops(honoured: Sold) -> None:
    head, (line,) = read()
    assert (head["kind"], head["lines"], head["places"]) == ("incentive", 1, {"honour": 1})
    assert head["good_until"] == "2026-11-24T00:00:00+08:00"
    assert (line["uscc"], line["shops"]) == (FIRM, [{"platform": "SHOP", "number": "S-1"}])
    assert [(one["list"], one["reason"], one["body"]) for one in line["because"]] == [
        ("honour", "诚信示范单位", "YTMZ")
    ]


@pytest.mark.clause("E5.2b")
def test_an_honour_that_is_withdrawn_leaves_the_feed_at_once_and_its_changes_say_so(
    honoured: Sold, filed: Office
) -> None:
    (entry,) = lists.list_public("honour", at=NOW, limit=5)
    with access.acting_for(filed.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=entry.subject_id,
            record_id=entry.record_id,
            kind=MarkKind.WITHDRAWN,
            reason="表彰已经撤销",
            reference="YC1",
            actor=filed.approver,
            now=NOW,
        )
    assert read()[1] == []
    lists.settle(now=NOW, since=NOW - timedelta(days=1), whole=True)
    head, lines = read()
    assert (head["places"], lines) == ({"honour": 2}, [])
    changed = Client().get(f"{head['changes']['honour']}?since=1").content.splitlines()[1:]
    assert [(one["change"], one["because"]) for one in map(orjson.loads, changed)] == [("ended", "withdrawn")]


@pytest.mark.clause("E5.2b")
def test_without_a_usage_statement_the_feed_the_platform_and_the_merchant_say_so(honoured: Sold) -> None:
    def pages() -> list[bool]:
        own = sign_in("firm")
        addresses = ((own, "/biz/shop/licences"), (Client(), "/platforms/SHOP"))
        return [MISSING in client.get(address).content.decode() for client, address in addresses]

    assert read()[0]["usage"] == [
        {
            "platform": "SHOP",
            "name": "SHOP平台",
            "note": {"zh": MISSING, "en": "This platform has not published how it uses the honour list."},
        }
    ]
    assert pages() == [True, True]
    assert "没有公布" in Client().get("/incentives").content.decode()
    filed = duties.file_report(honoured.clerk, USE, now=NOW)
    assert read()[0]["usage"] == [
        {"platform": "SHOP", "name": "SHOP平台", "filing": filed.number, "since": "2026-11-23", "use": SAYS}
    ]
    assert pages() == [False, False]
    shown = Client().get("/platforms/SHOP").content.decode()
    assert all(words in shown for words in ("同样相关时排在前面", "竞价排名标明“广告”"))
    assert "在名单上：诚信示范单位" in sign_in("firm").get("/biz/shop/licences").content.decode()


@pytest.mark.clause("E5.2b")
@pytest.mark.parametrize("changed", [{"ads": ""}, {"ads": "mixed"}, {"normal": ""}, {"points": ""}])
def test_a_statement_that_leaves_out_a_use_the_normal_service_or_advertisements_is_refused(
    honoured: Sold, changed: dict[str, str]
) -> None:
    with pytest.raises(Refused) as refused:
        duties.file_report(honoured.clerk, replace(USE, answers=SAYS | changed), now=NOW)
    assert (refused.value.refusal.code, refused.value.refusal.field) == ("DU-FILING-ANSWER", next(iter(changed)))
    assert duties.find_latest_filing("SHOP", "incentive_use") is None


@pytest.mark.browser
@pytest.mark.clause("E5.2b")
def test_a_merchant_and_everybody_read_on_a_phone_how_a_platform_uses_the_list(
    honoured: Sold, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    duties.file_report(honoured.clerk, USE, now=NOW)
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=(cookie_of("firm", url),))
    page.goto(url + "/incentives")
    keep(page, "feed-public")
    page.get_by_role("link", name="SHOP平台").click()
    expect(page.get_by_text("首页推荐位每周轮换").first).to_be_visible()
    keep(page, "feed-platform")
    page.goto(url + "/biz/shop/licences")
    expect(page.get_by_text("在名单上：诚信示范单位")).to_be_visible()
    keep(page, "feed-merchant")
    staff = browser_page(width=360, cookies=(cookie_of("shop-clerk", url),))
    assert is_sound(staff, url + "/biz/platform/filings/incentive_use")
    keep(staff, "feed-statement")

"""A notice of an infringed right: evidence, measure, declaration, fifteen days, and all of it published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.duties import facade, models
from chengxin.duties.contracts import Claim, IpNotice, Right
from chengxin.duties.tests.test_actions import code
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day, simulated
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, individual, shop_of
from chengxin.objections.tests.conftest import PNG, Photo
from chengxin.reviews.tests.conftest import firm, ground, market, shop, sold, today

__all__ = ["firm", "ground", "market", "shop", "sold", "today"]
CLAIM = Claim(
    shop="S-1",
    right=Right.TRADEMARK,
    right_number="39000001",
    holder="云麓商标有限公司",
    goods="印有近似标识的茶叶罐，链接T-7，联系13900000000",
    received_on=date(2026, 11, 23),
)


@world
def zhou(shop: Shop) -> Actor:
    return Actor(key="account:zhou", roles=frozenset({Role.CITIZEN}), subject_id=shop.subject_id)


@world
def papers(sold: Sold) -> tuple[str, ...]:
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        return casework.keep_papers([Photo()])


@world
def notice(sold: Sold, shop: Shop, papers: tuple[str, ...]) -> IpNotice:
    assert shop.number == CLAIM.shop
    return facade.file_ip_notice(sold.clerk, CLAIM, papers=papers, now=NOW)


def move(notice: IpNotice, verb: str, actor: Actor, *, days: int = 0, **given: object) -> None:
    with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
        case = casework.find_latest_case("ip_notice", ref_id=str(notice.id))
    assert case is not None
    casework.carry_out(case.id, verb=verb, actor=actor, now=NOW + timedelta(days=days), **given)  # type: ignore[arg-type]


def shown(days: int = 0) -> str:
    with simulated(NOW + timedelta(days=days)):
        return Client().get("/platforms/SHOP/ip-notices").content.decode()


@pytest.mark.clause("E4.4a")
@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"shop": "S-9"}, "DU-SHOP shop"),
        ({"goods": " "}, "DU-GOODS goods"),
        ({"received_on": date(2026, 11, 24)}, "DU-CLAIM-DAY received_on"),
        ({}, "DU-EVIDENCE papers"),
    ],
)
def test_a_notice_without_shop_goods_day_or_evidence_is_not_filed(
    sold: Sold, shop: Shop, papers: tuple[str, ...], changed: dict[str, object], answer: str
) -> None:
    given = papers if changed else ()
    claim = replace(CLAIM, **changed)  # type: ignore[arg-type]
    assert code(lambda: facade.file_ip_notice(sold.clerk, claim, papers=given, now=NOW)) == answer
    assert facade.list_ip_notices(shop.platform) == []


@pytest.mark.clause("E4.4a")
def test_measures_are_to_end_fifteen_days_after_the_declaration_arrived_and_the_public_sees_when_they_did_not(
    sold: Sold, notice: IpNotice, zhou: Actor, papers: tuple[str, ...]
) -> None:
    assert (notice.claim.goods, notice.course) == (
        "印有近似标识的茶叶罐，链接T-7，联系＊＊＊＊",
        (("received", date(2026, 11, 23)),),
    )
    own = facade.find_own_ip_notice(zhou, notice.number)
    assert (own.case.due_on, own.case.due_provisional) == (date(2026, 11, 26), True)
    assert code(lambda: facade.declare(zhou, notice.number, words="没有侵权。", papers=papers, now=NOW)) == "CASE-STATE"
    move(notice, "measure", sold.clerk, reasons="断开链接T-7。")
    assert (
        code(lambda: facade.declare(zhou, notice.number, words="没有侵权。", papers=(), now=NOW))
        == "CASE-EVIDENCE evidence"
    )
    facade.declare(zhou, notice.number, words="商标已获许可，电话13900000001。", papers=papers, now=NOW)
    move(notice, "forward", sold.clerk, days=1, evidence=papers)
    own = facade.find_own_ip_notice(zhou, notice.number)
    assert [step.reasons for step in own.steps][1:3] == ["断开链接T-7。", "商标已获许可，电话＊＊＊＊。"]
    assert own.notice.end_by == own.case.due_on == date(2026, 12, 9)
    assert ["到2026年12月9日没有投诉" in shown(16), "还没有终止" in shown(16), "还没有终止" in shown(17)] == [
        True,
        False,
        True,
    ]
    move(notice, "end", sold.clerk, days=17, reasons="权利人没有投诉或者起诉。")
    (one,) = facade.list_ip_notices("SHOP")
    assert one.course == (
        ("received", date(2026, 11, 23)),
        ("measured", date(2026, 11, 23)),
        ("declared", date(2026, 11, 23)),
        ("forwarded", date(2026, 11, 24)),
        ("ended", date(2026, 12, 10)),
    )
    page = shown(17)
    assert ["已终止措施" in page, "还没有终止" in page, "云麓商标有限公司" in page] == [True, False, True]
    with access.acting_for(zhou, channel=Channel.SELF, purpose="own_archive"), connection.cursor() as cursor:
        cursor.execute("select text_code from notices_notice where subject_id = %s order by id", [zhou.subject_id])
        assert cursor.fetchall() == [("ip_measured",), ("ip_ended",)]


@pytest.mark.clause("E4.4a")
def test_a_complaint_of_the_holder_keeps_the_measures_and_papers_and_natural_persons_stay_private(
    sold: Sold, shop: Shop, papers: tuple[str, ...]
) -> None:
    claim = replace(CLAIM, shop="G-1", holder="", right=Right.COPYRIGHT, right_number="")
    shop_of(sold, individual())
    one = facade.file_ip_notice(sold.clerk, claim, papers=papers, now=NOW)
    move(one, "measure", sold.clerk, reasons="屏蔽。")
    move(one, "file_declaration", sold.clerk, evidence=papers)
    move(one, "forward", sold.clerk, evidence=papers)
    move(one, "dispute", sold.clerk, evidence=papers)
    page = shown(40)
    assert ["措施保留" in page, "个人权利人" in page, "还没有终止" in page, papers[0] in page] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.clause("E4.4a")
def test_nobody_else_files_declares_or_adds_to_the_course(
    sold: Sold, notice: IpNotice, zhou: Actor, market: Office, papers: tuple[str, ...]
) -> None:
    assert code(lambda: facade.file_ip_notice(market.clerk, CLAIM, papers=papers, now=NOW)) == "MK-NO-PLATFORM"
    other = replace(zhou, key="account:other", subject_id=market.clerk.subject_id or notice.id)
    assert code(lambda: facade.declare(other, notice.number, words="不是。", papers=papers, now=NOW)) == "ABSENT"

    def add(actor: Actor, channel: Channel, state: str) -> None:
        with access.acting_for(actor, channel=channel, purpose="market_filing"):
            models.IpStep.objects.create(id=uuid4(), notice_id=notice.id, place=9, state=state, on=NOW.date())

    for actor, channel, state in (
        (zhou, Channel.SELF, "ended"),
        (other, Channel.SELF, "declared"),
        (market.clerk, Channel.BODY, "ended"),
    ):
        with pytest.raises(DatabaseError):
            add(actor, channel, state)
    with pytest.raises(DatabaseError), access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        models.IpStep.objects.filter(notice_id=notice.id).update(on=NOW.date())


@pytest.mark.browser
@pytest.mark.clause("E4.4a")
@pytest.mark.django_db(transaction=True)
def test_a_platform_files_a_notice_and_the_merchant_declares_on_a_phone(
    live_server, sold: Sold, shop: Shop, browser_page: Callable[..., Page], tmp_path: Path
) -> None:
    access.open_account("zhou", actor=SETUP, now=NOW, subject_id=shop.subject_id)
    url, photo = live_server.url, tmp_path / "photo.png"
    photo.write_bytes(PNG)
    staff = browser_page(width=360, javascript=False, cookies=[cookie_of("shop-clerk", url)])
    staff.goto(f"{url}/biz/platform/ip-notices")
    for label, said in (("店铺编号", "S-1"), ("权利的编号", "39000001"), ("涉及的商品", "茶叶罐，链接T-7")):
        staff.get_by_label(label).fill(said)
    staff.get_by_label("收到通知的日期").fill(str(legal_day(NOW)))
    keep(staff, "duties-ip-file")
    staff.get_by_label("构成侵权的初步证据").set_input_files(photo)
    staff.get_by_role("button", name="提交").click()
    assert "知识产权通知" in staff.inner_text("main")
    (notice,) = facade.list_ip_notices("SHOP")
    move(notice, "measure", sold.clerk, reasons="断开链接T-7。")
    mine = [cookie_of("zhou", url)]
    page, seen = browser_page(width=360, javascript=False, cookies=mine), browser_page(width=320, cookies=mine)
    page.goto(f"{url}/biz/shop/licences")
    page.get_by_role("link", name="看知识产权通知").click()
    page.get_by_label("为什么没有侵权").fill("商标已获许可。")
    page.get_by_label("没有侵权的初步证据").set_input_files(photo)
    keep(page, "duties-ip-own")
    page.get_by_role("button", name="提交声明").click()
    assert "商家已声明没有侵权" in page.inner_text("main")
    for name, address in (("ip-declared", page.url), ("ip-public", f"{url}/platforms/SHOP/ip-notices")):
        page.goto(address)
        keep(page, f"duties-{name}")
        seen.goto(address)
        assert problems_of(seen) == [], address

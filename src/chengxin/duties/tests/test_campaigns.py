"""Special campaigns: a target rests on evidence, is known to nobody outside, and the cleared are counted too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.jobs import TASKS
from chengxin.database.contracts import Channel
from chengxin.duties import facade
from chengxin.duties.contracts import Asked
from chengxin.duties.tests.test_actions import code, zhou
from chengxin.duties.tests.test_sheets import move, papers, reg
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.market import facade as shops
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, individual, shop_of
from chengxin.objections.tests.conftest import PNG, officer
from chengxin.reviews.tests.conftest import firm, ground, market, shop, sold, today

__all__ = ["firm", "ground", "market", "papers", "reg", "shop", "sold", "today", "zhou"]
CAMPAIGN = Asked(
    sheet="campaign",
    platform="",
    answers={
        "name": "打击空包专项行动",
        "document": "云市监函〔2026〕30号",
        "basis": "EC/17",
        "first_day": "2026-11-01",
        "last_day": "2026-12-31",
        "plan": "空包、刷单炒信。",
    },
)
TARGET = Asked(
    sheet="campaign_target", platform="SHOP", shop="S-1", answers={"act": "parcels", "facts": "三十个运单没有重量。"}
)
DECISION = "云市监罚〔2026〕88号"


@pytest.mark.clause("E5.4a")
def test_a_target_rests_on_evidence_and_on_an_open_campaign_of_the_same_authority(
    sold: Sold, shop: Shop, reg: Actor, papers: tuple[str, ...]
) -> None:
    (campaign,) = facade.ask(reg, CAMPAIGN, now=NOW)
    target = replace(TARGET, source=campaign.number, papers=papers)
    city = officer("xy-second", "YTXY")
    wrong = (
        (reg, {"papers": ()}, "DU-NO-EVIDENCE papers"),
        (reg, {"source": ""}, "DU-NO-CAMPAIGN source"),
        (reg, {"shop": ""}, "DU-NO-ADDRESSEE shop"),
        (reg, {"shop": "S-9"}, "DU-NO-MERCHANT shop"),
        (city, {}, "DU-NO-CAMPAIGN source"),
        (sold.clerk, {}, "A-NO-RIGHT"),
    )
    for actor, changed, answer in wrong:
        assert code(partial(facade.ask, actor, replace(target, **changed), now=NOW)) == answer
    assert facade.list_asked(reg, "campaign_target") == []
    facade.ask(reg, target, now=NOW)
    move(campaign, "end", reg, reasons="期满。")
    assert code(partial(facade.ask, reg, target, now=NOW)) == "DU-NO-CAMPAIGN source"


@pytest.mark.clause("E5.4a")
def test_the_cleared_are_counted_beside_the_decided_and_only_document_numbers_are_published(
    sold: Sold, shop: Shop, reg: Actor, zhou: Actor, papers: tuple[str, ...]
) -> None:
    shop_of(sold, individual())
    (campaign,) = facade.ask(reg, CAMPAIGN, now=NOW)
    target = replace(TARGET, source=campaign.number, papers=papers)
    was = shops.state(shop, shop.address, now=NOW)
    found = [facade.ask(reg, replace(target, shop=number), now=NOW)[0] for number in ("S-1", "G-1", "S-1")]
    assert [(one.ref.subject_id, one.body) for one in found] == [(None, reg.body)] * 3
    assert (facade.list_own_asked(zhou), facade.list_asked(sold.clerk, "campaign_target")) == ([], [])
    decide = partial(move, found[0], "decide", reg, evidence=papers)
    assert code(lambda: decide(reasons=f"处罚禾木商贸和它的法定代表人丁一平，文书是{DECISION}，已经送达。")) == (
        "DU-NO-DECISION reasons"
    )
    assert code(lambda: move(found[0], "decide", reg, reasons=DECISION)) == "CASE-EVIDENCE evidence"
    assert decide(reasons=DECISION).state == "decided"
    move(found[1], "clear", reg, reasons="称重记录齐全，不是空包。")
    (public,) = facade.list_campaigns()
    assert (public.counts, public.documents) == ({"decided": 1, "cleared": 1, "found": 1}, (DECISION,))
    page = Client().get("/campaigns").content.decode()
    assert [said in page for said in ("查清没有问题", DECISION, "打击空包", "S-1", "G-1", "三十个运单")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert shops.state(shop, shop.address, now=NOW) == was


@pytest.mark.clause("E5.4a")
def test_a_target_without_a_result_ends_by_itself_after_ninety_days(
    sold: Sold, shop: Shop, reg: Actor, papers: tuple[str, ...]
) -> None:
    (campaign,) = facade.ask(reg, CAMPAIGN, now=NOW)
    (target,) = facade.ask(reg, replace(TARGET, source=campaign.number, papers=papers), now=NOW)
    assert (target.due_on, target.due_provisional) == (date(2027, 2, 22), True)
    (day,) = TASKS
    for days, state in ((91, "found"), (92, "expired")):
        day.run(NOW + timedelta(days=days), None)
        with access.acting_for(reg, channel=Channel.BODY, purpose="case_handling"):
            assert casework.access_case(target.id, actor=reg).state == state


@pytest.mark.browser
@pytest.mark.clause("E5.4a")
@pytest.mark.django_db(transaction=True)
def test_an_officer_publishes_a_campaign_and_everybody_reads_its_numbers_on_a_phone(
    live_server, shop: Shop, reg: Actor, browser_page: Callable[..., Page]
) -> None:
    (campaign,) = facade.ask(reg, CAMPAIGN, now=NOW)
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=[cookie_of("sj-officer", url)])
    photo: FilePayload = {"name": "photo.png", "mimeType": "image/png", "buffer": PNG}
    page.goto(f"{url}/reg/campaigns/targets")
    page.get_by_label("哪次专项行动").select_option(campaign.number)
    page.get_by_label("店铺编号").fill("S-1")
    page.get_by_label("证据说明什么").fill("三十个运单没有重量。")
    page.get_by_label("证据", exact=True).set_input_files(photo)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("核查中")).to_be_visible()
    keep(page, "campaign-target")
    seen = browser_page(width=320)
    seen.goto(f"{url}/campaigns")
    expect(seen.get_by_text("打击空包专项行动")).to_be_visible()
    keep(seen, "campaigns")
    assert problems_of(seen) == []

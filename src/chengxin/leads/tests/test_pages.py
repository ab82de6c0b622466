"""The doors of leads: the authority's pages, the merchant's page, and the platform's reports with their results."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from playwright.sync_api import Page
from pypdf import PdfReader
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.casework import facade as casework
from chengxin.casework.papers import open_paper
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.leads import facade, models
from chengxin.leads.tests.conftest import CELLS, act, block, lead_case, paper
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import FIRM, NAME, Sold

ACCUSING = ("刷单", "炒信", "空包", "造假", "虚假", "违法", "嫌疑")
REPORT = {
    "reference": "R-1",
    "shop": "S-1",
    "kind": "brushing",
    "first_day": "2026-10-01",
    "end_day": "2026-11-01",
    "measured": {"orders_in_a_day": 400},
    "orders": ["O-1"],
}


@pytest.mark.clause("E4.4c")
def test_a_platform_reports_a_lead_once_and_reads_its_grade_and_result(
    sold: Sold, shop: Shop, regulator: Office
) -> None:
    filed = sold.post("/api/v1/leads", **REPORT)
    assert (filed.status_code, filed.json()["grade"], filed.json()["state"]) == (200, "B", "checking")
    assert sold.post("/api/v1/leads", **REPORT).json() == filed.json()
    ((lead, case),) = facade.list_of_body(regulator.clerk, now=NOW, is_open=True)
    assert facade.take([paper(), block()], now=NOW).joined == 2
    assert sold.post("/api/v1/leads", **REPORT | {"reference": "R-2", "orders": []}).json()["grade"] == "A"
    act(case, "set_aside", regulator.clerk)
    header = {"Authorization": sold.header}
    told = Client().get("/api/v1/leads/R-1", headers=header).json()
    assert (told["state"], told["result"]) == ("done", "unfounded")
    assert Client().get("/api/v1/leads/R-9", headers=header).status_code == 404
    assert Client().get("/api/v1/leads/R-1").status_code == 401
    assert sold.post("/api/v1/leads", **REPORT | {"reference": "R-3", "shop": "S-9"}).json()["code"] == "LD-SHOP"
    assert lead.body == regulator.body


@pytest.mark.clause("E4.1e")
def test_no_public_page_and_no_page_of_anybody_else_says_a_word_of_a_lead(
    sold: Sold, shop: Shop, regulator: Office, market: Office
) -> None:
    case = act(lead_case(), "ask", regulator.clerk)
    for address in (
        f"/shops/{shop.id}",
        f"/shops/{shop.id}/reviews",
        "/platforms/SHOP",
        f"/subjects/{FIRM}",
        "/search",
    ):
        page = Client().get(address)
        assert case.number not in page.content.decode(), address
        assert "线索" not in page.content.decode(), address
    assert Client().get(f"/biz/shop/leads/{case.ref.id}").status_code in {401, 404}
    for username in ("ytsj-clerk", "shop-clerk", "xy-first"):
        browser = sign_in(username)
        assert case.number not in browser.get("/reg/leads").content.decode(), username
        assert browser.get(f"/dept/cases/{case.id}").status_code == 404, username


def test_only_a_founded_lead_leads_to_a_draft_and_once(shop: Shop, regulator: Office, merchant: Actor) -> None:
    case = act(lead_case(), "ask", regulator.clerk)
    lead_id = UUID(case.ref.id)
    with pytest.raises(Refused, match="LD-NOT-FOUNDED"):
        facade.begin_determination(regulator.clerk, lead_id, cells=CELLS, now=NOW)
    facade.answer(merchant, lead_id, text="订单由团长代收代付，她的电话13900000000、邮箱a@example.org。", now=NOW)
    act(case, "confirm", regulator.clerk)
    page = sign_in(f"{regulator.body.lower()}-clerk").get(f"/reg/leads/{lead_id}/determination").content.decode()
    assert FIRM in page
    assert NAME in page
    found = facade.begin_determination(regulator.clerk, lead_id, cells=CELLS, now=NOW)
    assert facade.get_for_handler(regulator.clerk, lead_id, now=NOW).determination == found.id
    the_evidence_went_along(found.case_id, regulator)
    with pytest.raises(Refused, match="LD-NOT-FOUNDED"):
        facade.begin_determination(regulator.clerk, lead_id, cells=CELLS, now=NOW)


def the_evidence_went_along(case_id: UUID, regulator: Office) -> None:
    """What was seen, what clears it and what the merchant said is a paper of the determination; nobody behind it is."""
    with access.acting_for(regulator.clerk, channel=Channel.INTAKE, purpose="determination"):
        (digest,) = casework.timeline(case_id, actor=regulator.clerk)[0].evidence
        paper = open_paper(case_id, digest, actor=regulator.clerk, now=NOW)
    assert (paper.media, paper.ending) == ("application/pdf", "pdf")
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages).replace("\n", "")
    for word in ("O-1", "O-2", "称重复核记录", "documents 2026-11", "订单由团长代收代付", "实测（克） 12"):
        assert word in said, word
    with access.acting_for(regulator.clerk, channel=Channel.BODY, purpose="lead_handling"):
        kept = {account for ring in models.Ring.objects.all() for account in ring.accounts}
    assert len(kept) == 12
    assert [one for one in (*kept, "buyer", "13900000000", "a@example.org") if one in said] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_officer_and_merchant_read_a_lead_on_a_phone_without_scripts(
    live_server, shop: Shop, regulator: Office, merchant: Actor, browser_page: Callable[..., Page]
) -> None:
    case = lead_case(block(), paper(), paper("R9", "loop", orders=("O-1",)))
    url, cookie = live_server.url, cookie_of("ytjg-clerk", live_server.url)
    clerk = browser_page(width=320, cookies=[cookie_of("shop-clerk", url)])
    clerk.goto(f"{url}/biz/platform/leads")
    assert problems_of(clerk) == []
    keep(clerk, "leads-platform")
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    page.goto(f"{url}/reg/leads")
    keep(page, "leads-list")
    page.get_by_role("link", name=case.number).click()
    said = page.inner_text("main")
    for one in (
        "线索不是认定",
        "12个账号，其中1个另有一类证据",
        "怎样可以排除",
        "称重复核记录",
        "误报率未知",
        "documents 2026-11",
    ):
        assert one in said, one
    keep(page, "leads-one")
    act(case, "ask", regulator.clerk)
    own = browser_page(width=360, javascript=False, cookies=[cookie_of("firm", url)])
    own.goto(f"{url}/biz/shop/leads")
    own.get_by_role("link", name=case.number).click()
    assert [word for word in ACCUSING if word in own.inner_text("main")] == []
    assert "buyer" not in own.content()
    keep(own, "leads-own")
    checked = browser_page(width=320, cookies=[cookie_of("firm", url)])
    checked.goto(own.url)
    assert problems_of(checked) == []
    officer = browser_page(width=320, cookies=[cookie])
    officer.goto(f"{url}/reg/leads")
    assert problems_of(officer) == []

"""Somebody trades under another's name: told by a code, referred with receipts; the badge follows a decision alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import DatabaseError
from django.test import Client
from playwright.sync_api import Page, expect
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.complaints import facade as complaints
from chengxin.complaints.contracts import Told
from chengxin.database.contracts import Channel
from chengxin.duties import facade
from chengxin.duties.contracts import Asked
from chengxin.duties.tests.test_actions import code, zhou
from chengxin.duties.tests.test_sheets import move, papers, reg
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor, Role
from chengxin.market import facade as shops
from chengxin.market.contracts import BadgeState, Shop
from chengxin.market.tests.conftest import FIRM, HOST, NAME, Sold
from chengxin.objections.tests.conftest import officer
from chengxin.reviews.tests.conftest import firm, ground, market, shop, sold, today

__all__ = ["firm", "ground", "market", "papers", "reg", "shop", "sold", "today", "zhou"]
REFERRAL = Asked(
    sheet="impersonation",
    platform="SHOP",
    shop="S-1",
    to="YTXY",
    answers={
        "claimed": "name",
        "name": "云汀另一家公司",
        "uscc": FIRM,
        "address": f"https://{HOST}/hemu",
        "facts": "店铺首页挂的是别家的执照，联系13900000000。请核对后答复。",
    },
)


@pytest.fixture
def clerk_of_city(sold: Sold) -> Actor:
    return officer("xy-clerk", "YTXY", Role.CLERK, Role.CASE_OFFICER)


def badge(shop: Shop) -> BadgeState:
    return shops.state(shop, shop.address, now=NOW)


def proposed(reg: Actor, sold: Sold, papers: tuple[str, ...]) -> Case:
    (case,) = facade.ask(reg, replace(REFERRAL, to=""), now=NOW)
    move(case, "receive", sold.clerk)
    move(case, "answer", sold.clerk, reasons="已要求店铺更换执照。")
    return move(case, "propose", reg, reasons="处罚决定书认定擅自使用他人名称。", evidence=papers)


def read(case: Case, actor: Actor, papers: tuple[str, ...]) -> None:
    with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
        casework.open_evidence(case.id, digest=papers[0], actor=actor, now=NOW)


@pytest.mark.clause("E2.1c")
def test_a_report_has_a_receipt_and_who_told_reads_where_it_was_referred_and_signed_for(
    sold: Sold, shop: Shop, reg: Actor, clerk_of_city: Actor
) -> None:
    page = Client().get("/report-lead?type=impersonation").content.decode()
    assert [said in page for said in ("冒用了谁的名称", "标识才变")] == [True, True]
    told = Told(text="有人用我公司的名称和代码开店，店铺编号S-1。")
    received = complaints.receive("impersonation", told, papers=(), now=NOW)
    before = facade.count_referrals()
    mine, theirs = facade.ask(reg, replace(REFERRAL, source=received.number), now=NOW)
    assert [(one.body, one.facts["register"], one.due_on) for one in (mine, theirs)] == [
        ("SHOP", "other_name", date(2026, 11, 26)),
        ("YTXY", "other_name", date(2026, 11, 26)),
    ]
    assert (mine.ref.subject_id, theirs.ref.subject_id) == (shop.subject_id, None)
    assert code(lambda: move(theirs, "receive", sold.clerk)) in {"ABSENT", "CASE-NOT-YOURS"}
    assert move(theirs, "receive", clerk_of_city).state == "received"
    told_page = Client().post("/report-lead/follow", {"code": received.code}).content.decode()
    assert [told_page.count(said) for said in ("还没有签收", "2026年11月24日签收")] == [1, 1]
    case_page = facade.list_asked(clerk_of_city, "impersonation")
    assert [one.facts["answers"] for one in case_page] == [
        {key: said for key, said in REFERRAL.answers.items() if key != "facts"}
    ]
    after = facade.count_referrals()
    assert (sum(after.values()) - sum(before.values()), after["received"] - before.get("received", 0)) == (2, 1)
    assert "冒用线索的移送" in Client().get("/openness/tips").content.decode()


@pytest.mark.clause("E2.1c")
def test_a_referral_goes_to_a_shop_of_a_platform_or_to_a_body_that_supervises(
    sold: Sold, shop: Shop, reg: Actor
) -> None:
    wrong = (
        (reg, {"shop": ""}, "DU-NO-ADDRESSEE shop"),
        (reg, {"shop": "S-9"}, "DU-NO-MERCHANT shop"),
        (reg, {"platform": "", "shop": "", "to": ""}, "DU-NO-ADDRESSEE platform"),
        (reg, {"to": reg.body}, "DU-NO-ADDRESSEE to"),
        (reg, {"to": "SHOP"}, "DU-NO-ADDRESSEE to"),
        (reg, {"answers": REFERRAL.answers | {"uscc": "91390100MA0000015X"}}, "DU-FILING-ANSWER uscc"),
        (sold.clerk, {}, "A-NO-RIGHT"),
    )
    for actor, changed, answer in wrong:
        assert code(partial(facade.ask, actor, replace(REFERRAL, **changed), now=NOW)) == answer
    assert facade.list_asked(reg, "impersonation") == []
    (alone,) = facade.ask(reg, replace(REFERRAL, platform="", shop=""), now=NOW)
    assert (alone.body, "shop" in alone.facts) == ("YTXY", False)
    city = officer("xy-clerk", "YTXY", Role.CLERK, Role.CASE_OFFICER)
    move(alone, "receive", city)
    assert code(lambda: move(alone, "propose", city, reasons="是冒用。")) == "CASE-EVIDENCE evidence"


@pytest.mark.clause("E2.1c")
def test_a_badge_changes_by_the_decision_of_a_second_officer_alone_and_is_as_before_when_it_is_taken_back(
    sold: Sold, shop: Shop, reg: Actor, papers: tuple[str, ...]
) -> None:
    was, second = badge(shop), officer("sj-second", reg.body)
    case = proposed(reg, sold, papers)
    assert (case.state, case.due_on, badge(shop)) == ("proposed", date(2026, 12, 1), was)
    read(case, reg, papers)
    assert code(lambda: move(case, "confirm", reg, days=20, reasons="自己定。")) == "A-FOUR-EYES"
    assert code(lambda: move(case, "confirm", second, days=20, reasons="没看材料。")) == "CASE-UNOPENED"
    read(case, second, papers)
    assert code(lambda: move(case, "confirm", second, days=8, reasons="还没有听。")) == "DU-NOT-HEARD"
    assert (badge(shop), shops.find_impersonation(shop.id)) == (was, None)
    decided = move(case, "confirm", second, days=9, reasons="依据生效的处罚决定书。")
    found = shops.find_impersonation(shop.id)
    assert found is not None
    assert (decided.state, badge(shop), found.body, found.number) == (
        "decided",
        BadgeState.IMPERSONATING,
        reg.body,
        case.number,
    )
    page = Client().get(f"/shops/{shop.id}").content.decode()
    assert [said in page for said in (case.number, "行政复议", NAME)] == [True, True, True]
    move(decided, "lift", reg, days=10, reasons="处罚决定书被撤销。")
    assert (badge(shop), shops.find_impersonation(shop.id)) == (was, None)


@pytest.mark.clause("E2.1c")
def test_no_finding_is_written_without_its_decision_and_whoever_it_is_about_is_heard(
    sold: Sold, shop: Shop, reg: Actor, zhou: Actor, papers: tuple[str, ...]
) -> None:
    case = proposed(reg, sold, papers)
    for actor in (reg, officer("sj-second", reg.body)):
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"),
        ):
            shops.note_impersonation(case, shop.id, actor=actor, now=NOW)
    assert [one.number for one in facade.list_own_asked(zhou)] == [case.number]
    said = facade.answer_own(zhou, case.number, verb="answer_own", words="执照是本公司的，见附件。", papers=(), now=NOW)
    assert (said.state, shops.find_impersonation(shop.id)) == ("replied", None)
    assert move(said, "clear", reg, reasons="与登记一致。").state == "cleared"


@pytest.mark.browser
@pytest.mark.clause("E2.1c")
@pytest.mark.django_db(transaction=True)
def test_an_officer_refers_an_impersonation_on_a_phone(
    live_server, shop: Shop, reg: Actor, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=[cookie_of("sj-officer", url)])
    page.goto(f"{url}/reg/impersonations?source=JB2026")
    page.get_by_label("哪个平台").select_option("SHOP")
    page.get_by_label("店铺编号").fill("S-1")
    for label, name in (("被冒用的企业名称", "name"), ("被冒用的统一社会信用代码", "uscc"), ("冒用的网址", "address")):
        page.get_by_label(label).fill(REFERRAL.answers[name])
    page.get_by_label("事实和请对方做到什么").fill(REFERRAL.answers["facts"])
    expect(page.get_by_label("来自哪件举报")).to_have_value("JB2026")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("等待签收")).to_be_visible()
    keep(page, "impersonation-referred")
    page.get_by_role("link", name="MY").first.click()
    expect(page.get_by_text("代码属于别的名称")).to_be_visible()
    keep(page, "impersonation-case")
    seen = browser_page(width=320)
    seen.goto(f"{url}/openness/tips")
    keep(seen, "tip-counts")
    assert problems_of(seen) == []

"""What an authority asks: with a document number, a basis and a scope; answered by whom it asks, with a receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from playwright.sync_api import FilePayload, Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.duties import facade
from chengxin.duties.contracts import Asked
from chengxin.duties.tests.test_actions import code, zhou
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor, Role
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, individual, shop_of
from chengxin.objections.tests.conftest import PNG, Photo, officer
from chengxin.reviews.tests.conftest import firm, ground, market, shop, sold, today

__all__ = ["firm", "ground", "market", "shop", "sold", "today", "zhou"]
REQUEST = Asked(
    sheet="data_request",
    platform="SHOP",
    answers={
        "document": "云市监函〔2026〕12号",
        "basis": "EC/25",
        "data": "orders",
        "first_day": "2026-09-01",
        "last_day": "2026-10-31",
        "scope": "茶叶类目成交笔数，联系13900000000。",
    },
)
GUIDANCE = Asked(
    sheet="guidance", platform="SHOP", answers={"event": "double11", "year": "2026", "advice": "满减规则写清楚。"}
)


@pytest.fixture
def reg(market: Office) -> Actor:
    return officer("sj-officer", market.body)


def move(case: Case, verb: str, actor: Actor, *, days: int = 1, **given: object) -> Case:
    return casework.carry_out(case.id, verb=verb, actor=actor, now=NOW + timedelta(days=days), **given)  # type: ignore[arg-type]


@pytest.fixture
def papers(sold: Sold) -> tuple[str, ...]:
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        return casework.keep_papers([Photo()])


@pytest.mark.clause("E4.3c")
def test_a_request_without_document_number_basis_or_scope_is_not_sent(sold: Sold, reg: Actor) -> None:
    wrong = (
        ({"document": ""}, "DU-NO-DOCUMENT document"),
        ({"document": "电话里说过"}, "DU-NO-DOCUMENT document"),
        ({"basis": "EC/999"}, "DU-NO-BASIS basis"),
        ({"scope": ""}, "DU-FILING-ANSWER scope"),
        ({"data": "messages"}, "DU-FILING-ANSWER data"),
        ({"last_day": "2026-08-31"}, "DU-SCOPE-DAYS last_day"),
    )
    for changed, answer in wrong:
        asked = replace(REQUEST, answers={**REQUEST.answers, **changed})
        assert code(partial(facade.ask, reg, asked, now=NOW)) == answer
    assert (facade.list_asked(reg, "data_request"), facade.list_asked(sold.clerk, "data_request")) == ([], [])


@pytest.mark.clause("E4.3c")
def test_a_platform_sees_its_own_request_answers_it_and_nobody_else_does(
    sold: Sold, reg: Actor, papers: tuple[str, ...]
) -> None:
    (case,) = facade.ask(reg, REQUEST, now=NOW)
    other = officer("xy-second", "YTXY")
    assert [len(facade.list_asked(one, "data_request")) for one in (reg, sold.clerk, other)] == [1, 1, 0]
    assert (case.body, case.due_on, case.due_provisional) == ("SHOP", date(2026, 12, 7), True)
    assert code(lambda: move(case, "withdraw", officer("shop-boss", "SHOP"), reasons="不想给")) == "DU-OTHER-SIDE"
    assert code(lambda: move(case, "answer", reg, reasons="自己填", evidence=papers)) in {
        "CASE-NOT-YOURS",
        "A-NO-RIGHT",
    }
    assert move(case, "ask_back", sold.clerk, reasons="茶叶类目不清楚。").state == "unclear"
    clear = move(case, "clarify", reg, days=4, reasons="一级类目茶叶。")
    assert (clear.state, clear.due_on) == ("sent", date(2026, 12, 10))
    assert code(lambda: move(case, "answer", sold.clerk, reasons="见附件")) == "CASE-EVIDENCE evidence"
    assert move(case, "answer", sold.clerk, days=5, reasons="见附件", evidence=papers).state == "answered"
    with access.acting_for(reg, channel=Channel.BODY, purpose="case_handling"):
        steps = casework.timeline(case.id, actor=reg)
    assert [step.verb for step in steps] == ["open", "ask_back", "clarify", "answer"]
    assert "13900000000" not in steps[0].reasons
    page = sign_in("sj-officer").get(f"/dept/cases/{case.id}").content.decode()
    assert [said in page for said in ("云市监函〔2026〕12号", "交易记录", "SHOP平台")] == [True] * 3


@pytest.mark.clause("E4.3c")
def test_only_a_competent_authority_asks_and_never_an_individual_seller(sold: Sold, shop: Shop, reg: Actor) -> None:
    assert shop.number == "S-1"
    shop_of(sold, individual())
    assert code(lambda: facade.ask(sold.clerk, REQUEST, now=NOW)) == "A-NO-RIGHT"
    boss = officer("shop-boss", "SHOP", Role.CASE_OFFICER)
    assert code(lambda: facade.ask(boss, REQUEST, now=NOW)) == "DU-NOT-COMPETENT"
    for number in ("S-9", "G-1"):
        asked = replace(REQUEST, shop=number)
        assert code(partial(facade.ask, reg, asked, now=NOW)) == "DU-NO-MERCHANT shop"


@pytest.mark.clause("E4.4d")
def test_a_topic_without_a_result_stays_open_and_only_who_asked_checks_it(
    sold: Sold, reg: Actor, papers: tuple[str, ...]
) -> None:
    cases = facade.ask(reg, GUIDANCE, now=NOW)
    topics = [one.facts["answers"]["topic"] for one in cases]  # type: ignore[index, call-overload]
    assert topics == ["promotion", "advertising", "rights", "tax"]
    assert move(cases[0], "promise", sold.clerk, reasons="规则在首页写明。").state == "promised"
    boss = officer("shop-boss", "SHOP")
    assert code(lambda: move(cases[0], "find_kept", boss, reasons="做到了")) == "DU-OTHER-SIDE"
    assert code(lambda: move(cases[1], "find_broken", reg, reasons="没有标明广告")) == "CASE-EVIDENCE evidence"
    assert move(cases[0], "find_kept", reg, reasons="首页抽查三次，均写明。").state == "kept"
    assert move(cases[1], "find_broken", reg, reasons="搜索前两位没有标明广告。", evidence=papers).state == "broken"
    found = facade.list_asked(sold.clerk, "guidance")
    assert sorted((one.state, one.is_closed) for one in found) == [
        ("advised", False),
        ("advised", False),
        ("broken", True),
        ("kept", True),
    ]


@pytest.mark.browser
@pytest.mark.clause("E4.3c")
@pytest.mark.django_db(transaction=True)
def test_an_authority_asks_a_merchant_who_answers_on_a_phone_and_gets_a_receipt(
    live_server, shop: Shop, reg: Actor, zhou: Actor, browser_page: Callable[..., Page]
) -> None:
    access.open_account("zhou", actor=SETUP, now=NOW, subject_id=shop.subject_id)
    url = live_server.url
    photo: FilePayload = {"name": "photo.png", "mimeType": "image/png", "buffer": PNG}
    office = browser_page(width=360, javascript=False, cookies=[cookie_of("sj-officer", url)])
    office.goto(f"{url}/reg/data-requests")
    office.get_by_label("店铺编号").fill("S-1")
    for label, name in (
        ("依据哪一条", "basis"),
        ("从哪一天的", "first_day"),
        ("到哪一天的", "last_day"),
        ("具体范围", "scope"),
    ):
        office.get_by_label(label).fill(REQUEST.answers[name])
    office.get_by_label("哪类数据").select_option(label="规则和处理记录")
    office.get_by_label("文书号").fill("口头")
    office.get_by_role("button", name="提交").click()
    assert "没有文书号，发不出去" in office.inner_text("main")
    office.get_by_label("文书号").fill(REQUEST.answers["document"])
    office.get_by_role("button", name="提交").click()
    keep(office, "data-request-sent")
    (case,) = facade.list_own_asked(zhou)
    mine = [cookie_of("zhou", url)]
    page, seen = browser_page(width=360, javascript=False, cookies=mine), browser_page(width=320, cookies=mine)
    page.goto(f"{url}/biz/shop/licences")
    page.get_by_role("link", name="看主管部门调取数据的通知").click()
    keep(page, "data-request-own")
    page.get_by_role("textbox", name="说明").fill("九月、十月的处理记录。")
    page.get_by_label("提供的材料").set_input_files(photo)
    page.get_by_role("button", name="提供", exact=True).click()
    assert case.number in page.inner_text("#receipt")
    keep(page, "data-request-receipt")
    seen.goto(page.url)
    assert problems_of(seen) == []

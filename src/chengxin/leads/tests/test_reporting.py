"""What platforms record and report: seven behaviours, each the platform's own word until an authority looked."""

from __future__ import annotations

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import Actor
from chengxin.leads import facade
from chengxin.leads.tests.conftest import act
from chengxin.leads.tests.test_pages import ACCUSING, REPORT
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import FIRM, Sold
from chengxin.notices import facade as notices

SEVEN = ("brushing", "reviews", "traffic", "mismatch", "counterfeit", "goods", "price")
PAGE = "/biz/platform/leads"
FILLED = {
    "kind": "counterfeit",
    "shop": "S-1",
    "first_day": "2026-11-01",
    "last_day": "2026-11-10",
    "orders": "O-1\n O-2 \nO-1\n",
}


@pytest.mark.clause("E3.1b")
def test_a_platform_reports_seven_behaviours_in_words_that_accuse_nobody_and_each_is_its_own_word(
    sold: Sold, shop: Shop, regulator: Office
) -> None:
    assert set(facade.behaviours()) == set(SEVEN)
    assert [word for rule in facade.behaviours().values() for word in ACCUSING if word in rule.says[0]] == []
    for place, kind in enumerate(SEVEN):
        said = REPORT | {"reference": f"B-{place}", "kind": kind}
        filed = sold.post("/api/v1/leads", **said).json()
        assert (filed["standing"], filed["state"], filed["result"]) == ("platform", "checking", ""), kind
    assert sold.post("/api/v1/leads", **REPORT | {"kind": "else"}).status_code == 422
    assert {one.behaviour for one in facade.list_reports(sold.clerk, now=NOW)} == set(SEVEN)


@pytest.mark.clause("E3.1b")
def test_a_clerk_reports_on_the_page_the_merchant_is_told_and_answers_and_no_public_page_says_a_word(
    sold: Sold, shop: Shop, regulator: Office, merchant: Actor
) -> None:
    clerk = sign_in("shop-clerk")
    assert clerk.post(PAGE, FILLED | {"last_day": "2026-10-30"}).status_code == 422
    assert clerk.post(PAGE, FILLED | {"shop": "S-404"}).status_code == 422
    assert facade.list_reports(sold.clerk, now=NOW) == []
    assert clerk.post(PAGE, FILLED).status_code == 302
    (filed,) = facade.list_reports(sold.clerk, now=NOW)
    assert (filed.shop, filed.behaviour, filed.grade, filed.is_decided) == ("S-1", "counterfeit", "B", False)
    page = clerk.get(PAGE).content.decode()
    assert [word for word in (filed.reference, "平台认定", "核查中", "写明了订单") if word not in page] == []
    ((lead, case),) = facade.list_of_body(regulator.clerk, now=NOW, is_open=True)
    assert told(merchant, case) == []
    act(case, "ask", regulator.clerk)
    assert told(merchant, case) == ["lead_opened"]
    _lead, held, _answers = facade.get_own(merchant, lead.id, now=NOW)
    assert [row.order for row in held[0].finding.rows] == ["O-1", "O-2"]
    facade.answer(merchant, lead.id, text="有品牌授权书，见附件。", now=NOW)
    for address in (f"/shops/{shop.id}", "/platforms/SHOP", f"/subjects/{FIRM}", f"/shops/{shop.id}/badge"):
        public = Client().get(address).content.decode()
        assert [word for word in ("平台认定", "线索", "品牌、来源", case.number) if word in public] == [], address
    act(case, "set_aside", regulator.clerk)
    page = clerk.get(PAGE).content.decode()
    assert ("主管部门核查过" in page, "不成立" in page) == (True, True)


def test_nobody_else_reads_or_writes_the_reports_of_a_platform(sold: Sold, shop: Shop, regulator: Office) -> None:
    assert Client().get(PAGE).status_code == 401
    for who in ("xy-first", f"{regulator.body.lower()}-clerk"):
        answered = [sign_in(who).get(PAGE).status_code, sign_in(who).post(PAGE, FILLED).status_code]
        assert {status // 100 for status in answered} == {4}, who
    assert facade.list_reports(sold.clerk, now=NOW) == []


def told(merchant: Actor, case: Case) -> list[str]:
    with access.acting_for(merchant, channel=Channel.SELF, purpose="own_archive"):
        return [one.text for one in notices.list_for(merchant) if one.reference == case.number]

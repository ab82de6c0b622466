"""The shelf: an enterprise sends what it ticked and looked at, the bank reads exactly that and answers with reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from playwright.sync_api import Page, expect
from tests.browser_plugin import problems_of
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.consents import facade as consents
from chengxin.consents.contracts import State
from chengxin.database.contracts import Channel
from chengxin.inquiries import shelf
from chengxin.inquiries.tests.conftest import Institution, institution
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, accept, hand_in, open_office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.jobs.models import Message
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.refusal import Refused
from chengxin.subjects import facade as subjects

__all__ = ["accept", "hand_in"]
FIRM, NAME, RULE = "91390100MA0000015M", "云汀禾木商贸有限公司", "bank.enterprise_loan"
HEADINGS = "主体名称,统一社会信用代码,纳税信用级别,评价年度,评定日期,认定单位\n"
FILED = f"{HEADINGS}{NAME},{FIRM},B级,2025,2026-04-01,云汀市税务局\n"
PRODUCT = """
loan:
  body: YTYH
  rule: bank.enterprise_loan
  title: [纳税信用贷, Loan by tax grade]
  summary: [凭纳税信用级别申请。, Applied for with the tax grade.]
  conditions: [[登记满两年。, Two years registered.]]
  items: [tax_grade, credit_evaluation]
  ends_on: 2027-01-01
"""


@pytest.fixture(autouse=True)
def products(tmp_path: Path, settings: object) -> None:
    file = tmp_path / "products.yaml"
    gone = PRODUCT.replace("loan:", "gone:", 1).replace("2027-01-01", "2026-11-23")
    stranger = PRODUCT.replace("loan:", "stranger:", 1).replace("YTYH", "YTXX")
    file.write_text(PRODUCT + gone + stranger, "utf-8")
    settings.PRODUCTS = str(file)  # type: ignore[attr-defined]


@world
def bank(ground: None) -> Institution:
    return institution("YTYH", RULE)


@world
def taxes(ground: None) -> Office:
    return open_office("YTSW", "云汀市税务局", "", "390100", ("tax_grade",), kind="tax")


@world
def firm(taxes: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    """Return the firm, whose tax grade B is on file, with its account."""
    batch = accept(hand_in(FILED.encode(), taxes, item="tax_grade").id, taxes)
    assert batch.accepted == 1
    found = subjects.find_operator(FIRM)
    assert found is not None
    access.open_account("firm", actor=SETUP, now=NOW, subject_id=found.id)
    opened = access.find_account("firm", on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date())


def sent(firm: Actor, *items: str) -> UUID:
    product = shelf.get_product("loan", now=NOW)
    return shelf.send(firm, product, items or ("tax_grade",), authenticated=["password"], now=NOW)


def messages() -> list[Message]:
    """Return what institutions were told of consents, as the platform sees it."""
    with access.acting_for(platform("look"), channel=Channel.JOB, purpose="correction"):
        return list(Message.objects.filter(topic="consent.given").order_by("id"))


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.refusal.code


@pytest.mark.clause("P5.1c")
@pytest.mark.clause("E5.2c")
def test_the_bank_reads_exactly_what_its_applicant_looked_at_and_once(firm: Actor, bank: Institution) -> None:
    product = shelf.get_product("loan", now=NOW)
    (shown,) = shelf.look_at(firm, product, ["tax_grade"], now=NOW)
    assert dict(shown.fields) == {
        "subject_name": NAME,
        "uscc": FIRM,
        "grade": "B",
        "evaluation_period": 2025,
        "determined_on": "2026-04-01",
    }
    consent = sent(firm)
    (told,) = messages()
    assert told.recipient == "body:YTYH"
    payload = orjson.loads(told.payload)
    assert sorted(payload) == ["at", "consent", "do", "items", "reference", "rule"]
    assert (payload["consent"], payload["items"]) == (str(consent), ["tax_grade"])
    assert not {NAME, FIRM, "B"} & set(map(str, payload.values()))
    (fact,) = bank.query(consent, rule=RULE).json()["facts"]
    assert fact["fields"] == dict(shown.fields)
    assert bank.query(consent, rule=RULE).status_code == 403
    assert bank.query(consent, rule="bank.loan").status_code == 403


@pytest.mark.clause("E5.2c")
def test_a_refusal_needs_a_person_and_its_reasons_are_read_by_the_applicant(firm: Actor, bank: Institution) -> None:
    query = bank.query(sent(firm), rule=RULE).json()["query"]
    address = f"authorised-queries/{query}/result"
    said = {"result": "纳税信用级别不够A级，暂不批准。", "adverse": True}
    assert bank.post(address, {**said, "items_used": ["tax_grade"]}).json()["code"] == "Q-NO-PERSON"
    assert bank.post(address, {**said, "by_person": True}).json()["code"] == "Q-ITEMS-USED"
    posted = bank.post(address, {**said, "items_used": ["tax_grade"], "by_person": True})
    assert posted.json()["told"] is True
    page = sign_in("firm").get("/biz/finance").content.decode()
    assert "纳税信用级别不够A级，暂不批准。" in page
    assert "不利的答复，依据：纳税信用级别" in page


@pytest.mark.clause("P5.1c")
def test_redline_17_what_was_taken_back_is_read_no_more(firm: Actor, bank: Institution) -> None:
    consent = sent(firm)
    consents.withdraw(firm, consent, now=NOW)
    answer = bank.query(consent, rule=RULE)
    assert (answer.status_code, answer.json()["code"]) == (403, "Q-NO-LIVE-CONSENT")
    assert [one.held.state for one in shelf.list_sent(firm, now=NOW)] == [State.REVOKED]


@pytest.mark.clause("P5.1c")
def test_redline_18_nothing_is_ticked_nothing_goes_by_looking_and_nothing_empty_is_sent(
    firm: Actor, bank: Institution
) -> None:
    client = sign_in("firm")
    page = client.get("/biz/finance/loan").content.decode()
    assert 'type="checkbox"' in page
    assert "checked" not in page
    looked = client.post("/biz/finance/loan", {"press": "look", "items": ["tax_grade"]}).content.decode()
    assert "B级" in looked
    assert "确认发送" in looked
    for press in ("look", "send"):
        assert client.post("/biz/finance/loan", {"press": press}).status_code == 422
    assert client.post("/biz/finance/loan", {"press": "send", "items": ["penalty"]}).status_code == 422
    assert (
        "SHELF-NOTHING"
        in client.post("/biz/finance/loan", {"press": "send", "items": ["credit_evaluation"]}).content.decode()
    )
    assert (consents.list_consents(firm, now=NOW), messages()) == ([], [])
    assert client.post("/biz/finance/loan", {"press": "send", "items": ["tax_grade"]}).status_code == 302
    assert (len(shelf.list_sent(firm, now=NOW)), len(messages())) == (1, 1)


def test_only_products_of_registered_institutions_stand_on_the_shelf(firm: Actor, bank: Institution) -> None:
    assert [one.code for one in shelf.on_shelf(now=NOW)] == ["loan"]
    for code in ("gone", "stranger", "nothing"):
        assert code_of(partial(shelf.get_product, code, now=NOW)) == "ABSENT"
    (grant,) = [one for one in consents.list_grants(on=NOW.date()) if one.rule == RULE]
    consents.suspend(SETUP, grant.id, because="检查发现超范围留存", now=NOW)
    assert shelf.on_shelf(now=NOW) == []


def test_what_the_product_does_not_name_and_nothing_at_all_is_neither_shown_nor_sent(
    firm: Actor, bank: Institution
) -> None:
    product = replace(shelf.get_product("loan", now=NOW), items=("credit_evaluation",))
    for items in ([], ["tax_grade"], ["credit_evaluation", "tax_grade"]):
        assert code_of(partial(shelf.look_at, firm, product, items, now=NOW)) == "SHELF-CHOOSE"
        assert code_of(partial(shelf.send, firm, product, items, authenticated=[], now=NOW)) == "SHELF-CHOOSE"


@pytest.mark.clause("E5.2c")
def test_a_person_has_no_package_here(lin: Actor, bank: Institution) -> None:
    product = shelf.get_product("loan", now=NOW)
    assert shelf.look_at(lin, product, ["tax_grade"], now=NOW) == []
    call = partial(shelf.send, lin, product, ["tax_grade"], authenticated=[], now=NOW)
    assert code_of(call) == "SHELF-NOTHING"


@pytest.mark.browser
@pytest.mark.clause("P5.1c")
@pytest.mark.django_db(transaction=True)
def test_an_enterprise_looks_and_sends_on_a_phone_without_scripts(
    live_server, firm: Actor, bank: Institution, browser_page: Callable[..., Page]
) -> None:
    cookies = [cookie_of("firm", live_server.url)]
    page, inspector = (
        browser_page(width=360, javascript=False, cookies=cookies),
        browser_page(width=320, cookies=cookies),
    )
    page.goto(f"{live_server.url}/biz/finance")
    page.get_by_role("link", name="纳税信用贷").click()
    page.get_by_label("纳税信用级别（", exact=False).check()
    page.get_by_role("button", name="看看会发出什么").click()
    expect(page.get_by_text("会发出的就是这些")).to_be_visible()
    keep(page, "shelf-look")
    page.get_by_role("button", name="确认发送").click()
    expect(page.get_by_text("已发出，机构还没有看")).to_be_visible()
    keep(page, "shelf-sent")
    for place in ("/biz/finance", "/biz/finance/loan"):
        inspector.goto(f"{live_server.url}{place}")
        assert problems_of(inspector) == [], place

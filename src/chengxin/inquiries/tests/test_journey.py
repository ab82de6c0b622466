"""J13 in a browser: the code of a bank, the ticks, what was used, the result, and the withdrawal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.archives.tests.test_pages import keep
from chengxin.inquiries.tests.conftest import Institution
from chengxin.inquiries.tests.test_statutory import FORM, organ
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.kernel.actor import Actor

__all__ = ["organ"]


@pytest.mark.browser
@pytest.mark.clause("P3.4d")
@pytest.mark.parametrize("javascript", [False, True])
@pytest.mark.django_db(transaction=True)
def test_journey_j13_is_walked_on_a_phone(
    live_server, lin: Actor, bank: Institution, browser_page: Callable[..., Page], javascript: bool
) -> None:
    asked = bank.ask(rule="bank.loan_watch").json()
    cookie = cookie_of("lin", live_server.url)
    page = browser_page(width=360, javascript=javascript, cookies=[cookie])
    page.goto(f"{live_server.url}/me/consents")
    assert "您没有给过授权" in page.inner_text("main")
    page.get_by_label("授权码").fill(asked["code"].replace("-", " ").lower())
    page.get_by_role("button", name="打开授权请求").click()
    assert asked["text"] in page.inner_text("main")
    assert page.locator("input[type=checkbox]:checked").count() == 0
    keep(page, "j13-request")
    page.get_by_role("button", name="同意提供勾选的信息").click()
    assert "请选择您同意提供的信息" in page.inner_text("main")
    page.get_by_label("行政处罚").check()
    page.get_by_role("button", name="同意提供勾选的信息").click()
    consent = bank.get(f"consent-requests/{asked['id']}").json()["consent"]
    query = bank.query(consent, rule="bank.loan_watch").json()
    assert [fact["item"] for fact in query["facts"]] == ["penalty"]
    used = {"result": "下调了授信额度", "adverse": True, "items_used": ["penalty"], "by_person": True}
    assert bank.post(f"authorised-queries/{query['query']}/result", used).status_code == 200
    page.reload()
    assert "下调了授信额度" in page.inner_text("main")
    keep(page, "j13-consents")
    page.get_by_role("button", name="撤回授权").click()
    assert "授权已经撤回" in page.inner_text("main")
    assert bank.query(consent, rule="bank.loan_watch").status_code == 403
    page.goto(f"{live_server.url}/me/looks")
    assert "没有提供" in page.inner_text("main")
    keep(page, "j13-looks")
    if javascript:
        inspector = browser_page(width=320, cookies=[cookie])
        again = bank.ask().json()
        for address in ("/me/consents", f"/me/consents/requests/{again['code']}", "/me/consents/declined"):
            inspector.goto(live_server.url + address)
            assert problems_of(inspector) == [], address


@pytest.mark.browser
@pytest.mark.clause("P3.4b")
@pytest.mark.django_db(transaction=True)
def test_a_statutory_query_is_asked_approved_and_read_without_scripts(
    live_server, lin: Actor, organ: Office, browser_page: Callable[..., Page]
) -> None:
    clerk, approver = (cookie_of(f"rsj-{role}", live_server.url) for role in ("clerk", "approver"))
    page = browser_page(width=360, javascript=False, cookies=[clerk])
    page.goto(f"{live_server.url}/dept/statutory-queries")
    page.get_by_role("link", name="发起法定查询").click()
    for name, value in FORM.items():
        control = page.locator(f"[name={name}]")
        if control.evaluate("control => control.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    page.get_by_role("button", name="提交审批").click()
    second = browser_page(width=360, javascript=False, cookies=[approver])
    second.goto(page.url)
    second.get_by_label("核对情况").fill("已打开公告，编号、人数和名单一致")
    keep(second, "statutory-approve")
    second.get_by_role("button", name="核对无误，批准").click()
    page.reload()
    page.get_by_role("button", name="查看范围内的事实").click()
    assert "云市监处罚〔2026〕3号" in page.inner_text("main")
    keep(page, "statutory-facts")
    inspector = browser_page(width=320, cookies=[clerk])
    inspector.goto(page.url)
    assert problems_of(inspector) == []

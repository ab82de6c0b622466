"""A shop promises on a phone without scripts; a reader finds the sentence and its report; an officer starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from chengxin.archives.tests.conftest import sign_in
from chengxin.commitments.contracts import Commitment
from chengxin.commitments.tests.conftest import Office
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor


@pytest.mark.browser
@pytest.mark.clause("E3.2a", "E3.2b")
def test_a_shop_promises_and_a_reader_can_report_each_sentence(
    firm: Actor, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    own = browser_page(width=360, javascript=False, cookies=(cookie_of("firm", live_server.url),))
    own.goto(live_server.url + "/biz/commitments/merchant")
    assert own.locator("input:checked").count() == 0
    own.get_by_label("服务保证").check()
    own.locator("[name=service-hours]").fill("24")
    own.locator("[name=service-days]").fill("6")
    own.locator("[name=service-refund]").fill("3")
    own.get_by_role("button", name="签署承诺").click()
    assert own.locator(".field--wrong").get_by_text("这个数字要在7到90之间").is_visible()
    keep(own, "commitment-write")
    own.locator("[name=service-days]").fill("15")
    own.get_by_role("button", name="签署承诺").click()
    keep(own, "commitment-one")
    own.goto(live_server.url + "/biz/commitments")
    keep(own, "commitment-own")
    reader = browser_page(width=360, javascript=False)
    reader.goto(live_server.url + "/commitments")
    keep(reader, "commitment-list")
    reader.get_by_role("link", name="云汀禾木商贸有限公司").click()
    assert reader.get_by_text("自签收之日起15日内无理由退货").is_visible()
    reader.get_by_role("link", name="这一条没有做到，举报").click()
    assert reader.locator("[name=text]").input_value().strip().endswith("-5")
    keep(reader, "commitment-report")
    inspector = browser_page(width=320)
    assert is_sound(inspector, live_server.url + "/commitments")


def test_an_officer_drafts_a_finding_from_the_sentence(market: Office, firm: Actor, promised: Commitment) -> None:
    clerk = sign_in("ytsj-clerk")
    assert "查处违诺" in clerk.get(f"/commitments/{promised.number}").content.decode()
    assert "查处违诺" not in sign_in("firm").get(f"/commitments/{promised.number}").content.decode()
    address = f"/dept/commitments/{promised.sentences[0].id}/finding"
    assert clerk.post(address, {"source": "sampling"}).status_code == 422
    answer = clerk.post(address, {"source": "sampling", "finding_document": "云市监检〔2026〕21号"})
    assert answer.status_code == 302
    page = clerk.get(answer["Location"]).content.decode()
    assert "违诺认定" in page
    assert clerk.get(f"/commitments/{promised.number}/statement").content.decode() == promised.statement

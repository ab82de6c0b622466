"""The pages of sampling on a phone without scripts: the officer draws and buys, the merchant asks, everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect
from tests.browser_plugin import problems_of

from chengxin.access.tests.cast import sign_in
from chengxin.inspections import facade
from chengxin.inspections.check_display import SAMPLE
from chengxin.inspections.tests.conftest import BAD, PLANNED, City, act, days_later, samples, told
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.jobs import facade as jobs
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor
from chengxin.objections.tests.conftest import PNG
from chengxin.records import facade as records
from chengxin.records.contracts import Done

LATER = NOW + timedelta(days=17)

PHOTO = FilePayload(name="photo.png", mimeType="image/png", buffer=PNG)


def checks_prices(page: Page, url: str) -> None:
    """Check a series of prices, and look at the desk of supervisors."""
    page.goto(f"{url}/reg/checks/prices")
    page.get_by_label("文件").set_input_files(FilePayload(name="s.csv", mimeType="text/csv", buffer=SAMPLE.encode()))
    page.get_by_role("button", name="核查").click()
    expect(page.get_by_text("高于之前的成交价")).to_be_visible()
    keep(page, "inspect-prices-checked")
    page.goto(f"{url}/reg/supervisors")
    expect(page.get_by_role("button", name="派发")).to_be_visible()
    keep(page, "inspect-supervisors-desk")


@pytest.mark.browser
@pytest.mark.clause("E5.1b")
@pytest.mark.django_db(transaction=True)
def test_an_officer_draws_and_buys_and_a_merchant_asks_for_a_re_test_on_a_phone(
    live_server, city: City, merchant: Actor, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=[cookie_of("sj-first", url)])
    page.goto(f"{url}/reg/inspections")
    page.get_by_label("抽检什么商品").fill(PLANNED.title)
    page.get_by_label("按哪些标准检验").fill(PLANNED.standard)
    keep(page, "inspect-desk")
    page.get_by_role("button", name="抽签").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"抽检：{PLANNED.title}")
    keep(page, "inspect-plan-desk")
    page.get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("link", name="登记买样").click()
    page.get_by_label("商品", exact=True).fill("红豆糕 400克 批次20261101")
    page.get_by_label("订单号").fill("O-77")
    page.get_by_label("付了多少元").fill("39.90")
    page.get_by_label("哪一天买的").fill(str(NOW.date()))
    page.get_by_label("订单、封样的照片").set_input_files(PHOTO)
    keep(page, "inspect-buy")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_role("link", name="登记检验报告")).to_be_visible()
    keep(page, "inspect-case")
    checks_prices(page, url)
    _plan, sample = told(city, BAD)
    own = browser_page(width=360, javascript=False, cookies=[cookie_of("firm", url)])
    own.goto(f"{url}/biz/shop/inspections/{sample.id}")
    keep(own, "inspect-own")
    own.get_by_label("为什么不同意这个结果").fill("样品保存温度不对，请复检。")
    own.get_by_role("button", name="申请复检").click()
    expect(own.get_by_text("复检中").first).to_be_visible()
    keep(own, "inspect-own-asked")
    own.goto(f"{url}/biz/shop/licences")
    keep(own, "inspect-own-shops")
    own.goto(f"{url}/reg/samples/{sample.id}/buy")
    expect(own.get_by_text("登记买样")).to_have_count(0)


@pytest.mark.browser
@pytest.mark.clause("E5.1b")
@pytest.mark.django_db(transaction=True)
def test_everybody_reads_final_results_and_how_to_draw_again_and_the_platform_gives_its_receipt(
    live_server, city: City, browser_page: Callable[..., Page]
) -> None:
    plan, sample = told(city, BAD)
    other = next(one for one in samples(city, plan) if one.id != sample.id)
    act(other.case_id, "drop", city.first, reasons="店铺没有这种商品。")
    seen = browser_page(width=320, javascript=False)
    seen.goto(f"{live_server.url}/inspections/{plan.number}")
    expect(seen.get_by_text("现在没有公布的结果")).to_be_visible()
    assert BAD.finding not in seen.content()
    assert Client().get(f"/inspections/{plan.number}/population.txt").content.count(b"\n") == 5
    days_later(16)
    act(sample.result_case_id, "publish", city.second, days=17, reasons="复检期已过，商家没有申请复检。")
    seen.goto(f"{live_server.url}/inspections/{plan.number}")
    expect(seen.get_by_text(BAD.finding)).to_be_visible()
    expect(seen.get_by_text(facade.get_plan(plan.number).seed).first).to_be_visible()
    keep(seen, "inspect-public-plan")
    for path in ("/inspections", f"/shops/{sample.shop_id}"):
        seen.goto(f"{live_server.url}{path}")
        keep(seen, f"inspect-public-{path.split('/')[1]}")
    inspector = browser_page(width=320)
    for path in ("/inspections", f"/inspections/{plan.number}", "/prices", "/feedback/supervisors"):
        inspector.goto(f"{live_server.url}{path}")
        assert problems_of(inspector) == []
        keep(inspector, f"inspect-sound-{path.split('/')[-1]}")
    desk = sign_in("sj-first")
    address = f"/reg/inspections/{plan.number}"
    assert "已告知，没有回执" in desk.get(address).content.decode()
    with log_in_as_worker():
        jobs.deliver_due(now=LATER)
    (message,) = [one for one in records.list_outbox(city.clerk, now=LATER) if one.topic == "inspection.result"]
    records.acknowledge(message.id, done=Done.REPLACED, actor=city.clerk, now=LATER)
    assert "没有回执" not in desk.get(address).content.decode()

"""A tip in a real browser: sent from a phone without scripts or account, answered, followed by its code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.browser_plugin import problems_of

from chengxin.archives.tests.conftest import sign_in
from chengxin.complaints import facade
from chengxin.complaints.tests.conftest import TEXT, report
from chengxin.complaints.tests.pictures import picture
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated


@pytest.mark.browser
@pytest.mark.clause("P4.2b")
@pytest.mark.django_db(transaction=True)
def test_somebody_reports_on_a_phone_and_hears_the_result(
    live_server, offices: dict[str, Actor], browser_page: Callable[..., Page], tmp_path: Path
) -> None:
    url, proof = live_server.url, tmp_path / "proof.png"
    proof.write_bytes(picture(width=720, height=1280))
    page, seen = browser_page(width=360, javascript=False), browser_page(width=320)
    page.goto(f"{url}/report-lead")
    keep(page, "tip-types")
    page.locator("main").get_by_role("link", name="个人信息被泄露").click()
    keep(page, "tip-report")
    for address in (f"{url}/report-lead", page.url, f"{url}/report-lead/follow", f"{url}/openness/tips"):
        seen.goto(address)
        assert problems_of(seen) == [], address
    page.get_by_role("button", name="提交举报").click()
    assert "请填写情况" in page.inner_text("main")
    page.get_by_label("举报哪个单位").select_option("YTSJ")
    page.get_by_label("情况").first.fill(TEXT)
    page.get_by_label("证据").set_input_files(proof)
    page.get_by_role("button", name="提交举报").click()
    assert "只显示这一次" in page.inner_text("main")
    keep(page, "tip-received")
    code = page.locator("main strong").last.inner_text()
    marked(page)

    ask_for_more(browser_page, url)
    follow(page, url, code)
    assert len(offices) == 3


def marked(page: Page) -> None:
    """Choose which cells of the picture may be seen, without scripts."""
    page.get_by_role("button", name="现在就选").click()
    expect(page.get_by_text("全部遮住")).to_be_visible()
    keep(page, "tip-followed-covered")
    page.get_by_role("button", name="选出哪些可以看").click()
    page.get_by_role("button", name="只露出选中的格子").click()
    expect(page.get_by_text("还没有选出可以看的格子").first).to_be_visible()
    for cell in ("第2行第1格", "第2行第2格"):
        page.get_by_label(cell).check()
    keep(page, "tip-marking")
    page.get_by_role("button", name="只露出选中的格子").click()
    expect(page.get_by_text("露出2格，其余遮住")).to_be_visible()


def ask_for_more(browser_page: Callable[..., Page], url: str) -> None:
    """Open what was told as the office, and ask for more."""
    cookie = cookie_of("xy-first", url)
    office, checker = (
        browser_page(width=360, javascript=False, cookies=[cookie]),
        browser_page(width=320, cookies=[cookie]),
    )
    office.goto(f"{url}/office/tips")
    keep(office, "tips-office")
    office.get_by_role("link", name="JB").click()
    address = office.url
    assert TEXT not in office.inner_text("main")
    office.get_by_role("button", name="打开", exact=True).click()
    assert TEXT in office.inner_text("main")
    office.locator("summary", has_text="看遮住的部分").click()
    keep(office, "tip-office")
    for one in (f"{url}/office/tips", address):
        checker.goto(one)
        assert problems_of(checker) == [], one
    office.get_by_label("写给举报人").fill("请补充中介的名称。")
    office.get_by_label("同时办理").select_option("ask")
    office.get_by_role("button", name="提交").click()
    assert "请举报人补充" in office.inner_text("main")


def follow(page: Page, url: str, code: str) -> None:
    """See the answer by the code alone, and add to the tip."""
    page.goto(f"{url}/report-lead/follow")
    page.get_by_label("查询码").fill("AAAA-AAAA-AAAA-AAAA")
    page.get_by_role("button", name="查看").click()
    assert "没有找到这个查询码" in page.inner_text("main")
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查看").click()
    assert "请补充中介的名称。" in page.inner_text("main")
    keep(page, "tip-followed")
    page.get_by_label("补充情况").fill("望山中介。")
    page.get_by_role("button", name="提交补充").click()
    assert "核查中" in page.inner_text("main")
    assert code.replace("-", "") not in page.url


@pytest.mark.clause("P4.2b")
def test_pages_of_tips_are_shut_to_everybody_else(offices: dict[str, Actor]) -> None:
    report()
    (tip,) = facade.list_of_office(offices["city"])
    with simulated(NOW):
        assert Client().get("/office/tips").status_code == 401
        assert sign_in("sj-officer").get(f"/office/tips/{tip.id}").status_code == 404
        assert sign_in("ytsj-clerk").get(f"/office/tips/{tip.id}").status_code == 403
        digest = tip.entries[0].digest if tip.entries else "0" * 32
        assert sign_in("sj-officer").post(f"/office/tips/{tip.id}/papers/{digest}").status_code == 404
        assert sign_in("xy-first").get(f"/office/tips/{tip.id}").status_code == 200
        assert Client().get("/report-lead?type=nothing").status_code == 422

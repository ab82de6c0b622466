"""Journeys J3 and J8 in a real browser: who objects follows the clock on a phone, who decides sees both sides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor
from chengxin.objections.tests.conftest import PNG


@pytest.mark.browser
@pytest.mark.clause("P4.3a")
@pytest.mark.django_db(transaction=True)
def test_a_person_objects_on_a_phone_the_source_maintains_and_the_credit_office_reviews(
    live_server, lin: Actor, office: tuple[Actor, Actor], browser_page: Callable[..., Page], tmp_path: Path
) -> None:
    paper = tmp_path / "paper.png"
    paper.write_bytes(PNG)
    mine = cookie_of("lin", live_server.url)
    page, seen = browser_page(width=390, javascript=False, cookies=[mine]), browser_page(width=320, cookies=[mine])

    own = submit(page, seen, live_server.url, paper)
    page.goto(f"{live_server.url}/me")
    assert "有异议" in page.inner_text("main")

    for username, verbs in (("ytsj-clerk", ["拟维持"]), ("ytsj-approver", ["决定维持"])):
        handle(browser_page, live_server.url, username, verbs, kept="j8-case" if username == "ytsj-clerk" else "")

    page.goto(own)
    assert "维持原内容" in page.inner_text("main")
    assert "ytsj-approver：看过材料，决定维持。" in page.inner_text("main")
    page.get_by_label("为什么不服").fill("没有比对身份证号。")
    keep(page, "j3-decided")
    assert is_sound(seen, own)
    page.get_by_role("button", name="申请复核").click()
    assert "复核中" in page.inner_text("main")
    review = page.url
    handle(browser_page, live_server.url, "xy-first", ["拟移出"])
    handle(browser_page, live_server.url, "xy-second", ["决定移出"])
    page.goto(review)
    assert "改为移出" in page.inner_text("main")
    assert is_sound(seen, review)
    keep(page, "j3-reviewed")
    page.goto(f"{live_server.url}/me/objections")
    assert page.inner_text("main").count("云汀市") == 2
    assert is_sound(seen, page.url)
    keep(page, "j3-list")


def handle(browser_page: Callable[..., Page], url: str, username: str, verbs: list[str], *, kept: str = "") -> None:
    """Find the case in the inbox, read both sides and every paper, and act with reasons of one's own."""
    cookie = cookie_of(username, url)
    page = browser_page(width=390, javascript=False, cookies=[cookie])
    page.goto(f"{url}/dept/inbox")
    page.locator('main a[href^="/dept/cases/"]').first.click()
    case = page.url
    if kept:
        assert is_sound(browser_page(width=320, cookies=[cookie]), case)
    page.get_by_role("link", name="看双方材料").click()
    assert "身份证号不是我的" in page.inner_text("main")
    if kept:
        keep(page, f"{kept}-content")
    page.get_by_role("link", name="返回案件").click()
    page.get_by_role("button", name=verbs[0]).click()
    assert "请写明理由" in page.inner_text("main")
    page.goto(case)
    page.get_by_role("button", name="打开材料1").click()
    page.goto(case)
    assert "已看过" in page.inner_text("main")
    if kept:
        keep(page, kept)
    page.get_by_label("理由").fill(f"{username}：看过材料，{verbs[0]}。")
    page.get_by_role("button", name=verbs[0]).click()
    assert "CASE-" not in page.inner_text("main")


def submit(page: Page, seen: Page, url: str, paper: Path) -> str:
    """Go from the line to the receipt, with a mistake on the way, and return the address of the case."""
    page.goto(f"{url}/me")
    page.locator('a[href^="/me/objections/new/"]').first.click()
    assert is_sound(seen, page.url)
    keep(page, "j3-object")
    page.get_by_role("button", name="提交异议").click()
    assert "请选择哪里不对" in page.inner_text("main")
    page.get_by_label("不是我").check()
    page.get_by_label("请用自己的话写明").fill("决定书上是同名的人，身份证号不是我的。")
    page.get_by_label("材料的照片").set_input_files(paper)
    page.get_by_role("button", name="提交异议").click()
    for said in ("异议已经提交", "7个工作日", "来源单位核查中", "云汀市市场监督管理局"):
        assert said in page.inner_text("main")
    assert is_sound(seen, page.url)
    keep(page, "j3-case")
    return page.url

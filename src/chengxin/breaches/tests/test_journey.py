"""The breach desk in a real browser: a leaked file is traced, opened, assessed and reported on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.archives.tests.conftest import sign_in
from chengxin.breaches.tests.conftest import leaked_file
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now


@pytest.mark.browser
@pytest.mark.clause("E5.4c")
@pytest.mark.django_db(transaction=True)
def test_the_desk_traces_a_file_and_tells_the_persons_without_scripts(  # noqa: PLR0917 - fixtures
    live_server,
    desk: dict[str, Actor],
    market: Office,
    hand_in: Callable[..., Batch],
    browser_page: Callable[..., Page],
    tmp_path: Path,
) -> None:
    content, number = leaked_file(market, hand_in)
    leaked = tmp_path / "leaked.xlsx"
    leaked.write_bytes(content)
    url, cookie = live_server.url, cookie_of("xy-security", live_server.url)
    page, seen = browser_page(width=360, javascript=False, cookies=[cookie]), browser_page(width=320, cookies=[cookie])
    page.goto(f"{url}/office/breaches")
    page.get_by_label("疑似泄露的文件").set_input_files(leaked)
    page.get_by_role("button", name="追查").click()
    assert number in page.inner_text("main")
    keep(page, "breach-traced")
    page.get_by_label("情况").fill("网上发现这份文件。")
    page.get_by_role("button", name="立案").click()
    assert "另有18人的号码不完整或者不在平台上" in page.inner_text("main")
    address = page.url
    stop_and_assess(page)
    for one in (address, f"{url}/office/breaches", f"{address}/report", f"{url}/openness/breaches"):
        seen.goto(one)
        assert problems_of(seen) == [], one
    page.get_by_role("link", name="办理这件案件").click()
    for verb in ("完成评估", "已报告主管部门", "告知个人"):
        page.get_by_role("button", name=verb, exact=True).click()
    assert "已告知个人" in page.inner_text("main")
    page.goto(f"{address}/report")
    keep(page, "breach-report")
    assert "已告知2人" in page.inner_text("main")
    assert len(desk) == 2


def stop_and_assess(page: Page) -> None:
    """Freeze the account, say what is known, and put the report on record."""
    page.get_by_text("停用账户或者接口").click()
    page.get_by_label("账户名或者接口编号").fill("ytsj-clerk")
    page.get_by_label("理由").fill("文件由此账户导出。")
    page.get_by_role("button", name="立即停用").click()
    assert "冻结账户" in page.inner_text("main")
    page.get_by_text("填写评估").click()
    page.get_by_role("button", name="保存评估").click()
    assert "个问题" in page.inner_text("main")
    page.get_by_text("填写评估").click()
    page.get_by_label("涉及的信息种类").select_option("penalty")
    page.get_by_label("原因").select_option("leaked_file")
    for words in ("您的信息可能被他人知晓", "已经冻结相关账户的权限", "在“谁看过我”中核对每一次查询"):
        page.get_by_label(words).check()
    page.get_by_role("button", name="保存评估").click()
    page.get_by_text("登记向主管部门的报告").click()
    page.get_by_label("文号或者受理编号").fill("云网信〔2026〕1号")
    page.get_by_label("报告日期").fill(legal_day(now()).isoformat())
    page.get_by_role("button", name="登记报告").click()
    assert "云网信〔2026〕1号" in page.inner_text("main")
    keep(page, "breach")


@pytest.mark.clause("P4.1b")
def test_the_desk_is_shut_to_everybody_else(desk: dict[str, Actor]) -> None:
    assert Client().get("/office/breaches").status_code == 401
    assert "A-NO-RIGHT" in sign_in("ytsj-clerk").get("/office/breaches").content.decode()
    assert sign_in("xy-audit").get("/office/breaches").status_code == 200
    assert Client().get("/openness/breaches").status_code == 200
    assert len(desk) == 2

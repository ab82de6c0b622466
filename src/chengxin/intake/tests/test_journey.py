"""Journey J7 in a real browser: upload, see what is wrong, fix it in the page, a second person approves."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.database.contracts import Channel
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD, PERSON
from chengxin.kernel.clock import now

SCREENSHOTS = os.environ.get("CHENGXIN_SCREENSHOTS", "")


def cookie_of(username: str, url: str) -> dict[str, str]:
    return {"name": "sessionid", "value": sign_in(username).cookies["sessionid"].value, "url": url}


def keep(page: Page, name: str) -> None:
    if SCREENSHOTS:
        page.screenshot(path=str(Path(SCREENSHOTS) / f"{name}.png"), full_page=True)


def is_sound(inspector: Page, url: str) -> bool:
    """Open the page once more with scripts on, which the accessibility checks need."""
    inspector.goto(url)
    return problems_of(inspector) == []


@pytest.mark.browser
@pytest.mark.clause("P3.3a")
@pytest.mark.django_db(transaction=True)
def test_a_clerk_files_on_a_phone_without_scripts_and_a_second_person_accepts(
    live_server, market: Office, browser_page: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "双公示.csv"
    file.write_bytes((HEAD + FIRM + PERSON + BAD).encode("gb18030"))
    clerk = cookie_of("ytsj-clerk", live_server.url)
    page = browser_page(width=390, javascript=False, cookies=[clerk])
    inspector = browser_page(width=320, cookies=[clerk])

    page.goto(f"{live_server.url}/dept/upload")
    assert is_sound(inspector, page.url)
    keep(page, "j7-upload")
    page.get_by_label("目录条目").select_option("penalty")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_role("button", name="上传并检查").click()
    assert "通过检查" in page.inner_text("main")
    assert is_sound(inspector, page.url)
    keep(page, "j7-batch")
    page.get_by_role("link", name="改正疑问数据").click()
    assert "校验不对" in page.inner_text("main")
    assert is_sound(inspector, page.url)
    keep(page, "j7-questioned")
    for text in ("2026-10-01", "1", "91390100MA0000015M"):
        page.get_by_label("改为").first.fill(text)
        page.get_by_role("button", name="保存这一格").first.click()
    assert "每一行都通过了检查" in page.inner_text("main")
    page.get_by_role("link", name="返回批次").click()
    page.get_by_role("button", name="提交审批").click()
    assert "待审批" in page.inner_text("main")
    approver = browser_page(width=390, javascript=False, cookies=[cookie_of("ytsj-approver", live_server.url)])
    approver.goto(page.url)
    keep(approver, "j7-approve")
    assert "390101199001010017" not in approver.content()
    approver.get_by_role("button", name="通过并入库").click()
    assert "已入库" in approver.inner_text("main")
    assert is_sound(inspector, page.url)
    keep(approver, "j7-accepted")


@pytest.mark.browser
@pytest.mark.clause("P3.3a")
@pytest.mark.django_db(transaction=True)
def test_a_second_person_finds_a_batch_in_the_inbox_of_a_phone_and_approves_it_there(
    live_server, market: Office, browser_page: Callable[..., Page], hand_in: Callable[..., Batch]
) -> None:
    batch = hand_in((HEAD + FIRM + PERSON + BAD).encode(), market)
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        case_id = intake.submit(batch.id, actor=market.clerk, now=now()).case_id
    approver = cookie_of("ytsj-approver", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[approver])
    inspector = browser_page(width=320, cookies=[approver])

    page.goto(f"{live_server.url}/dept/inbox")
    assert is_sound(inspector, page.url)
    keep(page, "inbox")
    page.locator(f'a[href="/dept/cases/{case_id}"]').click()
    assert is_sound(inspector, page.url)
    keep(page, "case")
    page.get_by_role("link", name="查看批次").click()
    assert "将新增" in page.inner_text("main")
    keep(page, "case-batch")
    page.go_back()
    page.get_by_role("button", name="退回修改").click()
    assert "请写明理由。" in page.inner_text("main")
    assert is_sound(inspector, page.url)
    keep(page, "case-refused")
    page.get_by_role("button", name="通过并入库").click()
    assert "已入库" in page.inner_text("main")
    assert is_sound(inspector, page.url)
    keep(page, "case-approved")
    page.goto(f"{live_server.url}/dept/inbox")
    assert "没有待办的案件" in page.inner_text("main")
    keep(page, "inbox-empty")
    for address, name in (("/dept/batches", "batches"), ("/dept/quality", "quality")):
        page.goto(live_server.url + address)
        assert is_sound(inspector, page.url)
        keep(page, name)

"""Journey J7 in a real browser: upload, see what is wrong, fix it in the page, a second person approves."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access.models import Account
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD, PERSON

SCREENSHOTS = os.environ.get("CHENGXIN_SCREENSHOTS", "")


def cookie_of(username: str, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(
        Account.objects.get(username=username), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


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

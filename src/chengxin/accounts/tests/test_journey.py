"""A frozen clerk appeals, and an administrator proposes a reset, on a phone without scripts."""

import pytest

from chengxin.access import facade as access
from chengxin.access.tests.cast import NOON
from chengxin.accounts.tests.test_accounts import actor_named, people
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.clock import now

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["people"]


def test_a_frozen_clerk_reads_why_and_appeals(live_server, browser_page) -> None:
    account = access.find_account("wu", on=NOON.date())
    assert account is not None
    access.freeze_account(account.id, days=3, actor=actor_named("security"), now=now(), reasons="核查期间。")
    cookie = cookie_of("wu", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    page.goto(f"{live_server.url}/account/appeal")
    keep(page, "appeal-before")
    page.get_by_label("申诉理由").fill("查询都是为办理案件。")
    page.get_by_role("button", name="提出申诉").click()
    assert "待答复" in page.inner_text("main")
    keep(page, "appeal-after")
    assert is_sound(browser_page(width=320, cookies=[cookie]), page.url)


def test_an_administrator_proposes_a_reset_and_another_confirms(live_server, browser_page, tmp_path) -> None:
    paper = tmp_path / "request.pdf"
    paper.write_bytes(b"%PDF-1.4 signed")
    cookie = cookie_of("system", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    page.goto(f"{live_server.url}/office/accounts/reset")
    assert is_sound(browser_page(width=320, cookies=[cookie]), page.url)
    page.get_by_label("用户名").fill("wu")
    page.get_by_label("怎样核对了身份").fill("本人到场，出示身份证件和工作证。")
    page.get_by_label("书面申请").set_input_files(paper)
    keep(page, "reset-propose")
    page.get_by_role("button", name="提出重置").click()
    assert "待第二人确认" in page.inner_text("main")
    second = browser_page(width=360, javascript=False, cookies=[cookie_of("system2", live_server.url)])
    second.goto(page.url)
    second.get_by_role("button", name="打开").first.click()
    second.goto(page.url)
    second.get_by_label("理由").first.fill("已另行核对身份。")
    second.get_by_role("button", name="已核对身份，确认重置").click()
    assert "已重置" in second.inner_text("main")
    keep(second, "reset-done")

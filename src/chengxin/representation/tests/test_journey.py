"""代办 in a real browser on a phone, without scripts: granted, accepted, used, seen, ended at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor
from chengxin.representation.tests.conftest import WANG_NUMBER


@pytest.mark.browser
@pytest.mark.clause("P3.4a")
@pytest.mark.django_db(transaction=True)
def test_a_person_lets_another_act_sees_what_they_did_and_ends_it_while_they_are_at_it(
    live_server: Any, lin: Actor, wang: Actor, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    hers, his = cookie_of("lin", url), cookie_of("wang", url)
    mine = browser_page(width=360, javascript=False, cookies=[hers])
    theirs = browser_page(width=360, javascript=False, cookies=[his])

    give(mine, url, browser_page(width=320, cookies=[hers]))
    case = act(theirs, url)
    see_and_end(mine, url, case, browser_page(width=320, cookies=[hers]))
    theirs.goto(case)
    assert "代办已经结束" in theirs.inner_text("main")
    keep(theirs, "rep-refused")
    theirs.goto(case)
    assert "金额写错了" not in theirs.content()
    theirs.goto(f"{url}/me")
    assert "您正在代" not in theirs.inner_text("body")


def give(mine: Page, url: str, seen: Page) -> None:
    """Offer a mandate to look and to object."""
    mine.goto(f"{url}/me/representation")
    mine.get_by_role("link", name="委托代理人").click()
    keep(mine, "rep-new")
    assert is_sound(seen, mine.url)
    mine.get_by_label("代理人的姓名").fill("望星遥")
    mine.get_by_label("代理人的身份证号码").fill(WANG_NUMBER)
    mine.get_by_label("提出异议").check()
    mine.get_by_role("button", name="给出委托").click()
    assert "等待对方接受" in mine.inner_text("main")


def act(theirs: Page, url: str) -> str:
    """Accept, read the file of the other, object to the line, and return the address of the case."""
    theirs.goto(f"{url}/me/representation")
    keep(theirs, "rep-offered")
    theirs.get_by_role("button", name="接受委托").click()
    theirs.get_by_role("button", name="开始代办").click()
    assert "您正在代林禾舟办理" in theirs.inner_text("aside.standin")
    keep(theirs, "rep-acting")
    theirs.locator('a[href^="/me/objections/new/"]').first.click()
    assert "您正在代林禾舟办理" in theirs.inner_text("body")
    theirs.get_by_label("内容有误").check()
    theirs.get_by_label("请用自己的话写明").fill("金额写错了。")
    theirs.get_by_role("button", name="提交异议").click()
    assert "异议已经提交" in theirs.inner_text("main")
    keep(theirs, "rep-objected")
    return theirs.url.split("?", 1)[0]


def see_and_end(mine: Page, url: str, case: str, seen: Page) -> None:
    """Read who did what, and take the mandate back."""
    mine.goto(f"{url}/me/objections")
    assert "核查中" in mine.inner_text("main")
    mine.goto(case)
    assert "当事人的代理人" in mine.inner_text("main")
    mine.goto(f"{url}/me/looks")
    assert "您的代理人望星遥" in mine.inner_text("main")
    assert "代理人，依您的委托" in mine.inner_text("main")
    keep(mine, "rep-looks")
    mine.goto(f"{url}/me/representation")
    keep(mine, "rep-given")
    assert is_sound(seen, mine.url)
    mine.get_by_role("button", name="收回委托").click()
    assert "已结束" in mine.inner_text("main")

"""Acting by law in a real browser on a phone, without scripts: asked for, checked, spoken up against, begun."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page

from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor
from chengxin.representation.tests.conftest import NOW
from chengxin.representation.tests.test_by_law import LIN_NUMBER, PNG, CreditOffice, office, read, take

__all__ = ["NOW", "office"]


@pytest.mark.browser
@pytest.mark.clause("P3.4a")
@pytest.mark.django_db(transaction=True)
def test_a_guardian_applies_on_a_phone_the_person_speaks_up_and_is_heard_and_then_they_act(
    live_server: Any, lin: Actor, wang: Actor, office: CreditOffice, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    hers, his = cookie_of("lin", url), cookie_of("wang", url)
    theirs = browser_page(width=360, javascript=False, cookies=[his])
    apply(theirs, url, seen=browser_page(width=320, cookies=[his]))
    case_id = check(browser_page(width=360, javascript=False, cookies=[cookie_of("first", url)]), url)
    read(office.first, case_id)
    read(office.second, case_id)
    take(office.first, case_id, "propose")
    mine = browser_page(width=360, javascript=False, cookies=[hers])
    mine.goto(f"{url}/me/representation")
    assert "有人申请依法代您办理" in mine.inner_text("main")
    keep(mine, "law-about")
    mine.get_by_role("button", name="情况不实").click()
    assert "您已经表示情况不实。" in mine.inner_text("main")
    assert is_sound(browser_page(width=320, cookies=[hers]), mine.url)
    take(office.second, case_id, "hear", on=7)
    take(office.second, case_id, "grant", on=7)
    theirs.goto(f"{url}/me/representation")
    keep(theirs, "law-held")
    theirs.get_by_role("button", name="开始代办").click()
    assert "您正在代林禾舟办理" in theirs.inner_text("aside.standin")
    mine.goto(f"{url}/me/looks")
    assert "代理人，您登记的监护人" in mine.inner_text("main")
    keep(mine, "law-looks")


def apply(page: Page, url: str, *, seen: Page) -> None:
    """Find the way from 代办, fill in the form with photos of two papers, and read where it stands."""
    page.goto(f"{url}/me/representation")
    keep(page, "law-start")
    page.get_by_role("link", name="申请监护人、近亲属代办").click()
    keep(page, "law-apply")
    assert is_sound(seen, page.url)
    page.get_by_label("监护人：").check()
    page.get_by_label("对方的姓名").fill("林禾舟")
    page.get_by_label("对方的身份证号码").fill(LIN_NUMBER)
    for label in ("法院的判决书，或者死亡证明", "证明您是监护人或者近亲属的文书"):
        paper = {"name": "paper.png", "mimeType": "image/png", "buffer": PNG + label.encode()}
        page.get_by_label(label).set_input_files([paper])
    page.get_by_label("为什么要代办").fill("更正他档案里的错误。")
    page.get_by_role("button", name="提交申请").click()
    assert "待核对" in page.inner_text("main")
    keep(page, "law-applied")
    assert is_sound(seen, page.url)


def check(page: Page, url: str) -> UUID:
    """Open the case from the inbox as an officer, read what was written, and return the case."""
    page.goto(f"{url}/dept/inbox")
    page.get_by_role("link", name="DB").first.click()
    keep(page, "law-case")
    page.get_by_role("link", name="看申请的内容").click()
    assert "有档案，姓名和号码一致" in page.inner_text("main")
    keep(page, "law-check")
    return UUID(page.url.split("/cases/")[1].split("/")[0])

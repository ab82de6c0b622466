"""J2: a listed person's name is asked about by name alone; it matches nobody, and the person hears of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office, open_office
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now
from chengxin.kernel.tests.numbers import uscc
from chengxin.lists.tests.conftest import citizen, settle

HOMONYM = "390202198506151023"
COURT = uscc("91390100MA0000088")
LISTED = (
    "主体名称,主体类别,统一社会信用代码,证件类型,证件号码,案号,执行依据文号,生效法律文书确定的义务,失信行为具体情形,决定日期,"
    "送达日期,认定机关\n"
    f"望星遥,自然人,,身份证,{HOMONYM},（2026）云0101执9号,（2026）云0101民初9号,支付货款,有履行能力而拒不履行,"
    f"2026-10-01,2026-10-08,云汀市人民法院\n"
)


@pytest.fixture
def homonym(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], kept: Any) -> Actor:
    """Return a person on the list of judgment debtors, whose name somebody else bears too."""
    court = open_office("YTFY", "云汀市人民法院", COURT, "390100", ("judgment_debtor",), kind="court")
    accept(hand_in(LISTED.encode(), court, item="judgment_debtor", name="debtors.csv").id, court)
    settle(NOW)
    kept(now())
    return citizen("wang", HOMONYM)


@pytest.mark.browser
@pytest.mark.clause("P4.1a")
@pytest.mark.clause("P5.2d")
@pytest.mark.django_db(transaction=True)
def test_a_name_alone_matches_nobody_and_its_bearer_reads_that_there_is_nothing_to_do(
    live_server: Any, homonym: Actor, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    officer = browser_page(width=360, javascript=False, cookies=[cookie_of("ytsj-clerk", url)])
    officer.goto(url + "/dept/matching")
    officer.get_by_label("为了哪一项措施").select_option("debtor_office")
    officer.get_by_label("自然人", exact=True).check()
    officer.get_by_label("名称或者姓名").fill("望星遥")
    officer.get_by_role("button", name="比对").click()
    said = officer.inner_text("main")
    assert "没有比对" in said
    assert "只有姓名，不能说明是不是同一人" in said
    assert "号码相同" not in said
    keep(officer, "name-only-officer")
    own = browser_page(width=360, javascript=False, cookies=[cookie_of("wang", url)])
    own.goto(url + "/me/looks")
    line = own.locator(".looks__line", has_text="有人用姓名查到您，未匹配")
    assert line.count() == 1
    keep(own, "near-miss-list")
    line.get_by_role("link", name="详情和证明").click()
    assert "您不用做什么" in own.inner_text("main")
    keep(own, "near-miss")
    inspector = browser_page(width=320, cookies=[cookie_of("wang", url)])
    assert is_sound(inspector, own.url)

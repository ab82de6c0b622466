"""Standards as pages: versions with differences, a draft tried while it is open to comment, in force on its day."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from tests.browser_plugin import problems_of

from chengxin.amendments import facade as amendments
from chengxin.amendments.tests.conftest import CLOSED, DECIDED, DRAFTED, FIRST_DAY, answered, approved, opened
from chengxin.intake.tests.test_journey import keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, simulated
from chengxin.standards import facade
from chengxin.standards.tests.conftest import CODE

DRAFT = f"""
code: {CODE}
version: 3
effective_on: 2027-02-01
indicators:
  - {{name: handover, weight: 90}}
"""
HOME = "/standards/ecommerce-rating"


def text_of(url: str) -> str:
    answer = Client().get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


@pytest.mark.clause("E2.2a")
def test_a_version_is_drafted_commented_tried_and_in_force_on_its_day(keepers: tuple[Actor, Actor]) -> None:
    first, second = keepers
    draft = opened(first, DRAFT)
    with simulated(DRAFTED):
        page = text_of(f"/catalogue/{CODE}/changes/1")
        assert "“按时交寄”的权重" in page
        assert "提交意见" in page
        tried = text_of(f"{HOME}/try")
        assert f"第3版草案（{draft.number}）" in tried
        assert "低了0.9分" in tried  # 69.6 and 60.0 points: in proportion 40 to 60, then 40 to 90
    amendments.comment(CODE, 1, text="按时交寄占得太重。", name="", now=DRAFTED)
    assert [one.version for one in facade.history(CODE)] == [1, 2]
    answered(draft, first)
    approved(draft, first, second)
    assert [one.version for one in facade.history(CODE)] == [1, 2, 3]
    held = [facade.in_force(CODE, on=legal_day(at)) for at in (CLOSED, DECIDED, FIRST_DAY)]
    assert [one.version for one in held if one] == [2, 2, 3]
    with simulated(FIRST_DAY):
        assert "第3版" in text_of(HOME)
        assert "改了2处" in text_of(HOME)


def test_a_draft_that_is_none_is_answered_in_lines(keepers: tuple[Actor, Actor]) -> None:
    from chengxin.catalogue.facade import ItemError

    for said, line in (
        (DRAFT.replace("version: 3", "version: 5"), "the next version of this standard is 3"),
        (DRAFT.replace("2027-02-01", "2026-01-01"), "takes effect on a later day than 2026-07-01"),
    ):
        with pytest.raises(ItemError) as caught:
            amendments.draft(keepers[0], said, reasons="试改。", now=DRAFTED)
        assert line in caught.value.problems[0]
    assert amendments.list_of_office(keepers[0]) == []


@pytest.mark.clause("E2.2a")
@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
def test_figures_are_tried_on_a_phone_without_scripts(live_server, browser_page: Callable[..., Page]) -> None:
    page = browser_page(width=360, javascript=False)
    page.goto(f"{live_server.url}/standards/indicators")
    page.get_by_role("link", name="电子商务经营主体信用评价指标").click()
    expect(page.get_by_text("不是评分，不能用来罚人")).to_be_visible()
    keep(page, "standard")
    page.get_by_role("link", name="试算").click()
    page.get_by_text("改一个指标试试").click()
    page.get_by_label("改哪个指标").select_option("rate")
    page.get_by_label("权重").fill("5")
    page.get_by_role("button", name="试算").click()
    expect(page.get_by_role("columnheader", name="改了以后").or_(page.get_by_text("改了以后")).first).to_be_visible()
    keep(page, "standard-try")
    page.goto(f"{live_server.url}{HOME}/2")
    keep(page, "standard-version")
    inspector = browser_page(width=320)
    for place in ("", "/2", "/try"):
        inspector.goto(f"{live_server.url}{HOME}{place}")
        assert problems_of(inspector) == [], place

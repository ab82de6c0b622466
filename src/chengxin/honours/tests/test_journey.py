"""On a phone without scripts: an office nominates, the nominee reads and says yes, a reader objects, the name goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from chengxin.archives.tests.conftest import sign_in
from chengxin.honours import facade
from chengxin.honours.contracts import Answer, Standing
from chengxin.honours.tests.conftest import (
    LIN,
    NOW,
    OVER,
    SEEN,
    SHOP,
    STORY,
    Office,
    nominate,
    of_body,
    take,
    until_honoured,
    until_noticed,
)
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated


def nominate_lin(clerk: Page, url: str) -> None:
    clerk.goto(url + "/dept/honours/new/trust_star")
    clerk.get_by_label("姓名").fill(LIN["subject_name"])
    clerk.get_by_label("证件类型").select_option("身份证")
    clerk.get_by_label("证件号码").fill(LIN["id_no"])
    clerk.get_by_label("事迹").fill(STORY)
    keep(clerk, "honour-new")
    clerk.get_by_role("button", name="提名").click()
    keep(clerk, "honour-office")


@pytest.mark.browser
@pytest.mark.clause("P2.3a", "P2.3b")
def test_a_nominee_agrees_is_shown_is_objected_to_and_takes_the_name_back_on_a_phone(
    office: Office, lin: Actor, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    clerk = browser_page(width=360, javascript=False, cookies=(cookie_of("ytwm-clerk", url),))
    nominate_lin(clerk, url)
    own = browser_page(width=360, javascript=False, cookies=(cookie_of("lin", url),))
    own.goto(url + "/me/honours")
    keep(own, "honour-own-list")
    own.get_by_role("link", name="诚信之星").click()
    assert own.get_by_text(STORY).is_visible()
    assert own.locator("input:checked").count() == 0
    keep(own, "honour-own-asked")
    own.get_by_label("同意，可以公开姓名").check()
    own.get_by_role("button", name="提交").click()
    clerk.reload()
    clerk.get_by_role("button", name="核查").click()
    assert clerk.get_by_text("没有发现").is_visible()
    clerk.get_by_role("link", name="办理").click()
    clerk.get_by_role("button", name="公示").click()
    reader = browser_page(width=360, javascript=False)
    reader.goto(url + "/honours")
    keep(reader, "honour-list")
    reader.get_by_role("link", name=LIN["subject_name"]).click()
    keep(reader, "honour-one")
    reader.get_by_label("您要反映什么").fill("退款的事不属实，当时拖了两个月。")
    reader.get_by_role("button", name="寄出").click()
    assert reader.get_by_text("正在核实").is_visible()
    keep(reader, "honour-letter")
    own.reload()
    keep(own, "honour-own-noticed")
    own.get_by_role("button", name="不再公开我的姓名").click()
    reader.goto(url + "/honours")
    assert reader.get_by_text(LIN["subject_name"]).count() == 0
    inspector = browser_page(width=320)
    assert is_sound(inspector, url + "/honours")
    assert is_sound(inspector, url + "/honours/nominate")


@pytest.mark.browser
@pytest.mark.clause("E6.3d", "P2.3a")
def test_a_firm_is_visited_and_honoured_and_gives_it_up_on_a_phone_without_scripts(
    office: Office, firm: Actor, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    nomination_id, number = nominate(office, "model_firm", SHOP)
    facade.answer(firm, number, Answer.NAMED, now=NOW)
    clerk = browser_page(width=360, javascript=False, cookies=(cookie_of("ytwm-clerk", url),))
    clerk.goto(f"{url}/dept/honours/{nomination_id}")
    clerk.get_by_label("在现场看到什么").fill(SEEN)
    keep(clerk, "honour-visit")
    clerk.get_by_role("button", name="登记现场核查").click()
    assert clerk.get_by_text(SEEN).is_visible()
    clerk.get_by_role("button", name="核查", exact=True).click()
    take(of_body(office, nomination_id), "publish", office.clerk)
    found = of_body(office, nomination_id)
    take(found, "propose", office.clerk, OVER)
    facade.check(office.clerk, found.id, now=OVER)
    take(found, "award", office.approver, OVER)
    take(found, "enter", office.clerk, OVER)
    own = browser_page(width=360, javascript=False, cookies=(cookie_of("firm", url),))
    own.goto(f"{url}/me/honours/{number}")
    own.get_by_text("我要放弃").click()
    keep(own, "honour-give-up")
    own.get_by_role("button", name="确认放弃").click()
    assert own.get_by_text("本人已放弃").is_visible()
    keep(own, "honour-given-up")
    inspector = browser_page(width=320, cookies=(cookie_of("firm", url),))
    assert is_sound(inspector, f"{url}/me/honours/{number}")


@pytest.mark.clause("E6.3d")
def test_a_badge_says_what_the_honour_is_at_this_moment_and_names_nobody(
    office: Office, firm: Actor, lin: Actor
) -> None:
    found = until_honoured(office, lin)
    with simulated(OVER):
        picture = sign_in("firm").get(f"/honours/{found.number}/badge.svg")
        assert picture["Content-Type"] == "image/svg+xml"
        assert "诚信之星 有效" in picture.content.decode()
        assert LIN["subject_name"] not in picture.content.decode()
        page = sign_in("firm").get(f"/honours/{found.number}").content.decode()
        assert LIN["subject_name"] in page
        assert STORY in page
    with simulated(OVER.replace(year=2030)):
        assert "已到期" in sign_in("firm").get(f"/honours/{found.number}/badge.svg").content.decode()


def test_an_officer_answers_letters_and_begins_a_review(office: Office, lin: Actor, firm: Actor) -> None:
    clerk = sign_in("ytwm-clerk")
    assert sign_in("firm").get("/dept/honours").status_code in {401, 403, 404}
    sent = clerk.post("/honours/nominate", {"to": "trust_star:YTWM", "text": "我家楼下修鞋的师傅值得提名。"})
    assert sent.status_code == 302
    listed = clerk.get("/dept/honours").content.decode()
    assert "我家楼下修鞋的师傅值得提名。" in listed
    assert "诚信之星 · 正在核实 · 云汀市精神文明建设办公室" in listed
    (letter,) = facade.list_letters(office.clerk, now=NOW)
    assert clerk.post(f"/dept/honours/letters/{letter.id}", {"outcome": "adopted"}).status_code == 422
    answered = {"outcome": "adopted", "reply": "谢谢，已联系社区核实。"}
    assert clerk.post(f"/dept/honours/letters/{letter.id}", answered).status_code == 302
    assert "谢谢，已联系社区核实。" in clerk.get(sent["Location"]).content.decode()
    found = until_honoured(office, lin)
    with simulated(OVER):
        clerk = sign_in("ytwm-clerk")
        assert clerk.post(f"/dept/honours/{found.id}/recheck", {"reasons": ""}).status_code == 422
        begun = clerk.post(f"/dept/honours/{found.id}/recheck", {"reasons": "2027年度复核"})
        assert begun.status_code == 302
        assert of_body(office, found.id, now=OVER).standing is Standing.AWARDED


def test_a_nominee_who_says_no_leaves_nothing_but_that(office: Office, lin: Actor) -> None:
    _, number = nominate(office)
    mine = sign_in("lin")
    assert mine.post(f"/me/honours/{number}", {}).status_code == 422
    assert mine.post(f"/me/honours/{number}", {"answer": Answer.DECLINED.value}).status_code == 302
    assert STORY not in mine.get(f"/me/honours/{number}").content.decode()
    noticed = until_noticed(office, lin)
    assert sign_in("firm").get(f"/me/honours/{noticed.number}").status_code == 404

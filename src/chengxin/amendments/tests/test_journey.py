"""An amendment in a real browser: drafted by form, commented on by anybody on a phone, answered, in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.amendments import facade
from chengxin.amendments.tests.conftest import SAID, opened
from chengxin.archives.tests.conftest import sign_in
from chengxin.casework import facade as casework
from chengxin.catalogue import facade as catalogue
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now, simulated


@pytest.mark.browser
@pytest.mark.clause("P3.3b")
@pytest.mark.django_db(transaction=True)
def test_everybody_comments_on_a_phone_without_scripts_and_the_office_answers(
    live_server, keepers: tuple[Actor, Actor], browser_page: Callable[..., Page]
) -> None:
    url, clerk = live_server.url, cookie_of("sx-first", live_server.url)
    page, seen = browser_page(width=360, javascript=False, cookies=[clerk]), browser_page(width=320, cookies=[clerk])
    amendment = draft(page, seen, url)

    anyone = browser_page(width=360, javascript=False)
    anyone.goto(f"{url}/catalogue/changes")
    keep(anyone, "amendments-list")
    anyone.get_by_role("link", name="单位诚信荣誉").click()
    assert "新增列“公示网址”" in anyone.inner_text("main")
    anyone.get_by_role("button", name="提交意见").click()
    assert "请填写您的意见" in anyone.inner_text("main")
    anyone.get_by_label("您的意见").fill("没有网址的单位怎么填？")
    anyone.get_by_role("button", name="提交意见").click()
    assert "意见已收到" in anyone.inner_text("main")
    assert "没有网址的单位怎么填" not in anyone.inner_text("main")
    keep(anyone, "amendment-commented")
    assert_sound(browser_page(width=320), anyone.url)

    answer(page, seen, f"{url}/office/catalogue/{amendment}")
    anyone.goto(f"{url}/catalogue/honour/changes/1")
    assert "没有网址的单位怎么填？" in anyone.inner_text("main")
    assert "留空即可" not in anyone.inner_text("main")


def answer(page: Page, seen: Page, address: str) -> None:
    """Publish the comment, answer it, and assess, as the office."""
    page.goto(address)
    page.get_by_role("button", name="公布", exact=True).click()
    page.locator("summary", has_text="答复").click()
    page.get_by_label("答复", exact=False).last.fill("留空即可，已写进填报说明。")
    page.get_by_role("button", name="保存答复").click()
    page.get_by_text("填写评估").click()
    for label, text in (
        ("处理目的、方式", SAID.necessity),
        ("对个人权益的影响", SAID.impact),
        ("保护措施是否", SAID.safeguards),
        ("专家的专业和单位", SAID.expert),
        ("专家意见", SAID.expert_note),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="保存评估").click()
    assert SAID.expert_note in page.inner_text("main")
    keep(page, "amendment-office")
    assert_sound(seen, page.url)


def assert_sound(inspector: Page, url: str) -> None:
    inspector.goto(url)
    assert problems_of(inspector) == [], url


def draft(page: Page, seen: Page, url: str) -> str:
    """Draft by form: a red line is refused in words, a good column is taken; then open it to comment."""
    page.goto(f"{url}/office/catalogue")
    keep(page, "amendments-office")
    assert_sound(seen, page.url)
    page.get_by_label("目录条目").select_option("honour")
    page.get_by_role("button", name="用表单起草").click()
    assert_sound(seen, page.url)
    page.get_by_label("修订理由").fill("公众无法核对荣誉的出处。")
    page.get_by_label("生效日期").fill((legal_day(now()) + timedelta(days=90)).isoformat())
    page.get_by_text("新增的列1").click()
    column = page.locator("details", has_text="新增的列1")
    column.get_by_label("代码").fill("blood")
    column.get_by_label("名称").first.fill("血型")
    column.get_by_label("名称（英文）").fill("Blood group")
    page.get_by_role("button", name="保存草案").click()
    assert "任何情况下都不得归集的信息" in page.inner_text("main")
    keep(page, "amendment-refused")
    column = page.locator("details", has_text="新增的列1")
    page.get_by_text("新增的列1").click()
    column.get_by_label("代码").fill("website")
    column.get_by_label("名称").first.fill("公示网址")
    column.get_by_label("名称（英文）").fill("Where it is published")
    column.get_by_label("类型").select_option("url")
    keep(page, "amendment-draft")
    page.get_by_role("button", name="保存草案").click()
    assert "新增列“公示网址”" in page.inner_text("main")
    amendment = page.url.rpartition("/")[2]
    page.get_by_role("link", name="办理这件案件").click()
    page.get_by_role("button", name="公开征求意见").click()
    assert "征求意见" in page.inner_text("main")
    return amendment


@pytest.mark.clause("P3.3b")
def test_pages_tell_the_public_nothing_of_a_draft(keepers: tuple[Actor, Actor]) -> None:
    from chengxin.amendments.tests.conftest import DRAFT, DRAFTED

    found = facade.draft(keepers[0], DRAFT, reasons="公众无法核对荣誉的出处。", now=DRAFTED)
    with simulated(DRAFTED):
        assert "还没有目录修订" in Client().get("/catalogue/changes").content.decode()
        assert Client().get("/catalogue/honour/changes/1").status_code == 404
        assert Client().get(f"/office/catalogue/{found.id}").status_code == 401
        assert sign_in("sx-second").get(f"/office/catalogue/{found.id}").status_code == 200


def test_one_network_sends_so_many_comments_an_hour(keepers: tuple[Actor, Actor], settings: object) -> None:
    settings.COMMENTS_AN_HOUR = 2  # type: ignore[attr-defined]
    found = opened(keepers[0])
    given = {"text": "同意这样改。", "name": ""}
    with simulated(found.drafted_at):
        client = Client(REMOTE_ADDR="192.0.2.77")
        assert [client.post("/catalogue/honour/changes/1", given).status_code for _ in range(3)] == [302, 302, 422]
        assert "A-TOO-OFTEN" in client.post("/catalogue/honour/changes/1", given).content.decode()
    assert facade.count_waiting(found) == 2


def test_a_draft_is_uploaded_as_yaml(keepers: tuple[Actor, Actor]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from chengxin.amendments.tests.conftest import DRAFT, DRAFTED

    with simulated(DRAFTED):
        client = sign_in("sx-first")
        file = SimpleUploadedFile("draft.yaml", DRAFT.encode())
        wrong = SimpleUploadedFile("draft.yaml", DRAFT.encode("gb18030"))
        assert client.post("/office/catalogue/draft", {"reasons": "出处", "file": wrong}).status_code == 422
        assert client.post("/office/catalogue/draft", {"reasons": "出处", "file": file}).status_code == 302
    (found,) = facade.list_of_office(keepers[0])
    assert (found.item.code, found.item.version, found.state) == ("honour", 2, "draft")
    assert catalogue.item_history("honour")[-1].version == 1
    assert casework.get_procedure("catalogue_change").states[found.state].title.zh == "草案"

"""The pages of a determination in a real browser: draft, notice, statement, signature, documents."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.archives.tests.conftest import sign_in
from chengxin.determinations import facade
from chengxin.determinations.tests.conftest import ITEM, PERSON, SERVED, TOLD, draft, served, until_served
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now, simulated
from chengxin.law import facade as law
from chengxin.ui.facade import day


@pytest.mark.clause("P5.2a")
def test_the_documents_say_facts_basis_rights_and_last_days(lin: Actor, market: Office, slip: Path) -> None:
    found = until_served(market, slip)
    with simulated(SERVED):
        page = sign_in("lin").get(f"/me/determinations/{found.number}/documents").content.decode()
    for words in (
        *("失信行为认定事先告知书", "失信行为认定决定书", "云市监认〔2026〕7号", "申请登记时提交伪造的学历证书。"),
        *("市场主体登记管理条例第四十条", "2026年12月2日", "2027年2月2日", "2027年6月4日", "不得因申辩加重"),
    ):
        assert words in page, words
    assert "390101199001010017" not in page


def test_whoever_may_not_is_turned_away(lin: Actor, market: Office, slip: Path) -> None:
    found = draft(market)
    with simulated(TOLD):
        assert Client().get("/dept/determinations").status_code == 401
        assert Client().get("/me/determinations").status_code == 401
        assert sign_in("lin").get(f"/dept/determinations/{found.id}").status_code == 403
        assert sign_in("lin").get(f"/me/determinations/{found.number}").status_code == 404
        assert sign_in("ytsj-clerk").get("/dept/determinations/new?item=penalty_of_another").status_code == 404


@pytest.mark.browser
@pytest.mark.clause("P5.2a")
@pytest.mark.django_db(transaction=True)
def test_a_determination_on_a_phone_without_scripts_and_its_subject_answers(
    live_server, lin: Actor, market: Office, browser_page: Callable[..., Page], slip: Path
) -> None:
    clerk = cookie_of("ytsj-clerk", live_server.url)
    page = browser_page(width=360, javascript=False, cookies=[clerk])
    inspector = browser_page(width=320, cookies=[clerk])
    page.goto(f"{live_server.url}/dept/determinations")
    keep(page, "determinations")
    page.goto(f"{live_server.url}/dept/determinations/new?item={ITEM}")
    fill(page)
    keep(page, "determination-draft")
    page.get_by_role("button", name="保存拟认定").click()
    assert "拟认定，待告知" in page.inner_text("main")
    page.get_by_role("button", name="登记送达").click()
    assert "送达日期不对" in page.inner_text("main")
    for address in (page.url, f"{live_server.url}/dept/determinations", f"{page.url}/documents"):
        inspector.goto(address)
        assert problems_of(inspector) == [], address
    today = legal_day(now())
    page.get_by_label("送达日期").fill(today.isoformat())
    proof = slip.with_name("slip.pdf")
    proof.write_bytes(slip.read_bytes())
    page.get_by_label("送达凭证").set_input_files(proof)
    page.get_by_role("button", name="登记送达").click()
    last_day = day(law.due("determination.statement", start=today, on=today).last_day)
    assert last_day in page.inner_text("main")
    keep(page, "determination-told")
    answer(live_server.url, browser_page, lin, last_day)


def answer(url: str, browser_page: Callable[..., Page], lin: Actor, last_day: str) -> None:
    """Read the notice as its subject and hand in a statement."""
    cookie = cookie_of("lin", url)
    own = browser_page(width=360, javascript=False, cookies=[cookie])
    own.goto(f"{url}/me/determinations")
    own.get_by_role("link", name="RD").click()
    assert last_day in own.inner_text("main")
    keep(own, "determination-own")
    reader = browser_page(width=320, cookies=[cookie])
    for address in (f"{url}/me/determinations", own.url, f"{own.url}/documents"):
        reader.goto(address)
        assert problems_of(reader) == [], address
    own.get_by_label("陈述申辩").fill("证书是真的。")
    own.get_by_role("button", name="提交陈述申辩").click()
    assert "已收到陈述申辩" in own.inner_text("main")
    number = own.url.rpartition("/")[2]
    assert facade.open_own(lin, number, now=now()).steps[-1].reasons == "证书是真的。"


def fill(page: Page) -> None:
    for label, name in (("名称", "subject_name"), ("证件号码", "id_no"), ("失信行为", "decision_title")):
        page.get_by_label(label).first.fill(PERSON[name])
    page.get_by_label("主体类别").select_option(PERSON["subject_kind"])
    page.get_by_label("证件类型").select_option(PERSON["id_type"])
    for label, name in (("认定文书文号", "decision_no"), ("认定事实", "decision_facts"), ("认定依据", "legal_basis")):
        page.get_by_label(label).fill(PERSON[name])


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("CHENGXIN_SCREENSHOTS", ""):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_a_notice_by_a_stranger_is_refused_without_a_trace(lin: Actor, market: Office, slip: Path) -> None:
    found = draft(market)
    with simulated(TOLD):
        client = sign_in("ytsj-approver")
        with slip.open("rb") as proof:
            given = {"way": "in_person", "served_on": TOLD.date().isoformat(), "what": "notice", "proof": proof}
            assert client.post(f"/dept/determinations/{found.id}", given).status_code == 403
    assert facade.open_of_body(market.clerk, found.id, now=TOLD).found.noticed_on is None
    assert served(TOLD, slip).served_on == TOLD.date()

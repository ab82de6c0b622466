"""Journey J4 in a real browser, without scripts, and the guide anyone may use."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of
from tests.worlds import world

from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.casework import facade as casework
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.intake.tests.test_main_job import HEAD, PERSON
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now, simulated
from chengxin.law import facade as law
from chengxin.law.facade import Bound
from chengxin.repair import facade
from chengxin.repair.contracts import Handed
from chengxin.repair.tests.conftest import FIRST_DAY, apply, decide
from chengxin.ui.facade import day

DAY = timedelta(days=1)
GUIDE = "/repair-guide?determined_on=2026-09-20&severity=general&penalty=fine&subject=person&pack=jiangsu"


@pytest.mark.clause("P4.3c")
def test_anyone_computes_the_exact_day_without_signing_in_and_nothing_is_kept(ground: None, client: Client) -> None:
    with simulated(NOW):
        page = client.get(GUIDE).content.decode()
    for words in ("2026年12月21日", "您不需要向任何人付钱", "履行义务的凭证", "暂定"):
        assert words in page
    assert client.cookies.get("sessionid") is None


def test_the_guide_says_what_is_never_repaired_and_asks_for_a_day_it_can_count(ground: None, client: Client) -> None:
    with simulated(NOW):
        never = client.get(GUIDE.replace("penalty=fine", "penalty=revoke_licence")).content.decode()
        assert "这类处罚不能提前修复。" in never
        assert client.get("/repair-guide?determined_on=1800-01-01&severity=general&subject=person").status_code == 422


@pytest.mark.clause("P4.3c")
def test_redline_20_no_page_of_repair_asks_for_money(lin: Actor) -> None:
    with simulated(NOW):
        client = sign_in("lin")
        line = facade.own_prospects(lin, now=NOW)[0]
        for address in ("/me/repairs", f"/me/repairs/apply/{line.record.record_id}", "/repair-guide"):
            page = client.get(address).content.decode()
            assert "您不需要向任何人付钱" in page, address
            own = page[page.index("<main") : page.index("</main>")]
            assert "支付" not in own, address


def test_before_the_day_the_page_has_the_day_and_no_form(lin: Actor) -> None:
    with simulated(NOW):
        line = facade.own_prospects(lin, now=NOW)[0]
        page = sign_in("lin").get(f"/me/repairs/apply/{line.record.record_id}").content.decode()
    assert "2026年12月21日" in page
    assert 'type="file"' not in page
    assert "现在还不能申请" in page


def test_a_look_at_what_can_be_repaired_is_a_look_of_ones_own(lin: Actor) -> None:
    client = sign_in("lin")
    client.get("/me/repairs")
    page = client.get("/me/looks").content.decode()
    assert "办理信用修复" in page
    assert ("您本人" in page, "公众" in page) == (True, False)


def test_whoever_is_not_signed_in_is_asked_to_and_another_sees_nothing(
    lin: Actor, market: Office, papers: list[Handed]
) -> None:
    number = apply(lin, papers)
    with simulated(FIRST_DAY):
        assert Client().get("/me/repairs").status_code == 401
        assert sign_in("ytsj-clerk").get(f"/me/repairs/{number}").status_code == 403
        application = facade.own_application(lin, number, now=FIRST_DAY)
        assert sign_in("lin").get(f"/dept/repairs/{application.id}").status_code == 404


def test_the_sheets_show_decision_and_notice_with_their_days(lin: Actor, market: Office, papers: list[Handed]) -> None:
    number = apply(lin, papers)
    decide("propose_refusal", market.clerk, lin, number, now=FIRST_DAY, reasons="凭证是另一案的。")
    decide("refuse", market.approver, lin, number, now=FIRST_DAY, reasons="凭证是另一案的。")
    with simulated(FIRST_DAY):
        page = sign_in("lin").get(f"/me/repairs/{number}/decision").content.decode()
    for words in ("不予信用修复决定书", "凭证是另一案的。", "2027年2月19日", "2027年6月21日", "再次申请"):
        assert words in page
    assert "信用修复通知书" not in page


@world
def two_lines(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Actor:
    """Return Lin with a line whose minimum publicity is over, and one determined ten days ago."""
    today = legal_day(now())
    old, new = today - 120 * DAY, today - 10 * DAY
    rows = PERSON.replace("2026-09-20", str(old)).replace("2026-09-21", str(old + DAY))
    rows += (
        PERSON.replace("2026-09-20", str(new))
        .replace("2026-09-21", str(new + DAY))
        .replace("3号", "8号")
        .replace("虚假宣传", "超范围经营")
    )
    accept(hand_in((HEAD + rows).encode(), market).id, market, now=now())
    return citizen("lin", "390101199001010017")


@pytest.mark.browser
@pytest.mark.clause("P4.3c")
@pytest.mark.django_db(transaction=True)
def test_journey_j4_from_a_line_to_its_repair_on_a_phone_without_scripts(
    live_server, two_lines: Actor, market: Office, browser_page: Callable[..., Page], papers: list[Handed]
) -> None:
    cookie = cookie_of("lin", live_server.url)
    today = legal_day(now())
    page = browser_page(width=360, javascript=False, cookies=[cookie])
    wait(live_server.url, page)
    page.goto(f"{live_server.url}/me")
    page.get_by_role("link", name="信用修复：最早哪天").last.click()
    assert "您不需要向任何人付钱" in page.inner_text("main")
    keep(page, "j4-checklist")
    page.get_by_label("履行义务的凭证").set_input_files(named(papers[0], "receipt.pdf"))
    page.get_by_role("button", name="提交申请").click()
    assert "请选择纠正失信行为" in page.inner_text("main")
    page.get_by_label("履行义务的凭证").set_input_files(named(papers[0], "receipt.pdf"))
    page.get_by_label("纠正失信行为、消除影响的材料").set_input_files(named(papers[1], "photo.png"))
    for words in ("失信行为已经纠正", "决定书上的义务", "我承诺"):
        page.get_by_label(words).check()
    page.get_by_role("button", name="提交申请").click()
    assert "已受理" in page.inner_text("main")
    assert day(law.due("repair.decision", start=today, on=today).last_day) in page.inner_text("main")
    keep(page, "j4-accepted")
    approve(live_server.url, browser_page)
    page.reload()
    assert "已修复" in page.inner_text("main")
    keep(page, "j4-repaired")
    number = page.url.rpartition("/")[2]
    page.get_by_role("link", name="看决定书和通知书").click()
    assert "准予信用修复决定书" in page.inner_text("main")
    assert "信用修复通知书" in page.inner_text("main")
    keep(page, "j4-decision")
    inspector = browser_page(width=320, cookies=[cookie])
    pages = ("/repair-guide", "/me", "/me/repairs", f"/me/repairs/{number}", f"/me/repairs/{number}/decision")
    for address in (GUIDE, *pages):
        inspector.goto(live_server.url + address)
        assert problems_of(inspector) == [], address


def wait(url: str, page: Page) -> None:
    """Read the guide, and a line whose day has not come: the day is named and there is no form."""
    today = legal_day(now())
    page.goto(f"{url}{GUIDE}")
    keep(page, "j4-guide")
    page.goto(f"{url}/me/repairs")
    keep(page, "j4-lines")
    page.get_by_role("link", name="超范围经营").click()
    early = law.due("publicity.by_severity", start=today - 10 * DAY, on=today, bound=Bound.MINIMUM, severity="general")
    assert day(early.ends_on) in page.inner_text("main")
    assert page.get_by_role("button", name="提交申请").count() == 0
    keep(page, "j4-early")


def approve(url: str, browser_page: Callable[..., Page]) -> None:
    """Open the application as the second person of the body, look at each paper, and grant it."""
    cookie = cookie_of("ytsj-approver", url)
    page = browser_page(width=390, javascript=False, cookies=[cookie])
    page.goto(f"{url}/dept/inbox")
    page.get_by_role("link", name="XF").click()
    page.get_by_role("link", name="打开查看").click()
    assert "390101199001010017" not in page.content()
    inspector = browser_page(width=320, cookies=[cookie])
    inspector.goto(page.url)
    assert problems_of(inspector) == []
    keep(page, "j4-handling")
    for link in page.locator('a[href*="/papers/"]').all():
        address = link.get_attribute("href")
        assert address is not None
        assert page.request.get(url + address).status == 200
    page.get_by_role("link", name="办理", exact=True).click()
    page.get_by_label("理由").fill("材料齐全，罚款已经缴清。")
    page.get_by_role("button", name="准予修复").click()
    assert "已修复" in page.inner_text("main")


def named(paper: Handed, name: str) -> Path:
    path = paper.path.with_name(name)
    path.write_bytes(paper.path.read_bytes())
    return path


def keep(page: Page, name: str) -> None:
    if folder := os.environ.get("CHENGXIN_SCREENSHOTS", ""):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_the_case_page_names_the_verbs_of_the_procedure() -> None:
    procedure = casework.get_procedure("repair")
    assert set(procedure.verbs) == {
        *("approve", "return_for_more", "supplement", "extend"),
        *("propose_refusal", "propose_refusal_late", "refuse", "withdraw"),
    }

"""List, measure, end, on phones without scripts: a body lists a firm, another keeps it off procurement, both end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.lists import facade as lists
from chengxin.lists.tests.conftest import LISTING, service
from chengxin.measures import facade
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

Phone = Callable[..., Page]


@pytest.mark.browser
@pytest.mark.clause("P5.2d")
@pytest.mark.clause("P5.2b")
@pytest.mark.django_db(transaction=True)
def test_list_measure_end_on_a_phone_without_scripts(
    live_server: Any, two: tuple[Office, Office], firm: Actor, browser_page: Phone, slip: Path
) -> None:
    market, finance = two
    url = live_server.url
    clerk = browser_page(width=360, javascript=False, cookies=(cookie_of("ytsj-clerk", url),))
    own = browser_page(width=360, javascript=False, cookies=(cookie_of("firm", url),))
    draft_in_the_browser(clerk, url, slip)
    state_in_the_browser(own, url, "LR", "已经整改，请考虑。")
    listing = newest(market)
    casework.carry_out(listing.case_id, verb="propose", actor=market.clerk, now=now(), reasons="申辩不成立。")
    sign_and_serve(market, listing, slip)
    casework.carry_out(listing.case_id, verb="enter", actor=market.clerk, now=now())
    assert lists.settle(now=now(), since=None).shown == 1
    look_at_the_list(browser_page(width=360, javascript=False), own, url)
    officer = browser_page(width=360, javascript=False, cookies=(cookie_of("ytcz-clerk", url),))
    propose_in_the_browser(officer, url)
    measure = newest(finance)
    determinations.serve_notice(finance.clerk, measure.id, service(now(), slip), now=now())
    state_in_the_browser(own, url, "CS", "不影响已经签订的合同。")
    casework.carry_out(measure.case_id, verb="propose", actor=finance.clerk, now=now(), reasons="依法应当限制。")
    sign_and_serve(finance, measure, slip)
    own.goto(f"{url}/me/measures")
    assert "实施中" in own.inner_text("main")
    keep(own, "own-measures")
    inspect(browser_page, url, measure)
    end(market, firm)
    look_at_the_end(browser_page(width=360, javascript=False), own, url)


@world
def two(market: Office, finance: Office) -> tuple[Office, Office]:
    """Return both bodies."""
    return market, finance


def newest(office: Office) -> Determination:
    (one,) = determinations.list_of_body(office.clerk, limit=1, offset=0)
    return determinations.open_of_body(office.clerk, one.id, now=now()).found


def sign_and_serve(office: Office, found: Determination, slip: Path) -> None:
    determinations.open_paper(office.approver, found.id, "notice", now=now())
    casework.carry_out(found.case_id, verb="decide", actor=office.approver, now=now(), reasons="同意。")
    determinations.serve_decision(office.clerk, found.id, service(now(), slip), now=now())


def draft_in_the_browser(clerk: Page, url: str, slip: Path) -> None:
    clerk.goto(f"{url}/dept/lists")
    keep(clerk, "dept-lists")
    clerk.get_by_role("link", name="市场监督管理严重违法失信名单").click()
    labels = {
        "名称": LISTING["subject_name"],
        "统一社会信用代码": LISTING["uscc"],
        "列入决定书文号": LISTING["entry_no"],
        "列入事由": LISTING["entry_reason"],
        "列入依据": LISTING["legal_basis"],
        "移出条件和救济途径": LISTING["exit_conditions"],
        "所依据的决定文号": "云市监处罚〔2026〕2号",
        "列入以后可能采取的措施": LISTING["measures_told"],
        "上级部门同意的文号": LISTING["upper_consent_no"],
    }
    clerk.get_by_label("主体类别").select_option(LISTING["subject_kind"])
    for label, text in labels.items():
        clerk.get_by_label(label).first.fill(text)
    clerk.get_by_role("button", name="保存拟列入").click()
    assert "所依据的处罚不够重" in clerk.inner_text("main")
    keep(clerk, "listing-refused")
    clerk.get_by_label("所依据的决定文号").fill(LISTING["basis_document_no"])
    clerk.get_by_role("button", name="保存拟列入").click()
    assert "拟列入，待告知" in clerk.inner_text("main")
    clerk.get_by_label("送达日期").fill(legal_day(now()).isoformat())
    proof = slip.with_name("slip.pdf")
    proof.write_bytes(slip.read_bytes())
    clerk.get_by_label("送达凭证").set_input_files(proof)
    clerk.get_by_role("button", name="登记送达").click()
    keep(clerk, "listing-told")


def state_in_the_browser(own: Page, url: str, prefix: str, words: str) -> None:
    own.goto(f"{url}/me/determinations")
    own.get_by_role("link", name=prefix).first.click()
    keep(own, f"own-decision-{prefix}")
    own.get_by_label("陈述申辩").fill(words)
    own.get_by_role("button", name="提交陈述申辩").click()
    assert "已收到陈述申辩" in own.inner_text("main")


def look_at_the_list(anyone: Page, own: Page, url: str) -> None:
    anyone.goto(f"{url}/lists")
    keep(anyone, "lists")
    anyone.get_by_role("link", name="市场监督管理严重违法失信名单").click()
    assert "云汀禾木商贸有限公司" in anyone.inner_text("main")
    keep(anyone, "list")
    own.goto(f"{url}/me/lists")
    keep(own, "own-lists")
    own.get_by_role("link", name="市场监督管理严重违法失信名单").click()
    assert "还没有到可以申请提前移出的日期" in own.inner_text("main")
    keep(own, "own-entry")


def propose_in_the_browser(officer: Page, url: str) -> None:
    officer.goto(f"{url}/measures")
    keep(officer, "measures")
    officer.goto(f"{url}/dept/measures")
    officer.get_by_label("统一社会信用代码").fill(LISTING["uscc"])
    officer.get_by_role("button", name="看可以采取哪些措施").click()
    keep(officer, "measure-look")
    officer.get_by_role("link", name="限制参加政府采购").click()
    officer.get_by_label("决定书文号").fill("云财采限〔2026〕1号")
    officer.get_by_label("事实和理由").fill("参加采购活动前三年内有重大违法记录。")
    officer.get_by_label("为什么相当").fill("只限参加政府采购，不影响其他经营。")
    officer.get_by_label("为什么不适用").fill("没有及时纠正。")
    keep(officer, "measure-propose")
    officer.get_by_role("button", name="提出措施").click()
    assert "限制参加政府采购" in officer.inner_text("main")


def inspect(browser_page: Phone, url: str, measure: Determination) -> None:
    """Ask the accessibility checks about every page of the journey, at 320 pixels."""
    entry = lists.list_public("market", at=now(), limit=1)[0]
    reader = browser_page(width=320, cookies=(cookie_of("firm", url),))
    staff = browser_page(width=320, cookies=(cookie_of("ytcz-clerk", url),))
    for address in ("/lists", "/lists/market", "/measures", "/me/lists", f"/me/lists/{entry.id}", "/me/measures"):
        assert is_sound(reader, url + address), address
    look = f"/dept/measures/look?uscc={LISTING['uscc']}"
    for address in ("/dept/lists", "/dept/measures", look, f"/dept/measures/{measure.id}"):
        assert is_sound(staff, url + address), address


def end(market: Office, firm: Actor) -> None:
    (entry,) = lists.list_own(firm)
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=entry.subject_id,
            record_id=entry.record_id,
            kind=MarkKind.REPAIRED,
            reason="已经改正",
            reference="YC1",
            actor=market.approver,
            now=now(),
        )
    assert lists.settle(now=now(), since=None).ended == 1
    assert facade.end_due(now=now()) == 1


def look_at_the_end(anyone: Page, own: Page, url: str) -> None:
    anyone.goto(f"{url}/lists/market")
    assert "云汀禾木商贸有限公司" not in anyone.inner_text("main")
    keep(anyone, "list-ended")
    own.goto(f"{url}/me/measures")
    assert "已解除" in own.inner_text("main")
    keep(own, "own-measures-ended")
    own.goto(f"{url}/me/lists")
    own.get_by_role("link", name="市场监督管理严重违法失信名单").click()
    assert "已经改正，提前移出" in own.inner_text("main")
    assert own.get_by_role("link", name="下载移出的证明（可离线核对）").is_visible()
    keep(own, "own-entry-ended")

"""What follows a courier company's list entry: heard, decided by another, a look before a receipt counts, ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import FilePayload, Page
from tests.browser_plugin import problems_of
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.couriers import facade
from chengxin.couriers.contracts import Company
from chengxin.couriers.tests.test_couriers import accept, code, company, ground, hand_in, market, post
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import MARKET, NOW, SETUP, Office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.lists import facade as lists
from chengxin.market.tests.conftest import Sold, sold, today
from chengxin.objections.tests.conftest import PNG, Photo, officer
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

__all__ = ["accept", "company", "ground", "hand_in", "market", "post", "sold", "today"]
HEAD = "主体名称,统一社会信用代码,列入决定书文号,列入事由,列入依据,列入日期,公布期限至,送达日期,认定单位\n"
ENTRY = (
    f"云汀禾木商贸有限公司,{MARKET},云邮管列〔2026〕1号,较重处罚,名单规定,2026-10-01,2027-10-01,"
    "2026-10-08,云汀市邮政管理局\n"
)
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@world
def listed(
    company: Company, sold: Sold, post: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> Company:
    """Return a courier company with a public entry of the serious list that the postal authority filed."""
    batch = accept(hand_in((HEAD + ENTRY).encode(), post, item="serious_list.courier").id, post)
    assert batch.published == 1
    lists.settle(now=NOW, since=LONG_AGO, whole=False)
    return company


@dataclass(frozen=True)
class Cast:
    """Who takes part: two officers of the postal authority, the firm's own account, the platform's clerk."""

    first: Actor
    second: Actor
    firm: Actor
    clerk: Actor
    post: Office


@world
def cast(listed: Company, sold: Sold, post: Office) -> Cast:
    access.open_account("firm", actor=SETUP, now=NOW, subject_id=listed.subject_id)
    opened = access.find_account("firm", on=NOW.date())
    assert opened is not None
    first, second = officer("yz-first", post.body), officer("yz-second", post.body)
    firm = access.actor_for_account(opened, on=NOW.date())
    return Cast(first=first, second=second, firm=firm, clerk=sold.clerk, post=post)


def move(case: Case, verb: str, actor: Actor, *, days: int = 1, **given: object) -> Case:
    return casework.carry_out(case.id, verb=verb, actor=actor, now=NOW + timedelta(days=days), **given)  # type: ignore[arg-type]


def paper(actor: Actor) -> tuple[str, ...]:
    with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
        return casework.keep_papers([Photo()])


def in_force(cast: Cast) -> tuple[Case, Case, Case]:
    """Take a matter to its decision; return it, the platform's task and the licensing body's."""
    case = facade.propose_limit(cast.first, MARKET, reasons="在公示的名单里。", now=NOW)
    facade.answer_limit(cast.firm, case.id, words="已经整改。", now=NOW)
    case = move(case, "confirm", cast.second, reasons="名单有效，企业没有提出反证。")
    found = {one.case.facts["what"]: one.case for one in facade.list_tasks(cast.first)}
    return case, found["platform"], found["licence"]


def end(days: int) -> dict[str, int]:
    return dict(facade.end_limits(now=NOW + timedelta(days=days)))


def take_off(company: Company, post: Office, kind: MarkKind) -> None:
    (entry,) = [one for _company, one in facade.list_limitable(now=NOW)]
    with access.acting_for(post.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=company.subject_id,
            record_id=entry.record_id,
            kind=kind,
            reason="已经改正",
            reference="YC1",
            actor=post.approver,
            now=NOW,
        )


def state(case: Case, actor: Actor) -> str:
    with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
        return casework.access_case(case.id, actor=actor).state


@pytest.mark.clause("E2.4c")
def test_nothing_is_proposed_without_a_public_entry_that_stands_and_only_by_the_postal_authority(
    company: Company, sold: Sold, post: Office
) -> None:
    first = officer("yz-first", post.body)
    propose = partial(facade.propose_limit, first, MARKET, reasons="应当限制。", now=NOW)
    assert (code(propose), facade.list_limitable(now=NOW)) == ("CO-NO-ENTRY", [])
    assert code(lambda: facade.propose_limit(post.clerk, MARKET, reasons="x", now=NOW)) == "A-NO-RIGHT"
    assert code(lambda: facade.propose_limit(sold.office, MARKET, reasons="x", now=NOW)) == "CO-AUTHORITY"
    assert facade.list_limits(first) == []


@pytest.mark.clause("E2.4c")
@pytest.mark.parametrize("kind", [MarkKind.WITHDRAWN, MarkKind.REPAIRED, MarkKind.FROZEN])
def test_an_entry_that_was_withdrawn_repaired_or_frozen_carries_nothing(
    listed: Company, cast: Cast, kind: MarkKind
) -> None:
    case = facade.propose_limit(cast.first, MARKET, reasons="在公示的名单里。", now=NOW)
    facade.answer_limit(cast.firm, case.id, words="已经整改。", now=NOW)
    take_off(listed, cast.post, kind)
    assert code(lambda: move(case, "confirm", cast.second, reasons="照决定。")) == "CO-NO-ENTRY"
    assert (state(case, cast.second), facade.list_tasks(cast.second)) == ("replied", [])
    assert (end(1), state(case, cast.second)) == ({"limits": 1, "tasks": 0}, "ended")


@pytest.mark.clause("E2.4c")
def test_the_company_is_heard_and_a_second_officer_decides(listed: Company, cast: Cast) -> None:
    case = facade.propose_limit(cast.first, MARKET, reasons="在公示的名单里。", now=NOW)
    assert code(lambda: facade.propose_limit(cast.second, MARKET, reasons="再来一件。", now=NOW)) == "CO-LIMIT-OPEN"
    assert code(lambda: move(case, "confirm", cast.second, reasons="不等。")) == "CO-NOT-HEARD"
    assert code(lambda: move(case, "confirm", cast.first, days=20, reasons="自己定。")) == "A-FOUR-EYES"
    assert case.due_on is not None
    last = (case.due_on - NOW.date()).days
    assert code(lambda: move(case, "confirm", cast.second, days=last, reasons="最后一天。")) == "CO-NOT-HEARD"
    assert facade.list_tasks(cast.second) == []
    assert move(case, "confirm", cast.second, days=last + 1, reasons="期限过了，没有说明。").state == "in_force"
    (own,) = facade.list_own_limits(cast.firm)
    with simulated(NOW + timedelta(days=last + 1)):
        page = sign_in("firm").get(f"/me/courier-limits/{own.number}").content.decode()
    assert [one in page for one in ("行政复议", "行政诉讼", "信用修复", "期限过了，没有说明。")] == [True] * 4


@pytest.mark.clause("E2.4c")
def test_each_platform_and_the_licensing_body_have_one_task_and_a_receipt_counts_once_its_page_was_looked_at(
    listed: Company, cast: Cast
) -> None:
    _case, task, licence = in_force(cast)
    assert sorted((one.case.body, one.case.state) for one in facade.list_tasks(cast.first)) == [
        ("SHOP", "sent"),
        ("YTYZ", "sent"),
    ]
    assert [one.case.id for one in facade.list_tasks(cast.clerk)] == [task.id]
    assert code(lambda: move(task, "claim", cast.first, reasons="替平台回执。")) == "A-NO-RIGHT"
    assert move(task, "claim", cast.clerk, reasons="按规则第九条不再接入。").state == "claimed"
    assert code(lambda: move(task, "seen", cast.clerk, reasons="看过。", evidence=paper(cast.clerk))) == "A-NO-RIGHT"
    assert code(lambda: move(task, "seen", cast.second, reasons="看过。")) == "CASE-EVIDENCE"
    assert move(task, "not_seen", cast.second, reasons="仍可选这家。", evidence=paper(cast.second)).state == "sent"
    move(task, "claim", cast.clerk, reasons="已下架。")
    assert move(task, "seen", cast.first, reasons="页面上选不到了。", evidence=paper(cast.first)).state == "confirmed"
    (seen,) = facade.list_tasks(cast.clerk)
    assert (seen.receipt_at, seen.looked_at) == (NOW + timedelta(days=1), NOW + timedelta(days=1))
    assert licence.facts["what"] == "licence"


@pytest.mark.clause("E2.4c")
def test_all_of_it_ends_the_day_the_entry_does_and_what_was_done_is_taken_back_with_a_receipt(
    listed: Company, cast: Cast
) -> None:
    case, task, licence = in_force(cast)
    move(task, "claim", cast.clerk, reasons="已下架。")
    assert (end(2), state(case, cast.first)) == ({"limits": 0, "tasks": 0}, "in_force")
    take_off(listed, cast.post, MarkKind.REPAIRED)
    assert (end(2), end(2)) == ({"limits": 1, "tasks": 2}, {"limits": 0, "tasks": 0})
    assert [state(one, cast.first) for one in (case, task, licence)] == ["ended", "lifting", "over"]
    assert move(task, "lift", cast.clerk, days=2, reasons="已恢复。").state == "lifted"


@pytest.mark.clause("E2.3b")
@pytest.mark.parametrize("words", ["已退到6200000000000005。", "收款账号 012345678901，请核对。"])
def test_no_step_of_any_case_takes_a_card_or_an_account_number(listed: Company, cast: Cast, words: str) -> None:
    propose = partial(facade.propose_limit, cast.first, MARKET, now=NOW)
    assert (code(lambda: propose(reasons=words)), facade.list_limits(cast.first)) == ("TIP-CARD", [])
    case = propose(reasons="在公示的名单里。")
    assert code(lambda: facade.answer_limit(cast.firm, case.id, words=words, now=NOW)) == "TIP-CARD"
    assert code(lambda: move(case, "drop", cast.second, reasons="不处理。", note=words)) == "TIP-CARD"
    assert state(case, cast.second) == "proposed"


@pytest.mark.clause("E2.4c")
def test_what_is_withdrawn_is_called_off_at_every_platform(listed: Company, cast: Cast) -> None:
    case, task, _licence = in_force(cast)
    move(case, "withdraw", cast.second, reasons="查明不应处理。")
    assert (end(1), state(task, cast.first)) == ({"limits": 0, "tasks": 2}, "over")


def sound(page: Page, url: str) -> None:
    page.goto(url)
    assert problems_of(page) == []


def press(page: Page, verb: str, words: str, *, papers: bool = False) -> None:
    page.get_by_label("理由").fill(words)
    if papers:
        page.get_by_label("材料").set_input_files(FilePayload(name="a.png", mimeType="image/png", buffer=PNG))
    page.get_by_role("button", name=verb).click()


@pytest.mark.browser
@pytest.mark.clause("E2.4c")
@pytest.mark.django_db(transaction=True)
def test_from_the_entry_to_the_look_at_the_page_on_a_phone(
    live_server, cast: Cast, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url

    page, own, desk = (
        browser_page(width=360, javascript=False, cookies=[cookie_of(name, url)])
        for name in ("yz-first", "firm", "shop-clerk")
    )
    page.goto(f"{url}/reg/couriers/limits")
    page.get_by_label("理由").fill("在公示的名单里。")
    page.get_by_role("button", name="提出，请企业说明").click()
    assert "拟处理，听取企业说明" in page.inner_text("main")
    keep(page, "courier-limits")
    own.goto(f"{url}/me/courier-limits")
    own.get_by_role("link", name="JX").click()
    own.get_by_role("textbox", name="说明").fill("已经整改，请核查。")
    own.get_by_role("button", name="提交").click()
    assert ["已经整改，请核查。" in own.inner_text("main"), "行政复议" in own.inner_text("main")] == [True, True]
    keep(own, "own-courier-limit")
    sound(browser_page(width=320, cookies=[cookie_of("firm", url)]), own.url)
    (case,) = facade.list_limits(cast.second)
    move(case, "confirm", cast.second, days=0, reasons="名单有效。")
    desk.goto(f"{url}/biz/platform/tasks")
    keep(desk, "courier-tasks")
    desk.get_by_role("link", name="JR").click()
    press(desk, "回执：已按规则办理", "按规则第九条不再接入。")
    assert "对方称已办理，等查看" in desk.inner_text("main")
    page.goto(f"{url}/reg/couriers/limits")
    page.get_by_role("link", name="JR").last.click()
    keep(page, "courier-task")
    press(page, "看过对方的页面，确已办理", "页面上选不到了。", papers=True)
    assert "查看过，确已办理" in page.inner_text("main")
    sound(browser_page(width=320, cookies=[cookie_of("yz-first", url)]), f"{url}/reg/couriers/limits")

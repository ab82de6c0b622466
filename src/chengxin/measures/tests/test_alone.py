"""Whom a document names as responsible is repaired alone: nobody else asks for them, and no entry of a firm changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import OTHER, citizen, sign_in
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.intake.tests.test_main_job import HEAD
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, simulated
from chengxin.kernel.refusal import Refused
from chengxin.lists.tests.conftest import settle
from chengxin.measures import facade
from chengxin.measures.contracts import Because
from chengxin.measures.tests.conftest import PROPOSED
from chengxin.measures.tests.test_responsible import Listed, asked, in_force, line, listed, why_not
from chengxin.notices.models import Notice
from chengxin.records import facade as records

__all__ = ["listed"]
pytestmark = pytest.mark.clause("P5.2c")
DAY_BEFORE = datetime(2027, 10, 1, 15, 59, tzinfo=UTC)  # 23:59 in Beijing.
FIRST_DAY = datetime(2027, 10, 1, 16, 0, tzinfo=UTC)


class Photo:
    def __init__(self, content: bytes) -> None:
        self.content, self.size = content, len(content)

    def chunks(self) -> list[bytes]:
        return [self.content]


def ask(actor: Actor, measure: UUID, slip: Path, at: datetime = FIRST_DAY) -> Case:
    return facade.ask_alone(actor, measure, words="我已缴清罚款。", papers=[Photo(slip.read_bytes())], now=at)


def decide(office: Actor, case: Any, verb: str, at: datetime) -> None:
    with access.acting_for(office, channel=Channel.BODY, purpose="repair"):
        for digest in casework.papers_of(case.id):
            casework.open_evidence(case.id, digest=digest, actor=office, now=at)
    casework.carry_out(case.id, verb=verb, actor=office, now=at, reasons="经核查，本人已经改正。")


def test_the_person_named_is_repaired_alone_and_the_entry_of_the_firm_stays(
    market: Office, listed: Listed, slip: Path
) -> None:
    lin = citizen("lin", "390101199001010017")
    found = in_force(market, asked(listed, "2"), slip)
    assert facade.own_repair(lin, found.id, now=DAY_BEFORE).first_day == date(2027, 10, 2)
    with pytest.raises(Refused) as caught:
        ask(lin, found.id, slip, DAY_BEFORE)
    assert (caught.value.refusal.code, caught.value.refusal.retry_on) == ("MEASURE-TOO-EARLY", date(2027, 10, 2))
    bare = lambda: facade.ask_alone(lin, found.id, words="已改正。", papers=[], now=FIRST_DAY)  # noqa: E731
    assert why_not(bare) == "MEASURE-NO-PAPERS"
    case = ask(lin, found.id, slip)
    assert why_not(lambda: ask(lin, found.id, slip)) == "MEASURE-ASKED"
    assert why_not(lambda: decide(market.clerk, case, "approve", FIRST_DAY)) != ""
    decide(market.approver, case, "approve", FIRST_DAY)
    (one,) = facade.list_own(lin)
    assert (one.ended_because, one.ended_at) == (Because.REPAIRED, FIRST_DAY)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        told = Notice.objects.filter(subject_id=lin.subject_id, reference__in=[case.number, found.number])
        assert {"personal_repair.approve", "measure_ended"} <= {one.kind for one in told}
    assert listed.firm.subject_id is not None
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        standing = records.find_by_id(listed.firm.subject_id, listed.entries["2"])
    assert standing is not None
    assert standing.marks == ()
    assert why_not(lambda: facade.propose(market.clerk, asked(listed, "2"), now=FIRST_DAY)) == "MEASURE-REPAIRED"


def test_nobody_but_the_person_named_sees_or_asks(
    market: Office, listed: Listed, slip: Path, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    accept(hand_in((HEAD + OTHER).encode(), market).id, market)
    listed.file(line(8, "主要负责人", named=",望星遥,390202198506151023,云市监罚〔2026〕1号"))  # Another officer.
    lin, other = citizen("lin", "390101199001010017"), citizen("zhou", "390202198506151023")
    found = in_force(market, asked(listed, "2"), slip)
    for actor in (other, listed.firm, market.clerk):
        assert why_not(lambda actor=actor: ask(actor, found.id, slip)) == "ABSENT"  # type: ignore[misc]
        assert why_not(lambda actor=actor: facade.own_repair(actor, found.id, now=FIRST_DAY)) == "ABSENT"  # type: ignore[misc]
    case = ask(lin, found.id, slip)
    go_on: Callable[[Actor], object] = lambda actor: facade.go_on_alone(  # noqa: E731
        actor, found.id, verb="withdraw", words="", papers=[], now=FIRST_DAY
    )
    for actor in (other, listed.firm):
        assert why_not(lambda actor=actor: go_on(actor)) == "ABSENT"  # type: ignore[misc]
    go_on(lin)
    assert why_not(lambda: decide(market.approver, case, "approve", FIRST_DAY)) != ""
    assert [one.ended_at for one in facade.list_own(lin)] == [None]
    with simulated(FIRST_DAY):
        assert sign_in("zhou").get(f"/me/measures/{found.id}/repair").status_code == 404


def test_a_refusal_is_heard_first_and_the_measure_holds(market: Office, listed: Listed, slip: Path) -> None:
    lin = citizen("lin", "390101199001010017")
    found = in_force(market, asked(listed, "2"), slip)
    case = ask(lin, found.id, slip)
    decide(market.clerk, case, "propose_refusal", FIRST_DAY)
    later = FIRST_DAY + timedelta(hours=2)
    assert why_not(lambda: decide(market.approver, case, "refuse", later)) == "DET-NOT-HEARD"
    facade.go_on_alone(lin, found.id, verb="state", words="凭证属实。", papers=[], now=later)
    decide(market.approver, case, "refuse", later)
    assert [one.ended_at for one in facade.list_own(lin)] == [None]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_without_scripts(
    live_server: Any, market: Office, listed: Listed, browser_page: Callable[..., Page], slip: Path
) -> None:
    lin = citizen("lin", "390101199001010017")
    old = line(7, "法定代表人").replace("2026-10-01,2029-09-30,2026-10-08", "2025-01-02,2027-12-31,2025-01-09")
    listed.file(old)
    assert listed.firm.subject_id is not None
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        (entry,) = [
            one for one in records.list_of_subject(listed.firm.subject_id) if one.determined_on == date(2025, 1, 2)
        ]
    listed.entries["7"] = entry.record_id
    settle(PROPOSED)
    found = in_force(market, asked(listed, "7"), slip)
    proof = slip.with_name("slip.pdf")
    proof.write_bytes(slip.read_bytes())
    page = browser_page(width=320, javascript=False, cookies=(cookie_of("lin", live_server.url),))
    page.goto(f"{live_server.url}/me/measures")
    page.get_by_role("link", name="单独申请修复，不用等企业").click()
    assert "2026年1月3日" in page.inner_text("main")
    page.get_by_label("您本人怎样改正的").fill("我已缴清罚款。")
    page.get_by_role("button", name="提交申请").click()
    assert "证明材料" in page.inner_text("main")
    page.get_by_label("您本人怎样改正的").fill("我已缴清罚款。")
    page.get_by_label("证明材料").set_input_files(proof)
    page.get_by_role("button", name="提交申请").click()
    assert "待办理" in page.inner_text("main") or "单独修复的申请" in page.inner_text("main")
    keep(page, "alone-asked")
    case = facade.own_repair(lin, found.id, now=now()).case
    decide(market.approver, case, "approve", now())
    page.goto(f"{live_server.url}/me/measures")
    assert "本人已经修复" in page.inner_text("main")
    assert page.get_by_role("link", name="看单独修复的申请").is_visible()
    keep(page, "alone-repaired")

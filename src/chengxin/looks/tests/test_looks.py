"""“谁看过我”: what a person reads of each look, what they may ask for, and what they can prove."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Kind, Search
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.intake.tests.test_main_job import HEAD, PERSON
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade
from chengxin.looks.display import outcome_of
from chengxin.looks.tests.conftest import NOW, Look, Office, citizen, sign_in
from chengxin.subjects import facade as subjects
from chengxin_verify import main as verifier


@pytest.mark.clause("P3.2b")
def test_each_look_says_when_who_as_what_for_what_on_which_article_and_with_what_outcome(
    lin: Actor, look: Look
) -> None:
    look(lin, reference="案-7")
    look(lin, reason="A-NO-RIGHT", count=0)
    page = sign_in("lin").get("/me/looks").content.decode()
    assert page.count("云汀市市场监督管理局") >= 3  # twice in the list, once in the drawing
    assert page.count("岗位：经办人员") == 2
    assert page.count("办理案件，依据《个人信息保护法》第34条") == 2
    assert page.count("查看了：行政处罚") == 2
    assert page.count(">没有提供<") + page.count("没有提供</") >= 1
    assert "account:" not in page


def test_the_page_of_a_look_says_it_whole_and_what_a_proof_cannot_show(lin: Actor, look: Look) -> None:
    event_id = look(lin, reason="A-NO-RIGHT", count=0)
    page = sign_in("lin").get(f"/me/looks/{event_id}").content.decode()
    for words in ("原因代码 A-NO-RIGHT", "经办人员", "《个人信息保护法》第34条", str(event_id), "证明"):
        assert words in page
    assert "同时被盗" in page
    assert "归同一家管理" in page


@pytest.mark.clause("P4.2c")
@pytest.mark.parametrize(
    ("kind", "given", "whole"),
    [(Kind.DISCLOSE, True, "已提供"), (Kind.DECIDE, False, "已办理"), (Kind.MARK, False, "已办理")],
)
def test_what_a_body_does_without_reading_anything_is_not_said_to_have_given_anything(
    lin: Actor, look: Look, kind: Kind, given: bool, whole: str
) -> None:
    event_id = look(lin, kind=kind)
    (line,) = [one for one in facade.own_looks(lin, now=NOW).lines if one.event_id == event_id]
    assert (outcome_of(line) is not None) == given
    browser = sign_in("lin")
    assert whole in browser.get(f"/me/looks/{event_id}").content.decode()


@pytest.mark.clause("P4.2a")
def test_redline_07_only_the_person_sees_own_looks(lin: Actor, look: Look, market: Office) -> None:
    other = citizen("wang", "390202198506151023")
    theirs = look(other)
    assert sign_in("lin").get(f"/me/looks/{theirs}").status_code == 404
    assert sign_in("lin").get(f"/me/looks/{theirs}/proof").status_code == 404
    assert str(theirs) not in sign_in("lin").get("/me/looks").content.decode()
    assert sign_in("lin").get("/api/v1/me/looks").json()["total"] == 0
    assert sign_in("wang").get("/api/v1/me/looks").json()["total"] == 1
    with pytest.raises(Refused, match="SIGN_IN_REQUIRED"):
        facade.own_look(market.clerk, theirs, now=NOW)


def test_whoever_is_not_signed_in_is_asked_to(lin: Actor, client: Client) -> None:
    assert client.get("/me/looks").status_code == 401


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 5),
        ("side=others", 4),
        ("side=own", 1),
        ("outcome=refused", 1),
        ("outcome=refused&side=own", 0),
        ("purpose=case_handling", 2),
        ("body=YTSJ&purpose=repair", 2),
        ("since={day}&until={day}", 3),
        ("until={before}", 2),
    ],
)
def test_time_body_purpose_and_outcome_narrow_the_list(lin: Actor, look: Look, asked: str, found: int) -> None:
    sign_in("lin").get("/me")
    look(lin)
    look(lin, reason="A-NO-RIGHT")
    look(lin, purpose="repair", at=NOW - timedelta(days=3))
    look(lin, purpose="repair", at=NOW - timedelta(days=9))
    days = {"day": NOW.date(), "before": NOW.date() - timedelta(days=1)}
    assert sign_in("lin").get(f"/api/v1/me/looks?{asked.format(**days)}").json()["total"] == found


def test_a_time_that_ends_before_it_begins_is_said_and_shows_all(lin: Actor, look: Look) -> None:
    look(lin)
    answer = sign_in("lin").get("/me/looks?since=2026-05-02&until=2026-05-01")
    assert answer.status_code == 422
    assert "要晚于开始的那天" in answer.content.decode()
    assert sign_in("lin").get("/api/v1/me/looks?since=x").json()["code"] == "LOOKS-FILTER"


def test_the_drawing_says_the_same_as_its_table(lin: Actor, look: Look) -> None:
    for days in (1, 40, 40, 200):
        look(lin, at=NOW - timedelta(days=days))
    look(lin, at=NOW - timedelta(days=300), reason="A-NO-RIGHT")
    look(lin, at=NOW - timedelta(days=500))
    page = sign_in("lin").get("/me/looks").content.decode()
    assert page.count('class="bars__value"') == 3  # three days; what is older than a year is not drawn
    assert page.count('class="strip__strong"') == 1
    assert ">5次<" in page
    assert facade.own_looks(lin, now=NOW).total == 6


@pytest.mark.clause("P4.1a")
def test_a_near_miss_says_that_nothing_came_of_it(lin: Actor, look: Look, market: Office) -> None:
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="case_handling"):
        assert lin.subject_id is not None
        missed = audit.near_misses(
            [lin.subject_id, lin.subject_id],
            by=Search.NAME,
            actor=market.clerk,
            purpose="case_handling",
            channel=Channel.BODY,
            now=NOW,
        )
        (told,) = audit.record_events(missed)
    page = sign_in("lin").get("/me/looks").content.decode()
    assert page.count("有人用姓名查到您，未匹配") == 1
    assert "未匹配，没有提供" in page
    page = sign_in("lin").get(f"/me/looks/{told.event_id}").content.decode()
    assert "您不用做什么" in page
    assert "对您没有影响" in page


def test_a_number_that_came_with_another_name_is_a_near_miss_and_the_right_name_is_a_check(
    lin: Actor, market: Office
) -> None:
    for name in ("望星遥", "林禾舟"):
        subjects.verify(
            IdentifierKind.ID_NO,
            number="390101199001010017",
            name=name,
            actor=market.clerk,
            purpose="statutory_query",
            now=NOW,
        )
    found = [one for one in facade.own_looks(lin, now=NOW).lines if one.purpose == "statutory_query"]
    assert sorted((one.kind, one.reason, one.count, one.body) for one in found) == [
        ("candidate", "number", 0, "YTSJ"),
        ("verify", "", 1, "YTSJ"),
    ]
    assert "有人用您的号码和另一个姓名查找，未匹配" in sign_in("lin").get("/me/looks").content.decode()


def test_a_line_filed_under_anothers_name_is_a_near_miss_of_whose_number_it_is(
    lin: Actor, market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    before = facade.own_looks(lin, now=NOW).total
    wrong = PERSON.replace("林禾舟", "沈书瑶").replace("3号", "77号")
    accept(hand_in((HEAD + wrong).encode(), market, key="wrong").id, market)
    found = facade.own_looks(lin, now=NOW)
    missed = [one for one in found.lines if one.kind == Kind.CANDIDATE]
    assert [(one.body, one.purpose, one.reason, one.count) for one in missed] == [
        ("YTSJ", "filing_review", "number", 0)
    ]
    assert found.total > before


def test_whoever_was_not_fetched_sees_no_near_miss(lin: Actor, market: Office) -> None:
    wang = citizen("wang", "390202198506151023")
    before = facade.own_looks(wang, now=NOW).total
    subjects.verify(
        IdentifierKind.ID_NO,
        number="390101199001010017",
        name="望星遥",
        actor=market.clerk,
        purpose="statutory_query",
        now=NOW,
    )
    assert facade.own_looks(wang, now=NOW).total == before


def test_a_clerk_who_is_also_a_citizen_proves_own_looks_as_a_citizen(
    lin: Actor, look: Look, sequence: Callable[[], int]
) -> None:
    event_id = look(lin)
    sequence()
    both = Actor(
        key=lin.key,
        roles=lin.roles | {Role.AUDIT_ADMIN},
        body="YTSJ",
        area="390100",
        subject_id=lin.subject_id,
    )
    assert json.loads(facade.own_proof(both, event_id, now=NOW))["event"] == str(event_id)
    assert sequence() == 0  # no audit of a stranger's entry was written


@pytest.mark.clause("P3.2b")
def test_the_downloaded_proof_passes_chengxin_verify_and_one_changed_byte_does_not(
    lin: Actor, look: Look, sequence: Callable[[], int], tmp_path: Path
) -> None:
    event_id = look(lin, reference="案-7")
    client = sign_in("lin")
    assert client.get(f"/me/looks/{event_id}/proof").status_code == 422
    sequence()
    told = client.get(f"/me/looks/{event_id}/proof")
    assert told["Content-Disposition"] == f'attachment; filename="look-{event_id}.json"'
    assert told["Cache-Control"] == "no-store"
    paper, keys = tmp_path / "look.json", tmp_path / "keys.txt"
    paper.write_bytes(told.content)
    keys.write_bytes(client.get("/openness/log-keys.txt").content)

    def verdict() -> int:
        return verifier.main(["--keys", str(keys), "proof", str(paper)])

    assert verdict() == 0
    assert "案-7" in json.loads(told.content)["body"]
    for before, after in ((b"case_handling", b"case_handlinh"), ("案-7".encode(), "案-8".encode())):
        assert before in told.content
        paper.write_bytes(told.content.replace(before, after))
        assert verdict() == 1


@pytest.mark.browser
def test_a_person_finds_a_look_and_its_proof_on_a_phone_without_scripts(
    lin: Actor, look: Look, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    look(lin)
    look(lin, purpose="repair", at=NOW - timedelta(days=60))
    look(lin, reason="A-NO-RIGHT", at=NOW - timedelta(days=200))
    page = browser_page(width=320, javascript=False, cookies=(cookie_of("lin", live_server.url),))
    page.goto(live_server.url + "/me/looks")
    keep(page, "looks")
    page.get_by_text("按时间、单位、用途筛选").click()
    page.get_by_label("用途").select_option("repair")
    page.get_by_role("button", name="筛选").click()
    assert page.locator(".looks__line").count() == 1
    page.get_by_role("link", name="详情和证明").click()
    keep(page, "look")
    assert page.get_by_role("link", name="这次查看的证明").is_visible()
    with_scripts = browser_page(width=320, cookies=(cookie_of("lin", live_server.url),))
    for address in ("/me/looks", page.url.removeprefix(live_server.url)):
        with_scripts.goto(live_server.url + address)
        assert problems_of(with_scripts) == []

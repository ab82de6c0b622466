"""我不认可这次查询: one press opens the case, the body explains, two people of the office over it decide."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.audit.contracts import Kind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.casework.jobs import TASKS as CASEWORK
from chengxin.database.contracts import Channel
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade
from chengxin.looks.actions import KEEPER
from chengxin.looks.tests.conftest import NOW, Look, Office, citizen, sign_in
from chengxin.misuse import facade as misuse
from chengxin.notices import facade as notices
from chengxin.objections.tests.conftest import office

__all__ = ["office"]
Officers = tuple[Actor, Actor]


def take(case: Case, verb: str, actor: Actor, reasons: str = "") -> Case:
    return casework.carry_out(case.id, verb=verb, actor=actor, reasons=reasons, now=NOW)


def texts_for(actor: Actor, *, to_subject: bool = False) -> list[str]:
    with access.acting_for(actor, channel=Channel.SELF if to_subject else Channel.BODY, purpose="case_handling"):
        return [one.text for one in notices.list_for(actor)]


def groundless(lin: Actor, look: Look, market: Office, office: Officers) -> tuple[UUID, Case]:
    event_id = look(lin)
    case = facade.challenge(lin, event_id, now=NOW)
    take(case, "explain", market.approver, "当时在办别的案件。")
    take(case, "propose_groundless", office[0], "案件编号为空，说明与时间不符。")
    return event_id, take(case, "find_groundless", office[1], "核对来源系统，没有对应的案件。")


@pytest.mark.clause("P4.2a")
def test_one_press_opens_a_case_that_the_body_that_looked_must_explain(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    event_id = look(lin)
    assert sign_in("lin").post(f"/me/looks/{event_id}/challenge")["Location"] == f"/me/looks/{event_id}?done=1"
    own = facade.own_look(lin, event_id, now=NOW)
    assert own.challenge is not None
    assert (own.challenge.body, own.challenge.state) == ("YTSJ", "explaining")
    assert own.challenge.due_on == date(2026, 11, 30)  # five working days, two of them after a weekend
    page = sign_in("lin").get("/me/looks").content.decode()
    assert "您不认可这次查询：待查询单位说明" in page
    assert "/challenge" not in page
    assert "look_to_explain" in texts_for(market.clerk)
    assert "look_challenged" in texts_for(lin, to_subject=True)
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="case_handling"):
        assert [case.number for case in casework.list_inbox(market.clerk)] == [own.challenge.number]


def test_the_explanation_hands_the_case_to_the_office_over_the_body(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    case = facade.challenge(lin, look(lin), now=NOW)
    with pytest.raises(Refused, match="CASE-STATE"):
        take(case, "propose_shown", market.approver, "我们有依据。")
    handed = take(case, "explain", market.clerk, "办理云市监案7号时查看。")
    assert (handed.body, handed.state, handed.due_on) == ("YTXY", "reviewing", date(2026, 12, 7))
    assert sorted(handed.parties) == ["YTSJ", "YTXY"]
    own = facade.own_look(lin, UUID(case.ref.id), now=NOW)
    assert [step.reasons for step in own.steps if step.verb == "explain"] == ["办理云市监案7号时查看。"]
    assert "look_to_review" in texts_for(office[0])


def test_whoever_proposed_does_not_decide_and_reasons_are_needed(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    case = facade.challenge(lin, look(lin), now=NOW)
    take(case, "explain", market.clerk, "办理云市监案7号时查看。")
    take(case, "propose_shown", office[0], "案件真实存在。")
    with pytest.raises(Refused, match="A-FOUR-EYES"):
        take(case, "find_shown", office[0], "案件真实存在，用途相符。")
    with pytest.raises(Refused, match="CASE-REASONS"):
        take(case, "find_shown", office[1])
    assert take(case, "find_shown", office[1], "核对了案卷，用途相符。").state == "shown"
    assert "look_shown" in texts_for(lin, to_subject=True)
    assert facade.raise_leads(since=None, now=NOW) == 0


@pytest.mark.clause("P4.2b")
def test_a_look_without_ground_is_marked_told_and_becomes_a_lead_once(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    event_id, _case = groundless(lin, look, market, office)
    assert "没有依据，已转违规查询核查" in sign_in("lin").get("/me/looks").content.decode()
    assert "look_groundless" in texts_for(lin, to_subject=True)
    assert "look_found_groundless" in texts_for(market.clerk)
    assert facade.raise_leads(since=None, now=NOW) == 1
    assert facade.raise_leads(since=NOW, now=NOW + timedelta(days=1)) == 0
    own = misuse.list_own_alerts(market.clerk)
    assert [(alert.patterns, alert.looks, alert.persons) for alert in own] == [(("challenge",), 1, 1)]
    with pytest.raises(Refused, match="LOOK-ALREADY"):
        facade.challenge(lin, event_id, now=NOW)


def test_what_is_not_explained_in_time_goes_to_review_by_itself(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    case = facade.challenge(lin, look(lin), now=NOW)
    assert facade.hand_on_unexplained(now=NOW + timedelta(days=7)) == 0  # the last day is still theirs
    assert facade.hand_on_unexplained(now=NOW + timedelta(days=8)) == 1
    assert facade.hand_on_unexplained(now=NOW + timedelta(days=8)) == 0
    own = facade.own_look(lin, UUID(case.ref.id), now=NOW).challenge
    assert own is not None
    assert (own.state, own.body) == ("reviewing", "YTXY")
    assert "look_not_explained" in texts_for(lin, to_subject=True)


def test_nobody_challenges_the_look_at_another_and_a_refusal_opens_nothing(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    theirs = look(citizen("wang", "390202198506151023"))
    assert sign_in("lin").post(f"/me/looks/{theirs}/challenge").status_code == 404
    with pytest.raises(Refused, match="SIGN_IN_REQUIRED"):
        facade.challenge(market.clerk, theirs, now=NOW)
    sign_in("lin").get("/me")
    own = facade.own_looks(lin, now=NOW).lines[0].event_id
    act = look(lin, kind=Kind.DECIDE)
    for event_id, code in ((own, "LOOK-OWN"), (act, "LOOK-ACT")):
        with pytest.raises(Refused, match=code):
            facade.challenge(lin, event_id, now=NOW)
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose="look_challenge"):
        assert casework.list_overdue("look_challenge", now=NOW + timedelta(days=99)) == []
    assert "look_to_explain" not in texts_for(market.clerk)


def test_a_person_adds_a_word_without_a_number_and_takes_it_back_and_may_come_again(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    event_id = look(lin)
    facade.challenge(lin, event_id, now=NOW)
    client = sign_in("lin")
    refused = client.post(f"/me/looks/{event_id}", {"act": "add", "words": "我是390101199001010017"})
    assert refused.status_code == 422
    assert client.post(f"/me/looks/{event_id}", {"act": "add", "words": "我没有去办过事。"}).status_code == 302
    assert "我没有去办过事。" in client.get(f"/me/looks/{event_id}").content.decode()
    assert client.post(f"/me/looks/{event_id}", {"act": "take_back"}).status_code == 302
    own = facade.own_look(lin, event_id, now=NOW).challenge
    assert own is not None
    assert own.state == "taken_back"
    assert facade.challenge(lin, event_id, now=NOW).state == "explaining"


def test_the_office_reads_the_look_as_the_person_does_and_no_name(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    case = facade.challenge(lin, look(lin, reference="案-7"), now=NOW)
    take(case, "explain", market.clerk, "办理云市监案7号时查看。")
    page = sign_in("xy-first").get(f"/office/cases/{case.id}").content.decode()
    assert "案-7" in page
    assert "经办人员" in page
    assert "林禾舟" not in page
    assert "account:" not in json.dumps(dict(case.facts))


@pytest.mark.clause("P4.3a")
def test_the_figures_of_service_count_challenges_per_office(
    lin: Actor, look: Look, market: Office, office: Officers
) -> None:
    groundless(lin, look, market, office)
    next(task for task in CASEWORK if task.name == "casework.day").run(NOW + timedelta(days=1), None)
    page = sign_in("lin").get("/service-performance").content.decode()
    assert "不认可一次查询" in page
    assert "云汀市信用办公室" in page


@pytest.mark.browser
def test_a_person_challenges_a_look_on_a_phone_without_scripts(
    lin: Actor, look: Look, office: Officers, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    look(lin)
    page = browser_page(width=320, javascript=False, cookies=(cookie_of("lin", live_server.url),))
    page.goto(live_server.url + "/me/looks")
    page.get_by_role("button", name="我不认可这次查询").click()
    assert page.get_by_text("已经受理").is_visible()
    page.get_by_label("补充说明").fill("我没有在这个单位办过事。")
    page.get_by_role("button", name="补充说明").click()
    assert page.get_by_text("我没有在这个单位办过事。", exact=True).is_visible()
    keep(page, "challenge")
    with_scripts = browser_page(width=320, cookies=(cookie_of("lin", live_server.url),))
    with_scripts.goto(page.url)
    assert problems_of(with_scripts) == []

"""窗口代填: a person without a phone stands at the counter; a clerk fills in for them, for an hour, and they see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from playwright.sync_api import Page, expect
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives import facade
from chengxin.archives.contracts import DocumentKind
from chengxin.archives.hall import Claim
from chengxin.archives.models import CounterVisit
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.archives.tests.test_hall import NUMBER, OTHER, THERE, post, window
from chengxin.archives.tests.test_pages import keep
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW
from chengxin.intake.tests.test_journey import cookie_of
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade as looks
from chengxin.notices import facade as notices
from chengxin.objections import facade as objections
from chengxin.objections.contracts import Ground
from chengxin.representation import facade as representation
from chengxin.representation.contracts import Mandate

__all__ = ["window"]
LIN = Claim(name="林禾舟", number=NUMBER, document=DocumentKind.ID_CARD, is_present=True)
ASKED = {**THERE, "is_asked": "on"}


@pytest.fixture(autouse=True)
def today() -> object:
    with simulated(NOW):
        yield


@world
def turn(window: Actor) -> Mandate:
    """Return what lets the clerk fill in for the person who stands there."""
    return facade.begin_filing(window, LIN, now=NOW)


def filling(window: Actor, turn: Mandate) -> Actor:
    return representation.stand_in(window, turn)


def file(actor: Actor) -> str:
    line = facade.own_archive(actor, now=NOW).lines[0].record_id
    return objections.object_to(actor, line, ground=Ground.ERROR, words="金额写错了。", now=NOW).number


def refused(code: str, do: Callable[[], object]) -> None:
    with pytest.raises(Refused) as raised:
        do()
    assert raised.value.refusal.code == code


def lines_seen(actor: Actor) -> int:
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"), connection.cursor() as cursor:
        cursor.execute("select count(*) from records_version")
        return int(cursor.fetchone()[0])


@pytest.mark.clause("P3.4a")
def test_a_clerk_objects_for_who_stands_there_and_the_person_holds_the_number_on_paper(
    lin: Actor, window: Actor
) -> None:
    client = sign_in("window")
    begun = client.post("/hall/filing", ASKED)
    assert (begun.status_code, begun.headers["Location"]) == (302, "/me")
    archive = client.get("/me").content.decode()
    assert "您正在代林禾舟办理" in archive
    line = archive.split('href="/me/objections/new/', 1)[1].split('"', 1)[0]
    sent = client.post(f"/me/objections/new/{line}", {"ground": "error", "words": "金额写错了。"})
    number = sent.headers["Location"].split("/")[3].split("?")[0]
    paper = client.get("/hall/filing/receipt").content.decode()
    for words in (number, "林禾舟", "异议", "由哪里办理", "不收费"):
        assert words in paper
    assert NUMBER not in paper
    assert client.post("/me/representation/stop").headers["Location"] == "/hall/filing"
    assert client.get("/me").status_code == 403, "Nothing of the person is open once their turn is over."
    assert client.get("/hall/filing/receipt").status_code == 422
    page = sign_in("lin").get(f"/me/objections/{number}").content.decode()
    assert "当事人，在云汀市政务服务中心的窗口代填" in page
    assert "当事人的代理人" not in page


@pytest.mark.clause("P3.4a")
def test_redline_07_the_person_is_told_at_once_and_sees_where_by_which_paper_and_what_was_looked_at(
    lin: Actor, window: Actor, turn: Mandate
) -> None:
    number = file(filling(window, turn))
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        told = [one.kind for one in notices.list_for(lin)]
    assert "filing_at_counter.begin" in told
    page = sign_in("lin").get("/me/looks").content.decode()
    assert "在办事大厅窗口开始替您填写申请：本人到场，核对了居民身份证原件" in page
    assert "办事大厅窗口（云汀市政务服务中心）" in page
    assert "窗口人员，您在场时替您填写" in page
    assert "在办事大厅替到场的本人填写申请" in page
    assert "我不认可这次查询" in page, "Who was not there says so of the check of their card."
    assert number in sign_in("lin").get("/me/objections").content.decode()


def test_redline_06_nothing_is_filled_in_for_who_is_not_there_was_not_asked_or_is_the_clerk(window: Actor) -> None:
    client = sign_in("window")
    absent = client.post("/hall/filing", {**ASKED, "is_present": ""})
    assert (absent.status_code, "HALL-NOT-PRESENT" in absent.content.decode()) == (422, True)
    unasked = client.post("/hall/filing", THERE)
    assert (unasked.status_code, "id_is_asked_error" in unasked.content.decode()) == (422, True)
    wrong = client.post("/hall/filing", {**ASKED, "number": OTHER})
    assert "HALL-UNABLE" in wrong.content.decode()
    assert sign_in("lin").get("/hall/filing").status_code == 403
    own = citizen("wang", OTHER)
    clerk = replace(window, subject_id=own.subject_id)
    refused("HALL-SELF", lambda: facade.begin_filing(clerk, replace(LIN, name="望星遥", number=OTHER), now=NOW))
    with access.acting_for(window, channel=Channel.BODY, purpose="filing_at_counter"):
        assert CounterVisit.objects.filter(subject_id__isnull=False).count() == 0


def test_it_ends_with_the_turn_with_the_hour_and_when_the_person_says_so(
    lin: Actor, window: Actor, turn: Mandate
) -> None:
    clerk = filling(window, turn)
    assert lines_seen(clerk) == 1
    without_post = replace(window, roles=frozenset())
    assert representation.find_live(without_post, turn.id, turn.subject_id, now=NOW) is None
    late = NOW + timedelta(minutes=60)
    with simulated(late):
        assert lines_seen(clerk) == 0
        assert representation.find_live(window, turn.id, turn.subject_id, now=late) is None
    assert lines_seen(clerk) == 1
    representation.end(lin, turn.id, now=NOW)
    assert lines_seen(clerk) == 0


def test_a_clerk_may_not_do_what_a_representative_may_not(window: Actor, turn: Mandate) -> None:
    clerk = filling(window, turn)
    number = file(clerk)
    case = next(case for case in facade.list_filed(clerk, now=NOW) if case.number == number)
    refused("A-BEYOND-SCOPE", lambda: casework.carry_out(case.id, verb="take_back", actor=clerk, now=NOW))
    refused("A-BEYOND-SCOPE", lambda: looks.own_looks(clerk, now=NOW))
    themselves = replace(window, subject_id=citizen("wang", OTHER).subject_id, roles=frozenset({Role.CITIZEN}))
    assert representation.both_sides(themselves, now=NOW).held == [], "What is filled in is no mandate of the clerk's."


FORGED = """
    insert into representation_mandate (id, number, subject_id, ground, scopes, sealed_name, holder_key, granted_at,
                                        granted_by, ends_on, accepted_at, ended_by)
    values (%s, 'x', %s, 'counter', '{look,object}', '\\x01', %s, %s, %s, %s, %s, '')
"""


@pytest.mark.parametrize("forgery", ["no visit", "another's visit", "a visit that is over", "another's account"])
def test_a_clerk_lays_nothing_by_themselves(lin: Actor, window: Actor, turn: Mandate, forgery: str) -> None:
    visit = {"no visit": uuid4(), "a visit that is over": turn.id}.get(forgery, turn.id)
    actor = post("other", body="YTDT") if forgery == "another's visit" else window
    holder = "account:x" if forgery == "another's account" else actor.key
    tomorrow = NOW.date() + timedelta(days=1)
    at = {"channel": Channel.COUNTER, "purpose": "filing_at_counter", "case_ref": str(visit)}
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        access.acting_for(actor, attended_id=lin.subject_id, **at),
        connection.cursor() as cursor,
    ):
        cursor.execute(FORGED, [uuid4(), lin.subject_id, holder, NOW, f"visit:{visit}", tomorrow, NOW])


@pytest.mark.browser
@pytest.mark.clause("P3.4a")
@pytest.mark.django_db(transaction=True)
def test_an_old_person_gets_an_objection_filed_and_takes_the_paper_home(
    live_server: Any, window: Actor, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=[cookie_of("window", url)])
    page.goto(f"{url}/hall/filing")
    keep(page, "filing-form")
    page.get_by_label("姓名", exact=True).fill("林禾舟")
    page.get_by_label("身份证号码").fill(NUMBER)
    page.get_by_label("核对的证件原件").select_option("id_card")
    page.get_by_label("本人在窗口").check()
    page.get_by_label("本人当面要求窗口代填").check()
    page.get_by_role("button", name="核对并开始代填").click()
    expect(page.locator("aside.standin")).to_contain_text("您正在代林禾舟办理")
    keep(page, "filing-archive")
    page.locator('a[href^="/me/objections/new/"]').first.click()
    page.get_by_label("内容有误").check()
    page.get_by_label("请用自己的话写明").fill("金额写错了。")
    page.get_by_role("button", name="提交异议").click()
    expect(page.locator("main")).to_contain_text("异议已经提交")
    page.get_by_role("link", name="打印回执").click()
    expect(page.locator(".receipt__number")).to_be_visible()
    keep(page, "filing-receipt")
    page.go_back()
    page.get_by_role("button", name="办完了，结束").click()
    expect(page.locator("h1")).to_contain_text("窗口代填")

"""A complaint about a courier company: seven days, then by itself to the postal authority; figures of companies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import orjson
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from playwright.sync_api import Page, expect
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.casework.jobs import turn_the_day
from chengxin.couriers import facade as couriers
from chengxin.couriers.contracts import Company, Entry
from chengxin.couriers.tests.test_couriers import company, post
from chengxin.couriers.tests.test_payments import bank, institution
from chengxin.database.contracts import Channel
from chengxin.disputes import facade, models
from chengxin.disputes.company_figures import courier_figures, payment_figures
from chengxin.disputes.contracts import Contact, Offer, Received, Told
from chengxin.disputes.reaching import CONSUMER, HANDLING
from chengxin.disputes.tests.conftest import DAY, WHO, Town, complain, town
from chengxin.disputes.tests.test_course import code_of, mine
from chengxin.disputes.tests.test_journey import living_on
from chengxin.intake.tests.conftest import MARKET, NOW, SETUP, Office, accept, ground, hand_in, market
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.ids import new_id
from chengxin.market.tests.conftest import sold, today
from chengxin.notices import facade as notices
from chengxin.objections.tests.conftest import officer
from chengxin.reviews.tests.conftest import firm

__all__ = ["accept", "bank", "company", "firm", "ground", "hand_in", "institution", "market", "post", "sold", "today"]
__all__ += ["town"]
PARCEL, LATE = "YT20261101", "说好三天，十天没有到，电话13900000000。"
FIND = Offer(what="deliver")


@dataclass(frozen=True)
class Road:
    """A courier company, its own account, its body's clerk, the postal officer and a platform's officer."""

    company: Company
    own: Actor
    clerk: Actor
    postal: Actor
    outsider: Actor


@world
def road(company: Company, post: Office, market: Office) -> Road:
    account = access.open_account("swift-own", actor=SETUP, now=NOW, subject_id=company.subject_id)
    found = access.find_account_by_id(account.id, on=NOW.date())
    assert found is not None
    return Road(
        company=company,
        own=access.actor_for_account(found, on=NOW.date()),
        clerk=officer("swift-clerk", "SWIFT", Role.CLERK),
        postal=officer("post-officer", post.body, Role.CASE_OFFICER),
        outsider=officer("market-officer", market.body, Role.CASE_OFFICER),
    )


def tell(*, contact: Contact = WHO, parcel: str = PARCEL) -> Received:
    told = Told(company=MARKET, order=parcel, matter="late", asks="deliver", text=LATE, contact=contact)
    return facade.receive(told, now=NOW)


@pytest.mark.clause("E2.4a")
def test_a_courier_company_says_within_seven_days_what_it_did_and_both_sides_read_the_same_clock(road: Road) -> None:
    received = tell()
    own = facade.get_by_code(received.code)
    assert (own.procedure, own.shop_id, own.case.state, own.case.body, own.case.due_on) == (
        "courier_complaint",
        None,
        "first",
        "SWIFT",
        date(2026, 11, 30),
    )
    assert facade.list_for(road.postal) == facade.list_for(road.outsider) == []
    found = mine(road.own)
    opened = orjson.loads(facade.open_entry(road.own, found.id, found.entries[0].digest, now=NOW))
    assert {name: opened[name] for name in ("text", "parcel")} == {
        "text": "说好三天，十天没有到，电话＊＊＊。",
        "parcel": PARCEL,
    }
    assert code_of(facade.open_contact, road.clerk, found.id, now=NOW) == "ABSENT"
    with access.acting_for(road.own, channel=Channel.SELF, purpose="own_archive"):
        assert [one.text for one in notices.list_for(road.own)] == ["courier_complaint_received"]
    facade.act(road.clerk, found.id, verb="answer_for", reasons="今天送到。", offer=FIND, now=NOW + 2 * DAY)
    course = facade.course_by_code(received.code, now=NOW + 2 * DAY)
    for actor in (road.own, road.clerk):
        assert facade.course_for(actor, found.id, now=NOW + 2 * DAY) == course
    assert [(one.key, one.last_day, one.stopped_on) for one in course[1]] == [
        ("courier.complaint", date(2026, 11, 30), date(2026, 11, 25)),
        ("dispute.reply", date(2026, 12, 9), None),
    ]
    facade.act_by_code(received.code, verb="confirm", now=NOW + 3 * DAY)
    assert facade.get_by_code(received.code).case.state == "settled"


@pytest.mark.clause("E2.4a")
def test_a_company_that_says_nothing_for_seven_days_finds_the_complaint_with_the_postal_authority(road: Road) -> None:
    received = tell()
    assert turn_the_day(NOW + 7 * DAY, None)["lapsed"] == 0
    passed = NOW + 8 * DAY
    assert turn_the_day(passed, None)["lapsed"] == 1
    assert turn_the_day(passed, None)["lapsed"] == 0
    own = facade.get_by_code(received.code)
    assert (own.case.state, own.case.body, own.case.due_on) == ("received", "YTYZ", date(2026, 12, 31))
    found = mine(road.postal)
    assert facade.open_contact(road.postal, found.id, now=passed) == WHO
    assert facade.course_for(road.own, found.id, now=passed) == facade.course_by_code(received.code, now=passed)
    assert [step.verb for step in facade.course_for(road.clerk, found.id, now=passed)[0]][-1] == "go_up"
    assert "answer" not in facade.verbs_for(road.own, found.id, now=passed)
    words = "经查，企业没有按约定时限投递，已责令改正。"
    facade.act(road.postal, found.id, verb="reply", reasons=words, now=passed + DAY)
    assert facade.get_by_code(received.code).case.state == "replied"
    held = courier_figures(road.company.subject_id, now=passed + DAY)
    assert (held.complaints, held.due, held.in_time, held.went_up, held.share) == (1, 1, 0, 1, None)


@pytest.mark.clause("E2.4a")
def test_who_is_not_content_goes_up_and_a_complaint_is_about_one_alone(road: Road) -> None:
    received = tell(contact=Contact())
    found = mine(road.own)
    facade.act(road.own, found.id, verb="answer", reasons="天气原因。", offer=Offer(what="explain"), now=NOW + DAY)
    facade.act_by_code(received.code, verb="go_up", now=NOW + 2 * DAY)
    assert mine(road.postal).case.state == "received"
    keeps_one_of_the_two(found.id)
    assert code_of(tell, parcel="1 2") == "DSP-PARCEL"


def keeps_one_of_the_two(dispute_id: UUID) -> None:
    """See that the database keeps a complaint about one of the two, never of both or none."""
    with access.acting_for(CONSUMER, channel=Channel.JOB, purpose=HANDLING):
        row = models.Dispute.objects.get(id=dispute_id)
        row.id, row.case_id, row.number, row.tag = new_id(NOW), new_id(NOW), "JD-X", b"0" * 16
        for shop_id, procedure in ((new_id(NOW), "courier_complaint"), (None, "dispute")):
            row.shop_id, row.procedure = shop_id, procedure
            with pytest.raises(IntegrityError, match="disputes_dispute_about_one"), transaction.atomic():
                row.save(force_insert=True)


@pytest.mark.clause("E2.4a")
def test_where_nobody_acts_for_the_company_its_authority_holds_the_case_and_does_not_answer_for_it(
    road: Road, post: Office
) -> None:
    couriers.register_company(post.clerk, Entry(uscc=MARKET, names=road.company.names), now=NOW)
    tell()
    found = mine(road.postal)
    assert (found.case.state, found.case.body, found.platform) == ("first", "YTYZ", "")
    attempt = {"verb": "answer_for", "reasons": "企业已经处理。", "offer": FIND, "now": NOW + DAY}
    assert code_of(facade.act, road.postal, found.id, **attempt) == "DSP-NOT-THE-COMPANY"
    assert mine(road.postal).terms == ()
    assert (
        facade.act(road.own, found.id, verb="answer", reasons="今天送到。", offer=FIND, now=NOW + DAY).state
        == "answered"
    )


@pytest.mark.clause("E2.4a")
def test_the_pages_lead_from_the_company_to_its_complaint_and_show_the_figures(road: Road) -> None:
    with simulated(NOW):
        client = Client()
        page = client.get(f"/couriers/{MARKET}").content.decode()
        assert f"/complain?courier={MARKET}" in page
        assert "0件，共0件" in page
        assert "件数太少，不算比例" in page
        form = client.get(f"/complain?courier={MARKET}").content.decode()
        for said in ("投诉寄递企业", "寄递企业七日内处理并告知您", "运单号", "送得晚", "查找、尽快送到"):
            assert said in form, said
        assert "假冒" not in form
        given = {"code": f"/couriers/{MARKET}", "matter": "late", "asks": "deliver", "text": LATE, "parcel": ""}
        bare = client.post("/complain", {**given, "stage": "tell"})
        assert (bare.status_code, "请填写运单号" in bare.content.decode()) == (422, True)
        given["parcel"] = PARCEL
        check = client.post("/complain", {**given, "stage": "tell"}).content.decode()
        assert "寄递企业看到的就是这段话" in check
        done = client.post("/complain", {**given, "stage": "send"}).content.decode()
        assert "寄递企业要在七日内处理并告诉您" in done
        staff = sign_in("swift-clerk")
        (found,) = facade.list_for(road.clerk)
        assert "云汀禾木商贸有限公司" in staff.get("/biz/complaints").content.decode()
        one = staff.get(f"/biz/complaints/{found.id}").content.decode()
        for said in ("企业处理并告知", "2026年11月30日", "到期还没有办的：转邮政管理部门"):
            assert said in one, said


@pytest.mark.clause("E2.3a")
def test_complaints_about_payments_are_counted_by_the_institution_that_was_named(
    town: Town, institution: Company
) -> None:
    for place in range(3):
        complain(town.shop, matter="payment", institution=institution.uscc if place else "", order="")
    complain(town.shop, matter="quality", institution=institution.uscc, order="")
    assert code_of(complain, town.shop, matter="payment", institution="91390100MA0000099X") == "ABSENT"
    held = payment_figures(institution.uscc, now=NOW + DAY)
    assert (held.named, held.of_this, held.settled, held.running, held.share) == (2, 2, 0, 2, None)


@pytest.mark.browser
@pytest.mark.clause("E2.4a")
@pytest.mark.django_db(transaction=True)
def test_on_a_phone_without_scripts_a_user_comes_from_the_company_to_the_postal_authority(
    live_server, road: Road, browser_page: Callable[..., Page]
) -> None:
    url, page = live_server.url, browser_page(width=360, javascript=False)
    page.goto(f"{url}/couriers/{MARKET}#complaints")
    keep(page, "couriers-company")
    page.get_by_role("link", name="投诉这家企业").click()
    page.get_by_label("运单号").fill(PARCEL)
    page.get_by_label("送得晚").check()
    page.get_by_label("说说经过").fill(LATE)
    page.get_by_label("查找、尽快送到").check()
    keep(page, "couriers-tell")
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.locator("main")).to_contain_text(PARCEL)
    keep(page, "couriers-check")
    page.get_by_role("button", name="提交投诉").click()
    code = page.locator("main strong").last.inner_text()
    assert turn_the_day(NOW + 8 * DAY, None)["lapsed"] == 1
    with living_on(NOW + 8 * DAY):
        page.goto(f"{url}/complain/follow")
        page.get_by_label("查询码").fill(code)
        page.get_by_role("button", name="查看", exact=True).click()
        for said in ("已转邮政管理部门", "2026年11月30日", "自动办理", "运单号：YT20261101"):
            expect(page.locator("main")).to_contain_text(said)
        keep(page, "couriers-followed")
        staff = browser_page(width=360, javascript=False, cookies=[cookie_of("post-officer", url)])
        staff.goto(f"{url}/biz/complaints/{mine(road.postal).id}")
        expect(staff.locator("main")).to_contain_text("答复申诉")
        keep(staff, "couriers-postal")

"""Supervisors: appointed for a term, blind to the merchant, and a report without proof never becomes a lead."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from django.test import Client
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.archives.tests.conftest import lin
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.casework.papers import open_paper
from chengxin.database.contracts import Channel
from chengxin.inspections import facade
from chengxin.inspections.tests.conftest import City, act, code, days_later, paper
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.kernel.actor import Actor
from chengxin.leads.models import Finding, Lead

__all__ = ["lin"]
WHY = "会用网购，愿意监督食品安全，电话13900000000。"
SEEN = "9月买的红豆糕没有生产日期，联系卖家13900000000不理。"


@world
def appointed(city: City, lin: Actor, market: Office) -> Case:
    case = facade.apply(lin, body=market.body, words=WHY, now=NOW)
    return act(case.id, "appoint", city.first)


def visit(city: City, appointed: Case, *, shop: str = "S-1") -> Case:
    words = "买一份红豆糕，看标签。"
    return facade.assign(city.first, appointed.id, platform="SHOP", shop=shop, words=words, now=NOW)


def kept() -> tuple[int, int]:
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="lead_detection"):
        return Finding.objects.count(), Lead.objects.count()


def read(case_id: UUID, officer: Actor) -> None:
    with access.acting_for(officer, channel=Channel.BODY, purpose="case_handling"):
        for digest in casework.papers_of(case_id):
            open_paper(case_id, digest, actor=officer, now=NOW)


@pytest.mark.clause("E2.5c")
def test_a_report_without_proof_becomes_no_lead_and_one_with_proof_only_by_an_officer_who_read_it(
    city: City, appointed: Case, lin: Actor, merchant: Actor
) -> None:
    case = visit(city, appointed)
    own = sign_in("lin")
    for address in ("/feedback/supervisors", f"/me/supervision/{case.number}"):
        assert case.number in own.get(address).content.decode()
    assert "登录以后可以申请" in Client().get("/feedback/supervisors").content.decode()
    report = partial(facade.report_visit, lin, case.number, words=SEEN, now=NOW)
    assert code(partial(report, papers=())) == "CASE-EVIDENCE evidence"
    assert code(partial(facade.pass_on, city.first, case.id, now=NOW)) == "IN-NOT-CREDIBLE"
    report(papers=paper("label"))
    assert code(partial(facade.pass_on, city.first, case.id, now=NOW)) == "IN-NOT-CREDIBLE"
    assert code(partial(act, case.id, "accept", city.first, reasons="凭证齐全。")) == "CASE-UNOPENED"
    read(case.id, city.first)
    act(case.id, "accept", city.first, reasons="凭证齐全。")
    assert kept() == (0, 0)
    assert "转为线索" in sign_in("sj-first").get(f"/dept/cases/{case.id}").content.decode()
    facade.pass_on(city.first, case.id, now=NOW)
    assert kept() == (1, 1)
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="lead_detection"):
        note = Finding.objects.get()
    assert (note.family, note.outcome, "13900000000" in str(note.values)) == ("supervisor", "", False)
    assert code(partial(facade.pass_on, city.first, case.id, now=NOW)) == "IN-NOT-CREDIBLE"
    assert "已转线索" in own.get(f"/me/supervision/{case.number}").content.decode()


@pytest.mark.clause("E2.5c")
def test_a_merchant_and_its_platform_never_see_a_visit_and_nobody_visits_their_own_shop(
    city: City, appointed: Case, merchant: Actor
) -> None:
    visit(city, appointed)
    for who, channel in ((merchant, Channel.SELF), (city.clerk, Channel.BODY)):
        with access.acting_for(who, channel=channel, purpose="inspection"):
            assert [len(casework.list_of(one)) for one in ("mystery_shopping", "supervision")] == [0, 0]
    assert code(partial(visit, city, appointed, shop="G-1")) == "IN-SHOP shop"
    assert code(partial(visit, city, appointed, shop="S-99")) == "IN-SHOP shop"


@pytest.mark.clause("E2.5c")
def test_an_appointment_is_a_persons_and_ends_by_its_term_and_with_it_the_reports(
    city: City, appointed: Case, lin: Actor, merchant: Actor
) -> None:
    assert code(partial(facade.apply, merchant, body=city.first.body, words=WHY, now=NOW)) == "IN-NOT-A-PERSON"
    case = visit(city, appointed)
    assert code(partial(facade.apply, lin, body=city.first.body, words=WHY, now=NOW)) == "IN-APPLIED"
    act(appointed.id, "resign", lin)
    report = partial(facade.report_visit, lin, case.number, words=SEEN, papers=paper("label"), now=NOW)
    assert code(report) == "IN-NO-SUPERVISOR"
    assert code(partial(visit, city, appointed)) == "IN-NO-SUPERVISOR supervisor"
    again = act(facade.apply(lin, body=city.first.body, words=WHY, now=NOW).id, "appoint", city.first)
    days_later(364)
    assert facade.find_own_case(lin, again.number).state == "appointed"
    days_later(368)
    assert facade.find_own_case(lin, again.number).state == "over"
    assert facade.find_own_case(lin, case.number).state == "lapsed"

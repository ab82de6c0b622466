"""A data-cooperation agreement: two officers, fields of no person, a term, a switch, and nothing a moment later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from playwright.sync_api import Page
from tests.browser_plugin import problems_of

from chengxin.access import facade as access
from chengxin.amendments.tests.conftest import credit_office
from chengxin.archives.tests.programs import Program, register
from chengxin.consents import facade, models
from chengxin.consents.contracts import Agreement, Terms
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, SETUP, Office, accept, ground, hand_in, market
from chengxin.intake.tests.test_journey import cookie_of, keep
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated, start_of
from chengxin.kernel.refusal import Refused
from chengxin.market.tests.conftest import FIRM, LICENCE, licence
from chengxin.objections.tests.conftest import officer, today

__all__ = ["accept", "ground", "hand_in", "market", "today"]
ADDRESS = f"/api/v1/public/subjects/{FIRM}"
REMARK = "现场核查过两次"
TERMS = Terms(
    number="云信合〔2026〕3号",
    partner="PART",
    purpose="上架前核对许可",
    basis=("EC/27",),
    item_fields={"licence": ("remark",)},
    summary="向平台提供许可备注，只用于核对商家资质。",
    starts_on=date(2026, 11, 23),
    ends_on=date(2027, 5, 1),
)


@pytest.fixture
def two(ground: None) -> tuple[Actor, Actor]:
    access.open_bodies([credit_office("YTXY", "3901", "云汀市信用办公室")], actor=SETUP, now=NOW)
    return officer("xy-first", "YTXY"), officer("xy-second", "YTXY")


@pytest.fixture
def partner(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Program:
    line = licence(1, until="2028-02-11").rstrip("\n")
    text = LICENCE.rstrip("\n") + ",备注\n" + f"{line},{REMARK}\n"
    batch = accept(hand_in(text.encode(), market, item="licence").id, market)
    assert (batch.accepted, batch.published) == (1, 1)
    return register("PART", "record.read_public")


def concluded(two: tuple[Actor, Actor], **changed: Any) -> Agreement:
    drafted = facade.draft_agreement(two[0], replace(TERMS, **changed), now=NOW)
    return facade.approve_agreement(two[1], drafted.id, now=NOW)


def read(program: Program | None, at: datetime = NOW) -> tuple[bool, dict[str, str]]:
    with simulated(at):
        answer = program.get(ADDRESS) if program else Client().get(ADDRESS)
    assert answer.status_code == 200, answer.content
    return REMARK in answer.content.decode(), answer.json()["agreements"]


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return f"{refused.value.refusal.code} {refused.value.refusal.field}".strip()


@pytest.mark.clause("E4.3a")
@pytest.mark.clause("E3.4c")
def test_an_agreement_opens_its_fields_and_stops_at_the_next_call_when_it_ends_or_is_stopped(
    two: tuple[Actor, Actor], partner: Program
) -> None:
    number, other = TERMS.number, register("OTHER", "record.read_public")
    assert read(partner) == (False, {})
    drafted = facade.draft_agreement(two[0], TERMS, now=NOW)
    assert read(partner) == (False, {})
    assert code(lambda: facade.approve_agreement(two[0], drafted.id, now=NOW)) == "AG-SAME-HAND"
    facade.approve_agreement(two[1], drafted.id, now=NOW)
    assert read(partner) == (True, {number: ""})
    assert (read(other), read(None)) == ((False, {}), (False, {}))
    ends = start_of(TERMS.ends_on)
    assert read(partner, ends.replace(microsecond=0)) == (False, {number: "A-AUTHORISATION-ENDED"})
    with simulated(NOW):
        facade.stop_agreement(two[0], drafted.id, because="发现超出用途使用", now=NOW)
    assert read(partner) == (False, {number: "A-AUTHORISATION-ENDED"})
    page = Client().get("/agreements").content.decode()
    assert [said in page for said in ("已停用", "发现超出用途使用", "上架前核对许可", "备注")] == [True] * 4


@pytest.mark.clause("E3.4c")
def test_one_that_has_not_begun_opens_nothing_and_the_last_day_still_does(
    two: tuple[Actor, Actor], partner: Program
) -> None:
    concluded(two, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 25))
    moments = (NOW, start_of(date(2026, 11, 24)), start_of(date(2026, 11, 24)).replace(hour=23, minute=59))
    assert [read(partner, at)[0] for at in moments] == [False, True, True]


@pytest.mark.clause("E3.4c")
@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        ({"item_fields": {"licence": ("remark", "legal_rep_id_no")}}, "AG-PERSONAL item_fields"),
        ({"item_fields": {"licence": ("licence_no",)}}, "AG-FIELD item_fields"),
        ({"item_fields": {"nothing": ("remark",)}}, "AG-FIELD item_fields"),
        ({"item_fields": {}}, "AG-FIELD item_fields"),
        ({"basis": ()}, "AG-BASIS basis"),
        ({"basis": ("D/agreement-term",)}, "AG-BASIS basis"),
        ({"basis": ("EC/999",)}, "AG-BASIS basis"),
        ({"ends_on": date(2029, 11, 24)}, "AG-TERM ends_on"),
        ({"ends_on": date(2026, 11, 23)}, "AG-TERM ends_on"),
        ({"summary": " "}, "AG-WORDS summary"),
        ({"partner": "NOBODY"}, "AG-PARTNER partner"),
    ],
)
def test_an_agreement_without_basis_term_or_words_or_over_a_person_is_not_drafted(
    two: tuple[Actor, Actor], changed: dict[str, Any], answer: str
) -> None:
    access.open_bodies([credit_office("PART", "390100", "云汀平台")], actor=SETUP, now=NOW)
    assert code(lambda: facade.draft_agreement(two[0], replace(TERMS, **changed), now=NOW)) == answer
    assert facade.list_agreements(drafts=True) == []


@pytest.mark.clause("E3.4c")
def test_the_table_itself_refuses_one_person_for_both_and_nobody_else_manages(
    two: tuple[Actor, Actor], partner: Program, market: Office
) -> None:
    one = concluded(two)
    assert code(lambda: facade.stop_agreement(market.clerk, one.id, because="不想给", now=NOW)) == "A-NO-RIGHT"
    assert code(lambda: facade.draft_agreement(market.clerk, TERMS, now=NOW)) == "A-NO-RIGHT"
    assert code(lambda: facade.draft_agreement(two[0], TERMS, now=NOW)) == "AG-NUMBER number"
    with pytest.raises(IntegrityError), access.acting_for(two[0], channel=Channel.OFFICE, purpose="oversight"):
        models.Agreement.objects.filter(id=one.id).update(approved_by=two[0].key)
    assert read(partner)[0] is True


@pytest.mark.browser
@pytest.mark.clause("E3.4c")
@pytest.mark.django_db(transaction=True)
def test_an_office_drafts_another_officer_approves_and_everybody_reads_it(
    live_server, two: tuple[Actor, Actor], browser_page: Callable[..., Page]
) -> None:
    access.open_bodies([credit_office("PART", "390100", "云汀平台")], actor=SETUP, now=NOW)
    url = live_server.url
    first = browser_page(width=360, javascript=False, cookies=[cookie_of("xy-first", url)])
    first.goto(f"{url}/office/agreements")
    for label, said in (
        ("协议文号", TERMS.number),
        ("合作单位代码", "PART"),
        ("做什么用", TERMS.purpose),
        ("法律依据", "EC/27"),
        ("提供哪些字段", "licence: remark"),
        ("公开的摘要", TERMS.summary),
        ("开始日期", "2026-11-23"),
        ("结束日期", "2029-11-01"),
    ):
        first.get_by_label(label).fill(said)
    first.get_by_role("button", name="提交起草").click()
    assert "待批准" in first.inner_text("main")
    second = browser_page(width=360, javascript=False, cookies=[cookie_of("xy-second", url)])
    second.goto(f"{url}/office/agreements")
    second.get_by_role("button", name="批准").click()
    keep(second, "agreements-office")
    seen = browser_page(width=320)
    second.goto(f"{url}/agreements")
    assert "提供中" in second.inner_text("main")
    keep(second, "agreements-public")
    seen.goto(f"{url}/agreements")
    assert problems_of(seen) == []

"""The register, three voices apart, figures from the lake on pages, a look for a use; one world for all claims."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.audit.models import Event
from chengxin.couriers import facade, models
from chengxin.couriers.contracts import Branch, Company, Entry, Status
from chengxin.couriers.rules import is_late
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import MARKET, NOW, SETUP, Office, accept, ground, hand_in, market, open_office
from chengxin.intake.tests.test_main_job import FIRM, HEAD
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated, start_of
from chengxin.kernel.refusal import Refused
from chengxin.lake import facade as lake
from chengxin.lake.contracts import Mode
from chengxin.lake.tests.conftest import Send, order, scan, send, store, waybill
from chengxin.market.tests.conftest import today
from chengxin.objections.tests.conftest import officer
from chengxin.records import facade as records

__all__ = ["accept", "ground", "hand_in", "market", "send", "store", "today"]
SWIFT, HILL = "云汀迅达", "云岭快运"


@world
def post(ground: None) -> Office:
    """Return the postal authority: whoever may list courier companies."""
    return open_office("YTYZ", "云汀市邮政管理局", MARKET, "390100", ("serious_list.courier",), kind="post")


@world
def company(market: Office, post: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Company:
    """Return a courier company with a public penalty, two names on waybills and people of its own."""
    accept(hand_in((HEAD + FIRM).encode(), market).id, market)
    access.open_bodies([replace(access.get_body("YTYZ"), code="SWIFT", name_zh="迅达", uscc="")], actor=SETUP, now=NOW)
    return facade.register_company(post.clerk, Entry(uscc=MARKET, names=(SWIFT, "YTXD"), body="SWIFT"), now=NOW)


def carried(send: Send, courier: str, *, on_time: int, late: int, source: str = "market") -> None:
    """Let a company carry parcels on one lane in March, some in time and some a day late."""
    numbers = [f"{courier}-{place}" for place in range(on_time + late)]
    due = {"delivery_due_at": "2026-03-05T12:00:00+08:00"}
    given: dict[str, Any] = {"platform": source, "mode": Mode.LATE, "now": NOW}
    send("orders", *(order(f"O{one}", **due) for one in numbers), **given)
    send("waybills", *(waybill(f"W{one}", order_id=f"O{one}", courier=courier) for one in numbers), **given)
    collected = [scan("collected", "2026-03-01T18:00:00+08:00", f"W{one}") for one in numbers]
    signed = [
        scan("signed", f"2026-03-0{4 if place < on_time else 6}T12:00:00+08:00", f"W{one}")
        for place, one in enumerate(numbers)
    ]
    send("parcel_scans", *collected, *signed, **given)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


@pytest.mark.clause("E2.4a")
def test_only_the_postal_authority_enters_a_company_and_its_branches(
    company: Company, post: Office, market: Office
) -> None:
    assert (company.name, company.authority, company.names) == ("云汀禾木商贸有限公司", "YTYZ", (SWIFT, "YTXD"))
    entry = Entry(uscc=MARKET, names=(SWIFT,))
    assert code(lambda: facade.register_company(market.clerk, entry, now=NOW)) == "CO-AUTHORITY"
    assert code(lambda: facade.register_company(post.clerk, replace(entry, names=(" ",)), now=NOW)) == "CO-NAMES"
    unknown = replace(entry, uscc="91390100MA0000099X")
    assert code(lambda: facade.register_company(post.clerk, unknown, now=NOW)) == "CO-UNKNOWN"
    branch = Branch(
        number="B-1", name="望川路网点", area="390102", opened_on=date(2026, 1, 1), filed_on=date(2026, 1, 21)
    )
    late = replace(branch, number="B-2", filed_on=date(2026, 1, 22))
    assert facade.file_branches(post.clerk, MARKET, [branch, late], now=NOW) == 2
    assert facade.file_branches(post.clerk, MARKET, [branch], now=NOW) == 0
    page = Client().get(f"/couriers/{MARKET}").content.decode()
    assert [page.count("望川路网点"), page.count("超过二十日备案")] == [2, 1]
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="courier_keeping"):
        row = models.Company.objects.get()
        assert models.Company.objects.update(names=["x"]) == 0
        row.id, row.uscc, row.subject_id = UUID(int=1), "x", UUID(int=2)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.clause("E2.4a")
def test_the_regulators_voice_is_what_may_be_public_now_and_ends_with_it(company: Company, market: Office) -> None:
    (fact,) = facade.list_facts(company.subject_id, now=NOW)
    assert (fact.item, fact.number, fact.what) == ("penalty", "云市监处罚〔2026〕1号", "发布虚假广告")
    assert "发布虚假广告" in Client().get(f"/couriers/{MARKET}").content.decode()
    with access.acting_for(market.clerk, channel=Channel.BODY, purpose="filing"):
        (record,) = records.list_of_subject(company.subject_id)
    assert record.publicity_ends_on is not None
    after = start_of(record.publicity_ends_on)
    assert facade.list_facts(company.subject_id, now=after) == []
    assert len(facade.list_facts(company.subject_id, now=after - timedelta(seconds=1))) == 1
    with simulated(after):
        page = Client().get(f"/couriers/{MARKET}").content.decode()
    assert ["发布虚假广告" in page, "没有公示中的监管认定" in page] == [False, True]


@pytest.mark.clause("E2.4a")
def test_figures_come_from_the_lake_and_stand_on_pages_with_interval_number_and_what_others_have(
    company: Company, store: lake.Store, send: Send
) -> None:
    page = Client().get(f"/couriers/{MARKET}").content.decode()
    assert ["没有数不是不好" in page, page.count("资料不足") >= 6] == [True, True]
    carried(send, SWIFT, on_time=180, late=20)
    carried(send, HILL, on_time=120, late=80)
    carried(send, "olist", on_time=90, late=10, source="olist")
    assert facade.refresh(store=store, now=NOW) == {"figures": 12, "flows": 0, "rates": 20}
    assert facade.refresh(store=store, now=NOW) == {"figures": 0, "flows": 0, "rates": 0}
    # A name that no registered company has is no line of its own: it could be a person's.
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="courier_keeping"):
        assert set(models.Figure.objects.values_list("courier", flat=True)) == {SWIFT, "", "olist"}
        row = models.Figure.objects.filter(courier=SWIFT).first()
        row.courier = HILL
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)
    on_time = next(one for one in facade.list_figures([SWIFT]) if one.measure == "on_time")
    assert (on_time.status, on_time.parcels, on_time.value, on_time.mean) == (Status.COMPARED, 200, 0.9, 0.75)
    assert on_time.figure == pytest.approx(0.75 + 30 / 250)
    assert (on_time.window_from, on_time.window_until) == (date(2025, 12, 2), date(2026, 3, 2))
    names = ("/couriers", f"/couriers/{MARKET}", "/couriers/sources/olist")
    every, own, olist = (Client().get(name).content.decode() for name in names)
    assert ["87.0%" in every, "87.0%" in own, "75.0%" in own] == [True] * 3
    # Olist names no courier: the page says so, shows what was counted, and how often rules over papers fire.
    assert [words in olist for words in ("没有写明是哪家企业承运", "90.0%", "没有其他企业走这些线路", "每万单")] == [
        True
    ] * 4
    # A platform that sends a day again with changes gets its window computed again.
    carried(send, "third", on_time=100, late=0)
    assert facade.refresh(store=store, now=NOW)["figures"] == 8
    again = next(one for one in facade.list_figures([SWIFT]) if one.measure == "on_time")
    assert again.mean == 0.8


@pytest.mark.clause("E2.4b")
def test_a_look_needs_a_use_gives_only_its_facts_and_is_logged_for_the_company(company: Company, post: Office) -> None:
    browser = sign_in("ytyz-clerk")
    assert browser.get(f"/reg/couriers/{MARKET}").content.decode().count("发布虚假广告") == 0
    assert browser.post(f"/reg/couriers/{MARKET}").status_code == 422
    seen = browser.post(f"/reg/couriers/{MARKET}", {"use": "vehicle"}).content.decode()
    assert ["发布虚假广告" in seen, "不得因此停止车辆通行" in seen] == [True, True]
    other = browser.post(f"/reg/couriers/{MARKET}", {"use": "recognition"}).content.decode()
    assert ["发布虚假广告" in other, "可以容缺" in other] == [False, True]
    # The company itself reads that it was looked at, and for which use.
    boss = Actor(key="account:boss", roles=frozenset({Role.CITIZEN}), subject_id=company.subject_id)
    with access.acting_for(boss, channel=Channel.SELF, purpose="own_archive"):
        looks = Event.objects.filter(subject_id=company.subject_id, kind="search").values_list("reference", "purpose")
        assert set(looks) == {("vehicle", "courier_keeping"), ("recognition", "courier_keeping")}
    assert Client().get(f"/reg/couriers/{MARKET}").status_code == 401


def test_the_companys_people_read_what_is_said_and_how_to_contest_it(company: Company, post: Office) -> None:
    officer("swift-clerk", "SWIFT", Role.CLERK)
    page = sign_in("swift-clerk").get("/biz/courier").content.decode()
    assert ["发布虚假广告" in page, "不对的怎样提出" in page, company.name in page] == [True] * 3
    assert sign_in("ytyz-clerk").get("/biz/courier").status_code == 403
    assert Client().get("/couriers/91390100MA0000099X").status_code == 404
    assert Client().get(f"/couriers/{MARKET}/ledger/buyer/speed.csv?name=other").status_code == 404
    assert Client().get(f"/couriers/{MARKET}/ledger/buyer/speed.csv?name={SWIFT}").status_code == 200


def test_a_branch_whose_twentieth_day_is_a_holiday_may_be_filed_on_the_next_working_day() -> None:
    opened = Branch(
        number="B-3", name="望川路网点", area="390102", opened_on=date(2026, 1, 31), filed_on=date(2026, 2, 24)
    )
    assert not is_late(opened)
    assert is_late(replace(opened, filed_on=date(2026, 2, 25)))
    assert not is_late(replace(opened, opened_on=date(2017, 1, 1), filed_on=date(2018, 4, 30)))

"""The traffic score of a company: from its own public penalties alone, computed anew, without a person or a place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import sign_in
from chengxin.archives.tests.conftest import citizen
from chengxin.audit.models import Event
from chengxin.catalogue import facade as catalogue
from chengxin.couriers import facade
from chengxin.couriers.contracts import Company, TrafficScore
from chengxin.couriers.tests.test_couriers import code, company, post
from chengxin.couriers.traffic import score_of
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import MARKET, NOW, Office, accept, ground, hand_in, market
from chengxin.intake.tests.test_journey import cookie_of, is_sound, keep
from chengxin.intake.tests.test_main_job import HEAD
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day, simulated
from chengxin.lake import facade as lake
from chengxin.market.tests.conftest import today
from chengxin.objections.tests.conftest import officer
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

__all__ = ["accept", "company", "ground", "hand_in", "market", "post", "today"]
LIN = "390101199001010017"
WHO = f"云汀禾木商贸有限公司,法人及非法人组织,{MARKET},,,"
ROW = (
    "{who}云公交罚〔{year}〕{number}号,交通违法,{what},道路交通安全法第九十条,罚款,罚款二千元,0.2,{on},云汀市公安局交通管理支队,"
    f"{MARKET},{{told}}\n"
)
PLACES = re.compile(
    r"经度|纬度|坐标|轨迹|定位|行驶路线|gps|longitude|latitude|(?<![a-z])(lng|lon|lat|track)(?![a-z])", re.IGNORECASE
)


def row(number: int, what: str, *, who: str = WHO, on: str = "2026-10-01", told: str = "2026-10-08") -> str:
    return ROW.format(who=who, year=on[:4], number=number, what=what, on=on, told=told)


@world
def driven(company: Company, market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Company:
    """Return a company with three traffic penalties in the window, one before it; a driver has one of his own."""
    lines = (
        row(1, "送货车超速百分之三十"),
        row(2, "送货车超载"),
        row(3, "违规停车"),
        row(4, "送货车超速", on="2025-11-20", told="2025-11-25"),
        row(5, "饮酒后驾驶", who=f"林禾舟,自然人,,身份证,{LIN},"),
    )
    batch = accept(hand_in((HEAD + "".join(lines)).encode(), market, name="traffic.csv").id, market)
    assert batch.accepted == 5
    return company


@world
def inspector(post: Office) -> Actor:
    return officer("yz-officer", post.body, Role.CASE_OFFICER)


def seen(inspector: Actor) -> TrafficScore:
    return facade.look_at_traffic(inspector, MARKET, now=NOW)


def record_of(found: TrafficScore, kind: str) -> UUID:
    (line,) = [one for one in found.lines if one.kind.code == kind]
    return line.record_id


@pytest.mark.clause("E2.4d")
def test_the_score_counts_the_companys_own_traffic_penalties_of_a_year_and_nothing_else(
    driven: Company, inspector: Actor
) -> None:
    found = seen(inspector)
    counted = sorted((one.kind.code, one.kind.weight, one.number) for one in found.lines)
    assert counted == [
        ("load", 6, "云公交罚〔2026〕2号"),
        ("other", 3, "云公交罚〔2026〕3号"),
        ("speed", 6, "云公交罚〔2026〕1号"),
    ]  # Not the advertisement, not last year's, not the driver's.
    assert (found.score, found.on - found.since) == (85, timedelta(days=365))
    assert score_of([*found.lines] * 9, rules=facade.traffic_rules()) == 0


@pytest.mark.clause("E2.4d")
@pytest.mark.parametrize(
    ("kind", "score"),
    [(MarkKind.WITHDRAWN, 91), (MarkKind.REPAIRED, 91), (MarkKind.FROZEN, 91), (MarkKind.OBJECTION, 85)],
)
def test_the_score_is_computed_anew_when_a_violation_is_withdrawn_repaired_or_frozen(
    driven: Company, inspector: Actor, market: Office, kind: MarkKind, score: int
) -> None:
    speeding = record_of(seen(inspector), "speed")
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=driven.subject_id,
            record_id=speeding,
            kind=kind,
            reason="已经处理",
            reference="YC1",
            actor=market.approver,
            now=NOW,
        )
    assert seen(inspector).score == score


@pytest.mark.clause("E2.4d")
def test_a_driver_is_counted_nowhere_and_sees_and_contests_the_own_line(driven: Company, inspector: Actor) -> None:
    citizen("lin", LIN)
    own = sign_in("lin")
    page = own.get("/me").content.decode()
    assert "云公交罚〔2026〕5号" in page or "交通违法" in page
    line = re.search(r'href="(/me/records/[^"]+)"', page)
    assert line is not None
    assert "异议" in own.get(line[1]).content.decode()
    answered = sign_in("yz-officer").post("/reg/couriers/traffic", {"uscc": MARKET}).content.decode()
    assert ["85分" in answered, "林" in answered.split("<main", 1)[1], "饮酒后驾驶" in answered] == [True, False, False]


@pytest.mark.clause("E2.4d")
def test_a_look_is_logged_for_the_company_and_needs_an_officer(driven: Company, inspector: Actor) -> None:
    def looks() -> int:
        boss = Actor(key="account:boss", roles=frozenset({Role.CITIZEN}), subject_id=driven.subject_id)
        with access.acting_for(boss, channel=Channel.SELF, purpose="own_archive"):
            return Event.objects.filter(subject_id=driven.subject_id, reference="traffic").count()

    before = looks()
    assert sign_in("yz-officer").post("/reg/couriers/traffic", {"uscc": MARKET}).status_code == 200
    assert sign_in("yz-officer").get("/reg/couriers/traffic").status_code == 200
    assert looks() == before + 1
    assert code(lambda: facade.look_at_traffic(citizen("lin", LIN), MARKET, now=NOW)) == "A-NO-RIGHT"
    assert looks() == before + 1


@pytest.mark.clause("E2.4d")
def test_no_item_no_dataset_and_no_file_takes_a_location(
    driven: Company, market: Office, hand_in: Callable[..., Batch]
) -> None:
    named = [
        (item.code, field.name)
        for item in catalogue.list_items(on=legal_day(NOW))
        for field in item.fields
        if any(map(PLACES.search, (field.name, field.title.zh, field.title.en, *field.headers)))
    ]
    named += [
        (name, field.name)
        for name, dataset in lake.list_datasets().items()
        for field in dataset.fields
        if PLACES.search(f"{field.name} {field.title}")
    ]
    assert named == []
    located = HEAD.strip() + ",经度,纬度\n" + row(9, "超速").strip() + ",120.1,31.2\n"
    assert code(lambda: hand_in(located.encode(), market, name="located.csv")) == "H-UNKNOWN"


@pytest.mark.clause("E2.4d")
def test_the_company_reads_its_score_with_every_line_and_how_to_contest(driven: Company) -> None:
    officer("swift-clerk", "SWIFT", Role.CLERK)
    page = sign_in("swift-clerk").get("/biz/courier").content.decode()
    assert ["85分（满分100分）" in page, "云公交罚〔2026〕1号" in page, "提出异议" in page] == [True] * 3
    with simulated(NOW + timedelta(days=366)):
        assert "100分（满分100分）" in sign_in("swift-clerk").get("/biz/courier").content.decode()


@pytest.mark.browser
@pytest.mark.clause("E2.4d")
def test_an_officer_reads_a_score_with_every_line_on_a_phone_without_scripts(
    driven: Company, inspector: Actor, live_server: Any, browser_page: Callable[..., Page]
) -> None:
    url = live_server.url
    page = browser_page(width=360, javascript=False, cookies=(cookie_of("yz-officer", url),))
    page.goto(url + "/reg/couriers/traffic")
    page.get_by_label("哪家寄递企业").select_option(MARKET)
    page.get_by_role("button", name="看这家企业的分").click()
    expect(page.get_by_text("85分（满分100分）")).to_be_visible()
    keep(page, "traffic")
    inspector_page = browser_page(width=360, cookies=(cookie_of("yz-officer", url),))
    assert is_sound(inspector_page, url + "/reg/couriers/traffic")

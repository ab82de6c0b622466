"""A platform's program files what is owed, once; reads what is owed and its ledger; a measure needs a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.archives.tests.programs import register
from chengxin.database.contracts import Channel
from chengxin.duties import facade, models
from chengxin.duties.tests.test_actions import acted, rule
from chengxin.duties.tests.test_filings import COUNTS, EVENT, IDENTITY, at
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.clock import simulated
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold
from chengxin.notices import facade as notices
from chengxin.reviews.tests.conftest import firm, ground, market, shop, sold, today

__all__ = ["firm", "ground", "market", "rule", "shop", "sold", "today"]
BASIC = {"licences": "营业执照", "service": "在线客服", "rules": "https://shop.example.org/rules", "own_sales": "none"}
FILINGS = "/api/v1/platform-filings"
SAID = {"duty": EVENT.duty, "answers": EVENT.answers, "happened_on": "2026-11-20"}


def read(sold: Sold, address: str) -> Any:
    return Client().get(address, headers={"Authorization": sold.header}).json()


@pytest.mark.clause("E5.1a")
def test_a_program_files_once_and_the_same_again_is_answered_with_what_stands(sold: Sold) -> None:
    first = sold.post(FILINGS, **SAID).json()
    assert (first["due_on"], first["is_late"], first["is_supplement"]) == ("2026-11-25", False, False)
    assert "13900000000" not in first["answers"]["facts"]
    with simulated(at(2026, 12, 24)):
        assert sold.post(FILINGS, **SAID).json() == first
        changed = sold.post(FILINGS, **SAID | {"answers": {**EVENT.answers, "done": "已经换了机房。"}}).json()
        assert (changed["number"] != first["number"], changed["is_late"]) == (True, True)
        assert [one["number"] for one in read(sold, FILINGS)] == [changed["number"], first["number"]]
    assert models.PlatformFiling.objects.count() == 2


@pytest.mark.clause("E5.1a")
def test_what_is_owed_goes_with_its_filing_and_what_is_wrong_is_refused_with_its_field(sold: Sold) -> None:
    with simulated(at(2027, 1, 4)):
        owed = read(sold, f"{FILINGS}/owed")
        assert ("identity", "2027-01", "2027-01-31", False) in [
            (one["duty"], one["period"], one["due_on"], one["is_overdue"]) for one in owed
        ]
        wrong = sold.post(FILINGS, duty="identity", period="2027-01", answers={**COUNTS, "left": "zwei"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "DU-FILING-ANSWER")
        assert sold.post(FILINGS, duty="identity", period="2027-01", answers=COUNTS).status_code == 200
        assert "identity" not in [one["duty"] for one in read(sold, f"{FILINGS}/owed")]
    assert facade.list_filings("SHOP")[0].report.answers == IDENTITY.answers


@pytest.mark.clause("E5.1a")
def test_a_platform_is_reminded_sixty_thirty_and_seven_days_before_and_never_of_what_it_filed(sold: Sold) -> None:
    facade.file_report(sold.clerk, replace(EVENT, duty="basic", happened_on=None, answers=BASIC), now=NOW)
    assert facade.remind(now=at(2026, 12, 1)) == 0
    # January's two reports: on 2 December sixty days are left, on 24 January seven.
    assert [facade.remind(now=at(2026, 12, 2)) for _ in range(2)] == [2, 0]
    assert [facade.remind(now=at(2027, 1, 1, 9)) for _ in range(2)] == [2, 0]
    with simulated(at(2027, 1, 4)):
        facade.file_report(sold.clerk, IDENTITY, now=at(2027, 1, 4))
    assert [facade.remind(now=at(2027, 1, day)) for day in (23, 24, 25)] == [0, 1, 0]
    assert facade.remind(now=at(2027, 2, 1)) == 0
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        told = [one for one in notices.list_for(sold.clerk) if one.text == "filing_due"]
    assert [one.parameters for one in told] == [{"day": "2027-01-31"}] * 5


@pytest.mark.clause("E5.3b")
def test_the_ledger_is_read_by_its_own_platform_and_no_program_takes_a_measure(
    sold: Sold, shop: Shop, rule: Any
) -> None:
    taken = acted(sold, rule)
    (one,) = read(sold, "/api/v1/platform-actions")
    assert (one["number"], one["shop"], one["article"], one["decided_on"]) == (
        taken.number,
        taken.measure.shop,
        taken.measure.article,
        date(2026, 11, 23).isoformat(),
    )
    assert sold.post("/api/v1/platform-actions", shop="S-1").status_code == 405
    stranger = register("YTSJ", "market.file").header
    for address in (FILINGS, f"{FILINGS}/owed", "/api/v1/platform-actions"):
        assert Client().get(address).status_code == 401
        refused = Client().get(address, headers={"Authorization": stranger})
        assert (refused.status_code, refused.json()["code"]) == (422, "MK-NO-PLATFORM"), address
    assert NOW.year == taken.decided_on.year

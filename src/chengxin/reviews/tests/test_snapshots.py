"""A review that a platform no longer shows without a ground is found, and brought before the office over it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold
from chengxin.reviews import facade, models
from chengxin.reviews.tests.conftest import review, trade


def three(sold: Sold) -> list[object]:
    trade(sold, "O-2")
    trade(sold, "O-3")
    return [review(sold, order).id for order in ("O-1", "O-2", "O-3")]


@pytest.mark.clause("E2.2b")
def test_silent_removal_raises_a_case_once_and_showing_again_ends_it(sold: Sold, shop: Shop) -> None:
    three(sold)
    whole = facade.compare_snapshot(sold.clerk, "S-1", orders=["O-1", "O-2", "O-3"], as_of=NOW, now=NOW)
    assert (whole.listed, whole.missing, whole.case_number) == (3, 0, "")
    lacking = facade.compare_snapshot(sold.clerk, "S-1", orders=["O-1"], as_of=NOW, now=NOW)
    assert (lacking.listed, lacking.missing) == (1, 2)
    again = facade.compare_snapshot(sold.clerk, "S-1", orders=["O-1"], as_of=NOW, now=NOW)
    assert again.case_number == lacking.case_number != ""
    with access.acting_for(sold.office, channel=Channel.OFFICE, purpose="oversight"):
        case = casework.find_open_case("review_removal", ref_id=str(shop.id))
        assert case is not None
        assert (case.body, case.due_on, case.facts) == ("YTXY", date(2026, 12, 14), {"platform": "SHOP", "missing": 2})
        assert models.Removal.objects.count() == 4
    # Nothing was lost: everybody still reads all three here.
    assert facade.count_public(shop.id) == 3
    back = facade.compare_snapshot(sold.clerk, "S-1", orders=["O-1", "O-2", "O-3"], as_of=NOW, now=NOW)
    assert (back.missing, back.case_number) == (0, case.number)
    with access.acting_for(sold.office, channel=Channel.OFFICE, purpose="oversight"):
        assert casework.find_open_case("review_removal", ref_id=str(shop.id)) is None


@pytest.mark.clause("E2.2b")
def test_a_review_hidden_on_a_ground_or_not_yet_open_is_not_missed(sold: Sold, shop: Shop) -> None:
    ids = three(sold)
    facade.hide(sold.clerk, ids[1], ground="insult", reasons="骂人的话。", now=NOW)  # type: ignore[arg-type]
    trade(sold, "O-4")
    review(sold, "O-4", written_at=NOW - timedelta(days=1))
    found = facade.compare_snapshot(sold.clerk, "S-1", orders=["O-1", "O-3"], as_of=NOW, now=NOW)
    assert (found.missing, found.case_number) == (0, "")
    assert facade.count_public(shop.id) == 3


@pytest.mark.clause("E4.1e")
def test_what_a_snapshot_lacks_is_a_lead_and_reaches_no_public_page(sold: Sold, shop: Shop) -> None:
    three(sold)
    found = facade.compare_snapshot(sold.clerk, "S-1", orders=[], as_of=NOW, now=NOW)
    merchant = Actor(key="account:m", roles=frozenset({Role.CITIZEN}), subject_id=shop.subject_id)
    seen = 0
    for actor in (ANYONE, merchant):
        for channel in Channel:
            for purpose in ("public_viewing", "market_filing", "oversight", "own_archive"):
                with access.acting_for(actor, channel=channel, purpose=purpose):
                    seen += models.Snapshot.objects.count() + models.Removal.objects.count()
    assert (found.missing, seen) == (3, 0)
    for address in (f"/shops/{shop.id}", f"/shops/{shop.id}/reviews", "/platforms/SHOP"):
        page = Client().get(address).content.decode()
        assert found.case_number not in page
        assert "不再显示" not in page


def test_a_snapshot_of_a_shop_that_is_not_there_or_of_tomorrow_is_refused(sold: Sold, shop: Shop) -> None:
    for number, as_of in (("S-9", NOW), ("S-1", NOW + timedelta(days=1))):
        with pytest.raises(Refused) as refused:
            facade.compare_snapshot(sold.clerk, number, orders=[], as_of=as_of, now=NOW)
        assert refused.value.refusal.code == "RV-SHOP"
    assert shop.number == "S-1"


def test_a_program_says_what_it_shows(sold: Sold, shop: Shop) -> None:
    review(sold)
    answer = sold.post("/api/v1/reviews/snapshots", shop="S-1", as_of=NOW.isoformat(), orders=[])
    assert (answer.json()["listed"], answer.json()["missing"]) == (0, 1)
    assert answer.json()["case"].startswith("PJ2026")
    assert facade.count_public(shop.id) == 1

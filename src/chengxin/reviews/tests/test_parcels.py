"""Both sides rate who carried a matched parcel: blind, kept, marks alone, added up by company above a floor."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from chengxin.access import facade as access
from chengxin.couriers.models import Company
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import ANYONE, platform
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import FIRM, NAME, Sold
from chengxin.reviews import facade, models
from chengxin.reviews.contracts import About, Side, Status, Taken, Trade, Voice, Written
from chengxin.reviews.tests.conftest import DONE, EARLY, code, review, trade

SWIFT = "云汀迅达"
MARKS = {"speed": 4, "care": 5, "service": 3}
PARCEL = {"about": About.PARCEL, "text": "", "marks": MARKS}


@pytest.fixture(autouse=True)
def registered(sold: Sold) -> None:
    """Enter the company in the register."""
    plain = {"subject_id": UUID(int=3), "uscc": FIRM, "name": NAME, "authority": "SHOP", "registered_at": NOW}
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="courier_keeping"):
        Company.objects.create(id=UUID(int=4), names=[SWIFT], registered_by=sold.clerk.key, **plain)


def rate(sold: Sold, order: str = "P-1", **changed: Any) -> Taken:
    return review(sold, order, **{**PARCEL, **changed})


def sent(sold: Sold, order: str = "P-1", **changed: Any) -> Taken:
    return trade(sold, order, **{"parcel": f"WB-{order}", "courier": SWIFT, "buyer": f"B-{order}", **changed})


def voice(side: Side = Side.BUYER, dimension: str = "speed") -> Voice | None:
    facade.settle(now=NOW)
    return next(
        (one for one in facade.list_voices([SWIFT]) if (one.side, one.score.dimension) == (side, dimension)), None
    )


def many(sold: Sold, count: int, *, start: int = 0, mark: int = 4) -> None:
    """Let so many buyers receive a parcel of one company and rate it."""
    orders = [f"M-{place}" for place in range(start, start + count)]
    trades = [
        Trade(shop="S-1", order=one, buyer=f"B-{one}", completed_at=DONE, parcel=f"WB-{one}", courier=SWIFT)
        for one in orders
    ]
    assert all(one.refusal is None for one in facade.file_trades(sold.clerk, trades, now=NOW))
    plain = {"side": Side.BUYER, "text": "", "written_at": EARLY, "about": About.PARCEL}
    written = [Written(order=one, marks={**MARKS, "speed": mark}, **plain) for one in orders]
    assert all(one.refusal is None for one in facade.file_reviews(sold.clerk, written, now=NOW))


@pytest.mark.clause("E2.4a")
def test_only_a_matched_parcel_is_rated_by_marks_alone_and_only_once(sold: Sold, shop: Shop) -> None:
    assert shop.number == "S-1"
    trade(sold, "P-2", parcel="WB-2")
    trade(sold, "P-3", courier=SWIFT)
    assert [code(rate(sold, order)) for order in ("O-1", "P-2", "P-3", "P-9")] == [*["RV-NO-PARCEL"] * 3, "RV-NO-TRADE"]
    sent(sold)
    assert code(rate(sold, text="张师傅态度不好。")) == "RV-PARCEL-WORDS"
    assert code(rate(sold, is_followup=True, marks={})) == "RV-PARCEL-WORDS"
    assert code(rate(sold, marks={"speed": 4})) == "RV-MARKS"
    first = rate(sold)
    assert (first.refusal, rate(sold).id) == (None, first.id)
    assert code(rate(sold, marks={**MARKS, "speed": 1})) == "RV-TWICE"
    assert rate(sold, side=Side.SELLER).refusal is None
    # The review of the trade itself stands beside it and is its own.
    assert review(sold, "P-1").refusal is None
    assert facade.count_public(shop.id) == 1


@pytest.mark.clause("E2.4a")
def test_a_rating_counts_when_both_rated_or_fifteen_days_have_passed_and_each_rater_once(
    sold: Sold, shop: Shop
) -> None:
    assert shop.number == "S-1"
    late = NOW - timedelta(days=2)
    sent(sold, completed_at=late)
    rate(sold, written_at=late)
    assert voice() is None
    rate(sold, side=Side.SELLER, written_at=late)
    heard = voice()
    assert heard is not None
    assert (heard.score.ratings, heard.score.status, heard.score.score) == (1, Status.INSUFFICIENT, None)
    # The same shop sends again, the same buyer receives again: each still counts once.
    sent(sold, "P-4", buyer="B-P-1")
    rate(sold, "P-4")
    rate(sold, "P-4", side=Side.SELLER)
    assert [found.score.ratings for side in Side if (found := voice(side)) is not None] == [1, 1]


@pytest.mark.clause("E2.4a")
def test_below_thirty_raters_there_is_no_number_and_the_sides_are_never_mixed(sold: Sold, shop: Shop) -> None:
    assert shop.number == "S-1"
    many(sold, 29)
    below = voice()
    assert below is not None
    assert (below.score.ratings, below.score.status, below.score.score) == (29, Status.INSUFFICIENT, None)
    many(sold, 1, start=29)
    above = voice()
    assert above is not None
    assert above.score.status is Status.OK
    assert above.score.score == pytest.approx(4.0)
    assert voice(Side.SELLER) is None
    # A name that no registered company has could be a person's: it is not said of, and the table refuses it.
    sent(sold, "N-1", courier="张师傅")
    rate(sold, "N-1")
    facade.settle(now=NOW)
    assert facade.list_voices(["张师傅"]) == []
    keeper = platform("reviews")
    with access.acting_for(keeper, channel=Channel.JOB, purpose="market_filing"), transaction.atomic():
        row = models.Voice.objects.filter(courier=SWIFT).first()
        row.courier = "张师傅"
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)
    rows = list(csv.DictReader(io.StringIO(facade.find_voice_ledger(SWIFT, Side.BUYER, "speed"))))
    assert len(rows) == len({row["rater"] for row in rows}) == 30
    assert not any("B-M" in row["rater"] for row in rows)


def test_nobody_reads_a_single_rating_and_nobody_changes_or_forges_one(sold: Sold, shop: Shop) -> None:
    sent(sold)
    rate(sold)
    for actor, channel, purpose in (
        (ANYONE, Channel.PUBLIC, "public_viewing"),
        (sold.office, Channel.OFFICE, "oversight"),
    ):
        with access.acting_for(actor, channel=channel, purpose=purpose):
            assert models.ParcelRating.objects.count() == 0
    with access.acting_for(sold.clerk, channel=Channel.BODY, purpose="market_filing"):
        (row,) = models.ParcelRating.objects.all()
        with pytest.raises(DatabaseError), transaction.atomic():
            models.ParcelRating.objects.filter(id=row.id).update(marks={"speed": 5})
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("delete from reviews_parcel_rating")
        row.id, row.side, row.courier = shop.id, "seller", "别家快递"
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)

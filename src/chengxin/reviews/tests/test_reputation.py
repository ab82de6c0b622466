"""A shop's reputation: no number below the floor, an interval above it, and a ledger from which it follows."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from tests.worlds import world

from chengxin.intake.tests.conftest import NOW
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, filing, shop_of
from chengxin.reviews import facade
from chengxin.reviews.contracts import Score, Status, Trade, Written
from chengxin.reviews.tests.conftest import DONE, EARLY, FIVE, Side

FACTORS = ("trust", "independence", "burst", "experience", "decay")


def rated(sold: Sold, count: int, *, mark: int = 5, start: int = 100, shop: str = "S-1") -> None:
    """Let so many buyers, each of whom has rated another shop before, rate a shop."""
    orders = range(start, start + count)
    trades = [
        Trade(shop=one, order=f"{one}-{order}", buyer=f"B-{order}", completed_at=DONE - timedelta(days=order % 60))
        for order in orders
        for one in (shop, "S-2")
    ]
    facade.file_trades(sold.clerk, trades, now=NOW)
    facade.file_reviews(
        sold.clerk,
        [
            Written(
                order=one.order,
                side=Side.BUYER,
                marks={**FIVE, "goods": mark if one.shop == shop else 4},
                text="",
                written_at=one.completed_at + (EARLY - DONE),
            )
            for one in trades
        ],
        now=NOW,
    )


def score_of(shop: Shop, dimension: str = "goods") -> Score:
    return next(one for one in facade.list_scores(shop.id) if one.dimension == dimension)


@world
def other(sold: Sold, shop: Shop) -> Shop:
    """Return another shop of the same firm, which the same buyers rate."""
    assert shop.number == "S-1"
    return shop_of(sold, filing("S-2", title="禾木百货铺", categories=("daily",)))


@pytest.mark.clause("E2.2b")
def test_below_the_floor_there_is_no_number_and_above_it_one_with_an_interval(
    sold: Sold, shop: Shop, other: Shop
) -> None:
    rated(sold, 2)
    facade.settle(now=NOW)
    few = score_of(shop)
    assert (few.status, few.score, few.low, few.high, few.ratings) == (Status.INSUFFICIENT, None, None, None, 2)
    rated(sold, 30, start=200)
    facade.settle(now=NOW)
    many = score_of(shop)
    assert (many.status, many.ratings, many.window_days) == (Status.OK, 32, 180)
    assert many.score is not None
    assert many.low is not None
    assert many.high is not None
    assert 4.0 < many.low < many.score < many.high <= 5.0
    assert many.effective_n >= 3
    assert score_of(other).score is not None


@pytest.mark.clause("E2.2b")
def test_anybody_computes_the_score_again_from_the_ledger_and_no_buyer_is_known_by_it(
    sold: Sold, shop: Shop, other: Shop
) -> None:
    rated(sold, 30, mark=4)
    facade.settle(now=NOW)
    shown = score_of(shop)
    answer = Client().get(f"/shops/{shop.id}/ledger/goods.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 30
    for row in rows:
        product = 1.0
        for factor in FACTORS:
            product *= float(row[factor])
        assert product * float(row["reliability"]) ** 2 == pytest.approx(float(row["weight"]), abs=1e-6)
    weights = sum(float(row["weight"]) for row in rows)
    marks = sum(float(row["weight"]) * float(row["rating"]) for row in rows)
    again = (marks + shown.prior_weight * shown.prior_mean) / (weights + shown.prior_weight)
    assert again == pytest.approx(shown.score, abs=1e-5)
    assert weights == pytest.approx(shown.effective_n, abs=1e-5)
    # The same buyers in another shop have other pseudonyms.
    others = Client().get(f"/shops/{other.id}/ledger/goods.csv").content.decode()
    assert {row["rater"] for row in rows}.isdisjoint(row["rater"] for row in csv.DictReader(io.StringIO(others)))
    assert "B-100" not in answer.content.decode()


@pytest.mark.clause("E2.2b")
def test_hiding_words_changes_no_score(sold: Sold, shop: Shop, other: Shop) -> None:
    rated(sold, 20)
    rated(sold, 1, mark=1, start=500)
    facade.settle(now=NOW)
    before = score_of(shop)
    for one in facade.list_public(shop.id, limit=100):
        if one.marks["goods"] == 1:
            facade.hide(sold.clerk, one.id, ground="insult", reasons="骂人的话。", now=NOW)
    facade.settle(now=NOW)
    assert score_of(shop) == before
    assert other.number == "S-2"


def test_ratings_that_left_the_window_leave_no_number(sold: Sold, shop: Shop, other: Shop) -> None:
    rated(sold, 20)
    facade.settle(now=NOW)
    assert score_of(shop).status is Status.OK
    facade.settle(now=NOW + timedelta(days=200))
    gone = score_of(shop)
    assert (gone.status, gone.score, gone.ratings) == (Status.INSUFFICIENT, None, 0)
    assert facade.find_ledger(shop.id, "goods") == ""
    assert other.number == "S-2"


def test_a_buyer_who_comes_back_counts_once(sold: Sold, shop: Shop, other: Shop) -> None:
    rated(sold, 10)
    facade.file_trades(sold.clerk, [Trade(shop="S-1", order="again", buyer="B-100", completed_at=DONE)], now=NOW)
    facade.file_reviews(
        sold.clerk,
        [Written(order="again", side=Side.BUYER, marks={**FIVE, "goods": 1}, text="", written_at=EARLY)],
        now=NOW,
    )
    facade.settle(now=NOW)
    assert score_of(shop).ratings == 10
    assert other.number == "S-2"


@pytest.mark.clause("E2.2b")
def test_the_pages_show_reviews_and_reputation_and_how_they_are_computed(sold: Sold, shop: Shop, other: Shop) -> None:
    rated(sold, 2)
    facade.settle(now=NOW)
    for address in (f"/shops/{shop.id}", f"/shops/{shop.id}/reviews"):
        page = Client().get(address).content.decode()
        assert "资料不足" in page
        assert "权重账本" in page
    assert "相当于5条评价" in Client().get("/standards/reputation").content.decode()
    assert Client().get(f"/shops/{shop.id}/ledger/looks.csv").status_code == 404
    assert other.number == "S-2"

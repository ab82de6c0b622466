"""Bad reviews against a shop: what is a burst, who wrote it, and what is honest and says nothing."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from chengxin.reputation.contracts import Attack
from chengxin.reputation.facade import find_attacks

UNTIL = date(2026, 11, 30)
LONG_AGO = date(2025, 6, 1)
Row = tuple[str, int, int, str, int]


def reviews(*rows: Row) -> pl.DataFrame:
    """Return reviews: shop, days ago, score, buyer, how many days before the review the buyer was first seen."""
    day = [UNTIL - timedelta(days=row[1]) for row in rows]
    return pl.DataFrame(
        {
            "platform": "SHOP",
            "review_id": [f"R-{place:04}" for place in range(len(rows))],
            "order_id": [f"O-{place:04}" for place in range(len(rows))],
            "seller_id": [row[0] for row in rows],
            "day": day,
            "score": [row[2] for row in rows],
            "buyer": [row[3] or None for row in rows],
            "first_seen": [on - timedelta(days=row[4]) for on, row in zip(day, rows, strict=True)],
        },
        schema_overrides={"buyer": pl.String},
    )


def usual(shop: str = "S-1", *, bad: int = 12) -> list[Row]:
    """Return half a year of two reviews a day of a shop, one in `bad` of them bad, by buyers of long ago."""
    return [(shop, 20 + place // 2, 1 if place % bad == 0 else 5, f"b{place % 90}", 300) for place in range(320)]


def ring(shop: str = "S-1", *, size: int = 10, seen: int = 3) -> list[Row]:
    return [(shop, 4 + place % 5, 1, f"x{place}", seen) for place in range(size)]


def found(*rows: Row, known_from: date = LONG_AGO) -> dict[str, Attack]:
    return {one.rule: one for one in find_attacks(reviews(*rows), known_from=known_from, until=UNTIL)}


def test_a_ring_of_new_accounts_is_found_by_three_kinds_of_evidence_with_all_its_values() -> None:
    said = found(*usual(), *usual("S-2"), *ring(), *ring("S-2", size=7))
    assert sorted(said) == ["bad_burst", "bad_circle", "bad_strangers"]
    assert {one.kind for one in said.values()} == {"time", "circle", "accounts"}
    burst = said["bad_burst"]
    assert (burst.seller_id, str(burst.first_day), str(burst.end_day)) == ("S-1", "2026-11-13", "2026-11-27")
    assert dict(burst.values) == {
        "low_scores": 10,
        "reviews": 10,
        "usual_low_scores": 0.87,
        "most_before": 3,
        "windows_before": 11,
    }
    assert dict(said["bad_strangers"].values) == {
        "strangers": 10,
        "raters": 10,
        "percent": 100.0,
        "percent_of_others": 0.3,
    }
    assert dict(said["bad_circle"].values) == {"accounts": 7, "raters": 10, "shops": 2}
    assert (said["bad_circle"].rows.height, said["bad_circle"].ties.height) == (7, 14)
    assert burst.limits == {"low_scores": 8, "times_usual": 3, "times_most_before": 2}


def test_a_sales_day_with_its_usual_share_of_bad_reviews_says_nothing() -> None:
    day: list[Row] = [("S-1", 5, 1 if place % 12 == 0 else 5, f"n{place}", 2) for place in range(120)]
    assert found(*usual(), *day) == {}


def test_a_bad_batch_told_by_usual_buyers_is_a_burst_alone_which_is_a_note() -> None:
    assert sorted(found(*usual(), *ring(seen=300))) == ["bad_burst"]


def test_strangers_say_nothing_where_all_buyers_are_new_or_the_lake_began_lately() -> None:
    young: list[Row] = [(shop, ago, score, buyer, 1) for shop, ago, score, buyer, _seen in usual()]
    assert sorted(found(*young, *ring())) == ["bad_burst"]
    assert sorted(found(*usual(), *ring(), known_from=date(2026, 6, 1))) == ["bad_burst"]


def test_unknown_buyers_are_nobody() -> None:
    unknown: list[Row] = [(shop, ago, score, "", seen) for shop, ago, score, _buyer, seen in ring()]
    elsewhere: list[Row] = [("S-2", ago, score, "", seen) for _shop, ago, score, _buyer, seen in ring()]
    said = found(*usual(), *unknown, *elsewhere)
    assert sorted(said) == ["bad_burst"]
    assert said["bad_burst"].ties.is_empty()


def test_a_shop_without_a_past_or_always_badly_rated_or_with_few_bad_reviews_says_nothing() -> None:
    assert found(*usual("S-2"), *ring()) == {}
    assert found(*usual(bad=2), *ring()) == {}
    assert found(*usual(), *ring(size=7)) == {}

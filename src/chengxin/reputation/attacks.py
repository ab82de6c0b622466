"""Bursts of bad reviews whose shop is who suffers (恶意评价): three kinds of evidence, measured by its own past.

A burst alone is what a bad batch or a late lorry makes too. So it is compared with the shop's own windows before and
with how much it sold; who wrote is asked afterwards: strangers far more than among its other buyers, or a circle that
rated the same other shop down at the same time. Unknown buyers are nobody, and nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import polars as pl

from chengxin.kernel.yaml_text import read_yaml
from chengxin.reputation.contracts import Attack

_LOW: Final = pl.col("is_low")


def find_attacks(reviews: pl.DataFrame, *, known_from: date, until: date) -> list[Attack]:
    """Return what the rules find in the lake's `shop_reviews` of one platform, for windows that end in recent days.

    `known_from` is the first day of its orders: who was new is told only long after it.
    """
    said = _declared()
    seen = reviews.with_columns(is_low=pl.col("score") <= said["low"]).sort("day", "review_id")
    if seen.is_empty():
        return []
    platform_share = float(seen["is_low"].mean())  # type: ignore[arg-type]
    least = said["rules"]["bad_burst"]["limits"]["low_scores"]
    recent = seen.filter(_LOW & (pl.col("day") >= until - timedelta(days=said["recent_days"])))
    often = recent.group_by("seller_id").len().filter(pl.col("len") >= least)["seller_id"].sort()
    return [
        attack
        for shop in often
        for first in _bursts(seen.filter(pl.col("seller_id") == shop), platform_share, until=until)
        for attack in _attacks(seen, shop, first, platform_share, known_from=known_from)
    ]


def windows_of(own: pl.DataFrame, *, until: date) -> Iterator[date]:
    """Yield the first day of each recent window that ends with a low score, the fullest first, none over another."""
    said = _declared()
    span, recent = timedelta(days=said["window_days"]), until - timedelta(days=said["recent_days"])
    ends = own.filter(_LOW & (pl.col("day") >= recent))["day"].unique().sort().to_list()
    firsts = [end - span + timedelta(days=1) for end in ends]
    fullest = sorted(firsts, key=lambda first: (-_between(own, first, first + span).filter(_LOW).height, first))
    taken: list[date] = []
    for first in fullest:
        if all(abs(first - other) >= span for other in taken):
            taken.append(first)
            yield first


@cache
def _declared() -> dict[str, Any]:
    said: dict[str, Any] = read_yaml((Path(__file__).parent / "attacks.yaml").read_text("utf-8"))
    return said


def _bursts(own: pl.DataFrame, platform_share: float, *, until: date) -> list[date]:
    return [first for first in windows_of(own, until=until) if _burst(own, first, platform_share) is not None]


def _burst(own: pl.DataFrame, first: date, platform_share: float) -> dict[str, float] | None:
    """Return what was measured in a window where low scores are far beyond the shop's past, or None."""
    said, limits = _declared(), _declared()["rules"]["bad_burst"]["limits"]
    span = timedelta(days=said["window_days"])
    here = _between(own, first, first + span)
    low = here.filter(_LOW).height
    earliest: date = own["day"].to_list()[0]
    count = min(said["past_windows"]["most"], (first - earliest).days // said["window_days"])
    if low < limits["low_scores"] or count < said["past_windows"]["least"]:
        return None
    before = [_between(own, first - span * place, first - span * (place - 1)) for place in range(1, count + 1)]
    lows = [one.filter(_LOW).height for one in before]
    reviews = sum(one.height for one in before)
    usual = (sum(lows) + said["prior"] * platform_share) / (reviews + said["prior"]) * here.height
    if low < limits["times_usual"] * usual or low < limits["times_most_before"] * max(lows):
        return None
    return {
        "low_scores": low,
        "reviews": here.height,
        "usual_low_scores": round(usual, 2),
        "most_before": max(lows),
        "windows_before": count,
    }


def _attacks(
    seen: pl.DataFrame, shop: str, first: date, platform_share: float, *, known_from: date
) -> Iterator[Attack]:
    said = _declared()
    end = first + timedelta(days=said["window_days"])
    own = seen.filter(pl.col("seller_id") == shop)
    low = _between(own, first, end).filter(_LOW)
    around = _between(seen, first, end).filter(_LOW & pl.col("buyer").is_not_null())
    burst = _burst(own, first, platform_share)
    assert burst is not None
    is_known = (first - known_from).days >= said["known_days"]
    strangers, unlike = _strangers(own, low, first) if is_known else (low.clear(), None)
    circle, shared = _circle(around, low, shop)
    for rule, rows, values in (
        ("bad_burst", low, burst),
        ("bad_strangers", strangers, unlike),
        ("bad_circle", circle, shared),
    ):
        if values is not None:
            ties = around.join(rows.select("buyer").drop_nulls().unique(), on="buyer", how="semi")
            yield Attack(
                seller_id=shop,
                rule=rule,
                kind=said["rules"][rule]["kind"],
                first_day=first,
                end_day=end,
                rows=rows,
                ties=ties,
                values=values,
                limits=said["rules"][rule]["limits"],
                model=f"attacks {said['version']}",
            )


def _strangers(own: pl.DataFrame, low: pl.DataFrame, first: date) -> tuple[pl.DataFrame, dict[str, float] | None]:
    """Return the low scores of accounts that were new, where that is far more than among the shop's other buyers."""
    limits = _declared()["rules"]["bad_strangers"]["limits"]
    is_new = (pl.col("day") - pl.col("first_seen")).dt.total_days() <= limits["new_days"]
    known = low.filter(pl.col("buyer").is_not_null())
    others = own.filter(~_LOW & pl.col("buyer").is_not_null() & (pl.col("day") >= first - timedelta(days=180)))
    strangers = known.filter(is_new)
    percent = 100 * strangers.height / max(1, known.height)
    usual = 100 * (others.filter(is_new).height + 1) / (others.height + 1)
    if strangers.height < limits["strangers"] or percent < max(limits["percent"], limits["times_others"] * usual):
        return low.clear(), None
    return strangers, {
        "strangers": strangers.height,
        "raters": known.height,
        "percent": round(percent, 1),
        "percent_of_others": round(usual, 1),
    }


def _circle(around: pl.DataFrame, low: pl.DataFrame, shop: str) -> tuple[pl.DataFrame, dict[str, float] | None]:
    """Return the low scores of accounts that rated one other shop down too, the one most of them share."""
    limits = _declared()["rules"]["bad_circle"]["limits"]
    known = low.filter(pl.col("buyer").is_not_null())
    elsewhere = around.filter(pl.col("seller_id") != shop).join(known.select("buyer").unique(), on="buyer", how="semi")
    met = elsewhere.group_by("seller_id").agg(pl.col("buyer").n_unique().alias("accounts"))
    shared = met.filter(pl.col("accounts") >= limits["accounts"]).sort(
        "accounts", "seller_id", descending=[True, False]
    )
    if shared.is_empty():
        return low.clear(), None
    same = elsewhere.filter(pl.col("seller_id").is_in(shared["seller_id"].implode()))
    circle = known.join(same.select("buyer").unique(), on="buyer", how="semi")
    accounts = circle["buyer"].n_unique()
    return circle, {"accounts": accounts, "raters": known["buyer"].n_unique(), "shops": 1 + shared.height}


def _between(rows: pl.DataFrame, first: date, end: date) -> pl.DataFrame:
    return rows.filter((pl.col("day") >= first) & (pl.col("day") < end))

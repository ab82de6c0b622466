"""An invented market: who ordered where on which day, with honest regulars, seasons, growth and sales days, neighbours
who buy together, and rings.

It shares nothing with the detectors. Accounts and shops are numbers; days count from 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
DAYS_OF_YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Market:
    """Orders as parallel arrays."""

    buyer: Numbers
    shop: Numbers
    day: Numbers
    buyers: int
    shops: int


@dataclass(frozen=True, kw_only=True)
class Ring:
    """Accounts hired to order at some shops: how many of each, orders per account, and in how many days from when."""

    accounts: int
    shops: int
    orders: int
    days: int
    first_day: int


def honest(
    draw: np.random.Generator, *, buyers: int, shops: int, orders: int, days: int, growth: float = 1.3, groups: int = 0
) -> Market:
    """Return an honest market that grows by a factor a year, has a season, tastes, regulars and sales days.

    `groups` of neighbours also buy together, week by week, where their leader buys; many come for that alone.
    """
    pull = draw.pareto(1.2, shops) + 0.05
    taste = draw.integers(0, 12, shops)
    zeal = draw.pareto(1.6, buyers) + 0.05
    wants = draw.integers(0, 12, (buyers, 2))
    came = draw.integers(-180, days, buyers)
    left = came + draw.exponential(500, buyers).astype(np.int64) + 10
    busy = growth ** (np.arange(days) / DAYS_OF_YEAR) * (1 + 0.3 * np.sin(2 * np.pi * np.arange(days) / DAYS_OF_YEAR))
    day = np.sort(draw.choice(days, orders, p=busy / busy.sum()))
    buyer = draw.choice(buyers, orders, p=zeal / zeal.sum())
    here = (came[buyer] <= day) & (day < left[buyer])
    day, buyer = day[here], buyer[here]
    shop = _shops(draw, buyer, (pull, taste, wants))
    _return_to_regulars(draw, buyer, shop)
    sales = _sales_days(draw, days=days, buyers=buyers, shops=shops)
    whole = Market(
        buyer=np.concatenate([buyer, sales[0]]),
        shop=np.concatenate([shop, sales[1]]),
        day=np.concatenate([day, sales[2]]),
        buyers=buyers,
        shops=shops,
    )
    return with_neighbours(draw, whole, groups, days=days) if groups else whole


def _shops(draw: np.random.Generator, buyer: Numbers, ways: tuple[NDArray[np.float64], Numbers, Numbers]) -> Numbers:
    """Draw a shop for each order: four in five inside the buyer's tastes."""
    pull, taste, wants = ways
    shop = draw.choice(len(pull), len(buyer), p=pull / pull.sum())
    wanted = wants[buyer, draw.integers(0, 2, len(buyer))]
    inside = draw.random(len(buyer)) < 0.8
    for kind in range(12):
        at = np.flatnonzero(inside & (wanted == kind))
        those = np.flatnonzero(taste == kind)
        if len(those):
            shop[at] = draw.choice(those, len(at), p=pull[those] / pull[those].sum())
    return shop


def _return_to_regulars(draw: np.random.Generator, buyer: Numbers, shop: Numbers) -> None:
    """Let a third of the orders go where the buyer ordered before."""
    order = np.argsort(buyer, kind="stable")
    same = np.flatnonzero(buyer[order][1:] == buyer[order][:-1]) + 1
    for at in same[draw.random(len(same)) < 1 / 3]:
        shop[order[at]] = shop[order[at - 1]]


def _sales_days(draw: np.random.Generator, *, days: int, buyers: int, shops: int) -> tuple[Numbers, Numbers, Numbers]:
    """Give one shop in forty a sale every half year: a hundred strangers in two days."""
    chosen = draw.choice(shops, max(1, shops // 40), replace=False)
    parts = [
        (draw.choice(buyers, 100, replace=False), np.full(100, shop), start + draw.integers(0, 2, 100))
        for shop in chosen
        for start in draw.choice(days - 2, max(1, days // 180), replace=False)
    ]
    return tuple(np.concatenate(part) for part in zip(*parts, strict=True))  # type: ignore[return-value]


def with_neighbours(draw: np.random.Generator, market: Market, groups: int, *, days: int) -> Market:
    """Return the market with groups of 6 to 20, two in five of them new, who buy weekly at one to four shops."""
    parts, first = [(market.buyer, market.shop, market.day)], market.buyers
    for _ in range(groups):
        many, weeks, begins = (int(draw.integers(*of)) for of in ((6, 20), (4, 60), (0, days - 30)))
        new = first + np.arange(many)
        first += many
        members = np.where(draw.random(many) < 0.4, new, draw.integers(0, market.buyers, many))
        shops = draw.choice(market.shops, int(draw.integers(1, 5)), replace=False)
        for week in range(begins, min(days, begins + 7 * weeks), 7):
            here = members[draw.random(many) < 0.35]
            parts.append((here, np.full(len(here), draw.choice(shops)), np.full(len(here), week)))
    buyer, shop, day = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Market(buyer=buyer, shop=shop, day=day, buyers=first, shops=market.shops)


def with_ring(draw: np.random.Generator, market: Market, ring: Ring) -> tuple[Market, Numbers, Numbers]:
    """Return the market with a ring of new accounts that also order honestly as often; and its accounts and shops."""
    volume = np.bincount(market.shop, minlength=market.shops)
    shops = draw.choice(np.flatnonzero(volume <= np.median(volume)), ring.shops, replace=False)
    accounts = market.buyers + np.arange(ring.accounts)
    buyer = np.repeat(accounts, ring.orders)
    shop = np.concatenate([draw.choice(shops, ring.orders, replace=False) for _ in accounts])
    cover = draw.choice(market.shop, len(buyer))
    day = ring.first_day + draw.integers(0, ring.days, 2 * len(buyer))
    whole = Market(
        buyer=np.concatenate([market.buyer, buyer, buyer]),
        shop=np.concatenate([market.shop, shop, cover]),
        day=np.concatenate([market.day, day]),
        buyers=market.buyers + ring.accounts,
        shops=market.shops,
    )
    return whole, accounts, np.sort(shops)

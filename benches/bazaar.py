"""An invented market in which buyers rate shops and nobody rates the buyers: another model than `trust.py`.

Shops grow by preferential attachment inside communities; buyers stay for a while, come back or never do; most ratings
are the best there is, some shops get worse with time. It shares nothing with the scoring and the detectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import polars as pl

DAY: Final = 86_400
# Markets unlike each other: how often a buyer comes, in how many days, with how many shops, and how far loyalty goes.
BAZAARS: Final[Mapping[str, Mapping[str, Any]]] = {
    "bazaar": {"buyers": 6_000, "shops": 400, "visits": 5.0, "days": 900},
    "passing": {"buyers": 16_000, "shops": 500, "visits": 1.6, "days": 720},
    "loyal": {"buyers": 2_500, "shops": 250, "visits": 12.0, "days": 1_500, "inside": 0.95},
    "young": {"buyers": 8_000, "shops": 300, "visits": 4.0, "days": 330, "inside": 0.5},
}


def bazaar(
    draw: np.random.Generator, *, buyers: int, shops: int, visits: float, days: int, inside: float = 0.8
) -> pl.DataFrame:
    """Return source, target, rating (-10 to 10, in steps of five) and time, in seconds from the first day.

    `visits` is how often a buyer comes on average; `inside` is the share of visits inside the buyer's community.
    """
    communities = 10
    of_shop, of_buyer = draw.integers(0, communities, shops), draw.integers(0, communities, buyers)
    many = draw.geometric(1 / visits, buyers)
    came = draw.random(buyers) ** 0.8 * days
    buyer = np.repeat(np.arange(buyers), many)
    stays = np.repeat(draw.exponential(0.4 * days, buyers), many)
    at = np.minimum(np.repeat(came, many) + draw.random(len(buyer)) * stays, days - 1e-3)
    order = np.argsort(at, kind="stable")
    buyer, at = buyer[order], at[order]
    shop = _attached(draw, of_shop, of_buyer[buyer], draw.random(len(buyer)) < inside)
    quality, drift = draw.normal(0.8, 0.7, shops), draw.normal(-0.2, 0.5, shops)
    stern = draw.normal(0, 0.5, buyers)
    felt = quality[shop] + drift[shop] * at / days + stern[buyer] + draw.normal(0, 0.9, len(shop))
    rating = 5 * np.digitize(felt, [-1.4, -0.8, -0.3, 0.2]) - 10
    frame = pl.DataFrame(
        {"source": buyer + shops, "target": shop, "rating": rating, "time": (at * DAY).astype(np.int64)}
    )
    latest = frame.sort("time", "source", "target", "rating")
    return latest.unique(["source", "target"], keep="last", maintain_order=True)


def _attached(draw: np.random.Generator, of_shop: Any, wanted: Any, is_inside: Any) -> Any:  # noqa: ANN401 - arrays
    """Return the shop of each visit, drawn by the visits shops had before; every shop begins with one."""
    everywhere = list(range(len(of_shop)))
    within = [np.flatnonzero(of_shop == one).tolist() or everywhere.copy() for one in range(of_shop.max() + 1)]
    chosen = np.empty(len(wanted), np.int64)
    for row, (chance, community, stays) in enumerate(zip(draw.random(len(wanted)), wanted, is_inside, strict=True)):
        among = within[community] if stays else everywhere
        shop = among[int(chance * len(among))]
        chosen[row] = shop
        everywhere.append(shop)
        within[of_shop[shop]].append(shop)
    return chosen

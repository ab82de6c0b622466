"""What reviews add to the page of a shop: its reputation and what buyers said last."""

from __future__ import annotations

from datetime import datetime

from chengxin.casework.contracts import Panel
from chengxin.market.contracts import ShopFacts
from chengxin.reviews import display, facade

SHOWN = 3


def of_shop(facts: ShopFacts, *, now: datetime) -> Panel:  # noqa: ARG001 - every panel is given the moment
    """Return the panel of a shop."""
    shop = facts.shop
    return Panel(
        template="reviews/panel.html",
        context={
            "scores": display.scores_table(shop, facade.list_scores(shop.id)),
            "reviews": display.review_rows(facade.list_public(shop.id, limit=SHOWN)),
            "count": facade.count_public(shop.id),
            "shop": shop,
            "rule": display.open_rule(shop),
        },
    )

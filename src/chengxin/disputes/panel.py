"""What complaints add to the page of a shop: what it promises, what its fund holds, how it deals with complaints."""

from __future__ import annotations

from datetime import datetime

from chengxin.casework.contracts import Panel
from chengxin.disputes import facade, shop_display
from chengxin.market.contracts import ShopFacts


def of_shop(facts: ShopFacts, *, now: datetime) -> Panel:
    """Return the panel of a shop."""
    shop = facts.shop
    return Panel(
        template="disputes/panel.html",
        context={
            "promise": shop_display.promise_facts(facade.find_promise(shop.id)),
            "fund": shop_display.fund_table(facade.find_fund(shop.id)),
            "figures": shop_display.figure_facts(facade.figures(shop.id, now=now)),
            "accounts": shop_display.account_rows(facade.list_accounts(shop.id)),
            "shop": shop,
        },
    )

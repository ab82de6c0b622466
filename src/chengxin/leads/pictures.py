"""The picture of a ring, and the table that says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from chengxin.leads.contracts import Tie
from chengxin.ui.facade import Cell, Column, Table

MOST_DRAWN: Final = 40


def ring_graph(ties: Sequence[Tie]) -> Mapping[str, Any] | None:
    """Place the accounts of a ring left and its shops right; beyond forty accounts the table tells the rest."""
    if not ties:
        return None
    accounts = sorted({tie.account for tie in ties})[:MOST_DRAWN]
    shops = sorted({tie.shop for tie in ties})
    height = 20 + max(len(accounts) * 8, len(shops) * 20)
    left = {one: 10 + (place + 0.5) * (height - 20) / len(accounts) for place, one in enumerate(accounts)}
    right = {one: 10 + (place + 0.5) * (height - 20) / len(shops) for place, one in enumerate(shops)}
    drawn = sorted({(left[tie.account], right[tie.shop]) for tie in ties if tie.account in left})
    return {
        "height": height,
        "label": _("%(accounts)s个账号和%(shops)s家店铺之间的订单，下面的表格写出同样的内容")
        % {"accounts": len({tie.account for tie in ties}), "shops": len(shops)},
        "accounts": [round(place, 1) for place in left.values()],
        "shops": [{"name": one, "top": round(at - 5, 1), "base": round(at + 4, 1)} for one, at in right.items()],
        "lines": [(round(one, 1), round(other, 1)) for one, other in drawn],
    }


def ring_table(ties: Sequence[Tie]) -> Table:
    """Say the graph as a table: for each shop how many accounts ordered how often, and on how many days."""
    by_shop: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        by_shop[tie.shop].append(tie)
    titles = (_("店铺"), _("账号数"), _("订单数"), _("天数"))
    return Table(
        caption=_("账号和店铺"),
        columns=tuple(Column(title=one, numeric=place > 0) for place, one in enumerate(titles)),
        rows=[
            (
                Cell(value=shop),
                Cell(value=len({tie.account for tie in own})),
                Cell(value=len(own)),
                Cell(value=len({tie.day for tie in own})),
            )
            for shop, own in sorted(by_shop.items())
        ],
    )

"""What inspections know of the way of a trade: the goods of a shop whose final results are public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.inspections import display, facade
from chengxin.kernel.actor import Actor
from chengxin.market.contracts import GraphPart, Node, NodeKind, Relation


def _tested_of_shop(_actor: Actor, key: str, _now: datetime) -> Sequence[Node]:
    found = facade.list_public_of_shop(UUID(key))
    plans = facade.plan_numbers([one.plan_id for one in found])
    return [
        Node(
            kind=NodeKind.PRODUCT,
            title=_("抽检：%s") % one.goods,
            url=reverse("inspection", args=[plans[one.plan_id]]),
            hint=display.result_state(one.result).word,
        )
        for one in found
    ]


PART: Final = GraphPart(relations=(Relation(of=NodeKind.SHOP, to=NodeKind.PRODUCT, find=_tested_of_shop),))

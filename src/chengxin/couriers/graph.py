"""What couriers know of the way of a trade: who delivers parcels, never which parcel was whose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.kernel.actor import Actor
from chengxin.market.contracts import GraphPart, Node, NodeKind, Relation


def _couriers(_actor: Actor, _key: str, _now: datetime) -> Sequence[Node]:
    return [Node(kind=NodeKind.PARCEL, title=_("寄递企业送得怎样"), url=reverse("couriers"))]


def _by_number(_actor: Actor, _key: str, _now: datetime) -> Sequence[Node]:
    hint = _("单号只有买卖双方有，不公开。")
    return [Node(kind=NodeKind.PARCEL, title=_("用包裹单号查"), url=reverse("ecommerce") + "#find", hint=hint)]


PART: Final = GraphPart(
    relations=(
        Relation(of=NodeKind.SHOP, to=NodeKind.PARCEL, find=_by_number),
        Relation(of=NodeKind.SHOP, to=NodeKind.PARCEL, find=_couriers),
        Relation(of=NodeKind.PARCEL, to=NodeKind.PARCEL, find=_couriers),
    )
)

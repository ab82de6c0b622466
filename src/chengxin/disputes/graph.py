"""What complaints know of the way of a trade: a parcel leads to its shop, a shop to its complaints and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import state_of
from chengxin.disputes import facade
from chengxin.disputes.contracts import Dispute
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.market import facade as market
from chengxin.market.contracts import GraphPart, Node, NodeKind, Relation


def _shop_of_parcel(_actor: Actor, key: str, _now: datetime) -> Sequence[Node]:
    """Return the shop a number leads to, or refuse: the number is no node, and nothing of the trade is told."""
    return [market.node_of_shop(facade.locate(key))]


def _complain_of_parcel(_actor: Actor, key: str, _now: datetime) -> Sequence[Node]:
    return [_complain(facade.locate(key).id)]


def _complaints_of_shop(actor: Actor, key: str, now: datetime) -> Sequence[Node]:
    """Return the door for everybody, what is public, and the complaints that the one who asks handles."""
    figures = Node(kind=NodeKind.COMPLAINT, title=_("投诉的数字和经过"), url=reverse("shop", args=[key]) + "#promises")
    return [_complain(UUID(key)), figures, *(_node_of(one) for one in _handled(actor, UUID(key), now=now))]


def _shop_of_complaint(actor: Actor, key: str, now: datetime) -> Sequence[Node]:
    found = _get(actor, key, now=now)
    return [market.node_of_shop(market.get_shop(found.shop_id))] if found and found.shop_id else []


def _find_complaint(actor: Actor, key: str, now: datetime) -> Node | None:
    found = _get(actor, key, now=now)
    return _node_of(found) if found else None


def _handled(actor: Actor, shop_id: UUID, *, now: datetime) -> list[Dispute]:
    if not actor.body and actor.subject_id is None:
        return []
    return facade.list_handled(actor, shop_id, now=now)


def _get(actor: Actor, key: str, *, now: datetime) -> Dispute | None:
    if not actor.body and actor.subject_id is None:
        return None
    try:
        return facade.get_for(actor, UUID(key), now=now)
    except (ValueError, Refused):
        return None


def _node_of(one: Dispute) -> Node:
    url = reverse("dispute", args=[one.id])
    return Node(kind=NodeKind.COMPLAINT, title=one.number, url=url, key=str(one.id), hint=state_of(one.case).word)


def _complain(shop_id: UUID) -> Node:
    url = f"{reverse('complain')}?shop={shop_id}"
    return Node(kind=NodeKind.COMPLAINT, title=_("投诉这家店铺"), url=url)


PART: Final = GraphPart(
    nodes={NodeKind.COMPLAINT: _find_complaint},
    relations=(
        Relation(of=NodeKind.PARCEL, to=NodeKind.SHOP, find=_shop_of_parcel),
        Relation(of=NodeKind.PARCEL, to=NodeKind.COMPLAINT, find=_complain_of_parcel),
        Relation(of=NodeKind.SHOP, to=NodeKind.COMPLAINT, find=_complaints_of_shop),
        Relation(of=NodeKind.COMPLAINT, to=NodeKind.SHOP, find=_shop_of_complaint),
    ),
)

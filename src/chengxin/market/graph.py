"""The way of a trade (从平台到投诉): platform, shop, operator, product, parcel, complaint, each beside its neighbours.

Nothing is kept here and nobody is judged. Packages declare which neighbours they know (`TRADE_GRAPH` in settings);
each relation hands out only what the one who asks may open, so nothing that is shown is a dead link.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from chengxin.casework.facade import body_name, text
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.market import queries
from chengxin.market.categories import categories
from chengxin.market.contracts import GraphPart, Node, NodeKind, Platform, Relation, Shop
from chengxin.market.naming import name_of_shop
from chengxin.subjects import facade as subjects

MOST: Final = 10


@cache
def parts() -> tuple[GraphPart, ...]:
    """Return what every package knows of the way of a trade."""
    return tuple(import_string(name) for name in settings.TRADE_GRAPH)


def get_node(kind: NodeKind, key: str, *, actor: Actor, now: datetime) -> Node:
    """Return a node as somebody may see it; absent and forbidden look the same."""
    for part in parts():
        found = part.nodes[kind](actor, key, now) if kind in part.nodes else None
        if found is not None:
            return found
    raise Refused(queries.absent())


def neighbours(kind: NodeKind, key: str, *, actor: Actor, now: datetime) -> list[Node]:
    """Return what stands next to a node, at most ten of each relation, kind by kind."""
    order = list(NodeKind)
    relations = [one for part in parts() for one in part.relations if one.of is kind]
    ordered = sorted(relations, key=lambda one: order.index(one.to))
    return [node for relation in ordered for node in relation.find(actor, key, now)[:MOST]]


def node_of_shop(shop: Shop) -> Node:
    """Return a shop as a node."""
    url = reverse("shop", args=[shop.id])
    return Node(kind=NodeKind.SHOP, title=name_of_shop(shop), url=url, key=str(shop.id), hint=body_name(shop.platform))


def shop_of_key(key: str) -> Shop | None:
    """Return the shop with a key, or None."""
    try:
        return queries.get_shop(UUID(key))
    except (ValueError, Refused):
        return None


def _node_of_platform(found: Platform) -> Node:
    url = reverse("platform", args=[found.body])
    return Node(kind=NodeKind.PLATFORM, title=body_name(found.body), url=url, key=found.body, hint=found.host)


def _node_of_category(code: str) -> Node:
    url = reverse("trade_node", args=[NodeKind.PRODUCT.value, code])
    return Node(kind=NodeKind.PRODUCT, title=text(categories()[code].title), url=url, key=code)


def _find_platform(_actor: Actor, key: str, _now: datetime) -> Node | None:
    return next((_node_of_platform(one) for one in queries.list_platforms() if one.body == key), None)


def _find_shop(_actor: Actor, key: str, _now: datetime) -> Node | None:
    shop = shop_of_key(key)
    return node_of_shop(shop) if shop else None


def _find_operator(_actor: Actor, key: str, _now: datetime) -> Node | None:
    found = subjects.find_operator(key)
    if found is None:
        return None
    url = reverse("subject", args=[found.uscc])
    return Node(kind=NodeKind.OPERATOR, title=found.name, url=url, key=found.uscc, hint=found.uscc)


def _find_category(_actor: Actor, key: str, _now: datetime) -> Node | None:
    return _node_of_category(key) if key in categories() else None


def _shops_of_platform(_actor: Actor, key: str, now: datetime) -> Sequence[Node]:
    return [node_of_shop(one) for one in queries.list_shops(key, now=now, limit=MOST)]


def _shops_of_operator(_actor: Actor, key: str, now: datetime) -> Sequence[Node]:
    found = subjects.find_operator(key)
    shops = queries.shops_of([found.id], now=now).get(found.id, ()) if found else ()
    return [node_of_shop(one) for one in shops]


def _shops_of_category(_actor: Actor, key: str, now: datetime) -> Sequence[Node]:
    return [node_of_shop(one) for one in queries.list_selling(key, area="", now=now)]


def _platform_of_shop(actor: Actor, key: str, now: datetime) -> Sequence[Node]:
    shop = shop_of_key(key)
    found = _find_platform(actor, shop.platform, now) if shop else None
    return [found] if found else []


def _operator_of_shop(actor: Actor, key: str, now: datetime) -> Sequence[Node]:
    """Return who is behind a shop, where the register agrees: who claims another's code stands next to nobody."""
    shop = shop_of_key(key)
    is_bound = shop is not None and bool(queries.shop_facts(shop.id, now=now).registered_name)
    found = _find_operator(actor, shop.uscc, now) if shop and is_bound else None
    return [found] if found else []


def _categories_of_shop(_actor: Actor, key: str, _now: datetime) -> Sequence[Node]:
    shop = shop_of_key(key)
    return [_node_of_category(code) for code in (shop.categories if shop else ()) if code in categories()]


PART: Final = GraphPart(
    nodes={
        NodeKind.PLATFORM: _find_platform,
        NodeKind.SHOP: _find_shop,
        NodeKind.OPERATOR: _find_operator,
        NodeKind.PRODUCT: _find_category,
    },
    relations=(
        Relation(of=NodeKind.PLATFORM, to=NodeKind.SHOP, find=_shops_of_platform),
        Relation(of=NodeKind.OPERATOR, to=NodeKind.SHOP, find=_shops_of_operator),
        Relation(of=NodeKind.PRODUCT, to=NodeKind.SHOP, find=_shops_of_category),
        Relation(of=NodeKind.SHOP, to=NodeKind.PLATFORM, find=_platform_of_shop),
        Relation(of=NodeKind.SHOP, to=NodeKind.OPERATOR, find=_operator_of_shop),
        Relation(of=NodeKind.SHOP, to=NodeKind.PRODUCT, find=_categories_of_shop),
    ),
)

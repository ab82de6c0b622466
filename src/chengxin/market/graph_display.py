"""The way of a trade as parts of the ui: its entry page, one node beside its neighbours, the panel of other pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Panel
from chengxin.kernel.actor import ANYONE
from chengxin.market import facade
from chengxin.market.contracts import Node, NodeKind, Platform, ShopFacts
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Link, Page, Table


def kind_words(kind: NodeKind) -> str:
    """Name a kind of node."""
    return {
        NodeKind.PLATFORM: _("平台"),
        NodeKind.SHOP: _("店铺"),
        NodeKind.OPERATOR: _("经营者"),
        NodeKind.PRODUCT: _("商品"),
        NodeKind.PARCEL: _("包裹"),
        NodeKind.COMPLAINT: _("投诉"),
    }[kind]


def entry_page(*, problems: bool) -> Page:
    """Return the head of the entry page."""
    return Page(
        title=_("从平台到投诉"),
        lead=_("平台、店铺、经营者、商品、包裹、投诉，从哪一个开始都能一步走到相邻的。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("从平台到投诉"))),
        problems=problems,
    )


def ways() -> list[Fact]:
    """Say of each kind of node what is found there, and where it begins."""
    return [
        Fact(name=kind_words(NodeKind.PLATFORM), value=_("登记的平台，怎样履行责任"), link=_begin("platforms")),
        Fact(name=kind_words(NodeKind.SHOP), value=_("谁在经营，有没有许可，评价和承诺"), link=_begin("platforms")),
        Fact(name=kind_words(NodeKind.OPERATOR), value=_("公开的信用信息，开了哪些店"), link=_begin("search")),
        Fact(name=kind_words(NodeKind.PRODUCT), value=_("要什么许可，抽检结果"), link=_begin("inspections")),
        Fact(name=kind_words(NodeKind.PARCEL), value=_("谁在送，送得怎样；单号只有您有"), link=_begin("couriers")),
        Fact(name=kind_words(NodeKind.COMPLAINT), value=_("不用登录，凭查询码看到底"), link=_begin("complain")),
    ]


def node_page(node: Node) -> Page:
    """Return the head of one node."""
    return Page(
        title=node.title,
        eyebrow=kind_words(node.kind),
        lead=node.hint,
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("从平台到投诉"), url=reverse("ecommerce")),
            Crumb(text=node.title),
        ),
    )


def parcel_page() -> Page:
    """Return the head of what a number led to; the number itself is not shown again."""
    title = _("这个单号相邻的")
    return Page(
        title=title,
        eyebrow=kind_words(NodeKind.PARCEL),
        lead=_("只说是哪一家店铺，不显示买了什么、是谁买的。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("从平台到投诉"), url=reverse("ecommerce")),
            Crumb(text=title),
        ),
    )


def nodes_table(found: Sequence[Node], *, caption: str = "") -> Table:
    """Return nodes, each one click away, and the way on from there."""
    return Table(
        caption=caption or _("相邻的"),
        columns=(Column(title=_("名称")), Column(title=_("是什么")), Column(title=_("再往前"))),
        rows=[
            (
                Cell(value=one.title, url=one.url, hint=one.hint),
                Cell(value=kind_words(one.kind)),
                Cell(value=_("看它相邻的"), url=_graph_url(one)) if one.key else Cell(value="—"),
            )
            for one in found
        ],
        empty=Empty(title=_("没有相邻的"), meaning=_("只列出您可以打开的。")),
    )


def platforms_table() -> Table:
    """Return the registered platforms, where most ways begin."""
    found = facade.list_platforms()
    nodes = [facade.get_node(NodeKind.PLATFORM, one.body, actor=ANYONE, now=one.registered_at) for one in found]
    return nodes_table(nodes, caption=_("登记的平台"))


def of_shop(facts: ShopFacts, *, now: datetime) -> Panel:
    """Return what stands next to a shop, as everybody may open it."""
    return _panel(NodeKind.SHOP, str(facts.shop.id), now=now)


def of_platform(platform: Platform, *, now: datetime) -> Panel:
    """Return the way on from a platform: its shops are on its page already."""
    return _panel(NodeKind.PLATFORM, platform.body, now=now)


def of_operator(uscc: str, *, now: datetime) -> Panel:
    """Return the shops of an operator."""
    return _panel(NodeKind.OPERATOR, uscc, now=now)


def _panel(kind: NodeKind, key: str, *, now: datetime) -> Panel:
    found = facade.neighbours(kind, key, actor=ANYONE, now=now)
    on_page = kind is NodeKind.PLATFORM
    facts = [_fact(one) for one in found if not on_page]
    url = reverse("trade_node", args=[kind.value, key])
    return Panel(template="market/graph_panel.html", context={"facts": facts, "url": url, "is_empty": not found})


def _fact(node: Node) -> Fact:
    return Fact(name=kind_words(node.kind), value=node.title, hint=node.hint, link=Link(text=_("打开"), url=node.url))


def _graph_url(node: Node) -> str:
    return reverse("trade_node", args=[node.kind.value, node.key])


def _begin(url_name: str) -> Link:
    return Link(text=_("从这里开始"), url=reverse(url_name))

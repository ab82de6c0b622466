"""What complaints say on a merchant's one page: those that are open, which wait for an answer and until when."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.disputes import facade
from chengxin.disputes.contracts import Dispute
from chengxin.kernel.actor import Actor
from chengxin.market.contracts import Line, OwnPart, ShopFacts, Todo

ANSWERS = {"first": "answer", "agreed": "pay"}
"""States in which it is the shop's turn, with what it does then."""


def part_of(actor: Actor, facts: ShopFacts, *, now: datetime) -> OwnPart:
    """Return what buyers read of a shop's complaints, and the open ones with what is to be done by when."""
    mine = [one for one in facade.list_for(actor) if one.shop_id == facts.shop.id]
    still = [one for one in mine if not one.case.is_closed]
    page = reverse("shop", args=[facts.shop.id]) + "#promises"
    figures = facade.figures(facts.shop.id, now=now)
    rate = _("每万单%s件") % figures.per_10000 if figures.per_10000 is not None else _("订单太少，不算比例")
    return OwnPart(
        buyers=(
            Line(
                name=_("投诉"),
                value=_("%(days)s天内%(count)s件") % {"days": figures.days, "count": figures.complaints},
                hint=rate,
                url=page,
            ),
        ),
        regulators=(Line(name=_("没有办完的投诉"), value=_("%s件") % len(still), url=reverse("disputes")),),
        todo=tuple(_todo(one) for one in still if one.case.state in ANSWERS),
        contest=(
            Line(
                name=_("投诉不属实"),
                value=_("在答复里写明理由、附上凭证；消费者不同意的，由市场监管部门调解。"),
                url=reverse("disputes"),
            ),
        ),
    )


def _todo(one: Dispute) -> Todo:
    what = _("答复投诉%s") if one.case.state == "first" else _("办理谈妥的投诉%s")
    why = _("到期没有答复的，自动转市场监管部门。") if one.case.state == "first" else _("办好以后登记哪一天办的。")
    return Todo(what=what % one.number, why=why, url=reverse("dispute", args=[one.id]), by=one.case.due_on)

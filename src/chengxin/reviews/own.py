"""What reviews say on a merchant's one page: its reputation, and bad reviews it has not answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.market.contracts import Line, OwnPart, ShopFacts, Todo
from chengxin.reviews import display, facade
from chengxin.reviews.contracts import Review, Score, Status
from chengxin.reviews.rules import window_days
from chengxin.ui.facade import day

LOW: Final = 2
LOOKED_AT: Final = 50
SHOWN: Final = 5


def part_of(actor: Actor, facts: ShopFacts, *, now: datetime) -> OwnPart:  # noqa: ARG001 - every part is given who asks
    """Return reputation and reviews as buyers see them, and the bad ones that wait for an answer."""
    shop = facts.shop
    page = reverse("shop_reviews", args=[shop.id])
    since = now - timedelta(days=window_days(now))
    recent = [one for one in facade.list_public(shop.id, limit=LOOKED_AT) if one.at >= since]
    waiting = [one for one in recent if min(one.marks.values()) <= LOW and not one.answers and not one.hiding]
    return OwnPart(
        buyers=(
            *(_score_line(one, page) for one in facade.list_scores(shop.id)),
            Line(name=_("买家的评价"), value=_("%s条") % facade.count_public(shop.id), url=page),
        ),
        todo=tuple(_todo(one) for one in waiting[:SHOWN]),
        contest=(
            Line(
                name=_("评价不实，或者骂人、泄露信息"),
                value=_("打开那一条评价：公开回复，或者请平台复核。差评本身不会因此删除。"),
                url=page,
            ),
        ),
    )


def _score_line(one: Score, url: str) -> Line:
    name = display.dimension_words(one)
    if one.status is Status.INSUFFICIENT or one.score is None:
        return Line(name=name, value=_("资料不足"), url=url)
    hint = _("区间%(low)s–%(high)s，%(ratings)s条评价") % {
        "low": f"{one.low:.2f}",
        "high": f"{one.high:.2f}",
        "ratings": one.ratings,
    }
    return Line(name=name, value=f"{one.score:.2f}", hint=hint, url=url)


def _todo(one: Review) -> Todo:
    why = one.text[:40] or _("没有写文字。")
    return Todo(
        what=_("%s的差评还没有回复") % day(legal_day(one.at)),
        why=why,
        url=reverse("own_review", args=[one.id]),
    )

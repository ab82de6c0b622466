"""Reviews and reputation as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Case, Words
from chengxin.casework.facade import body_name, due_hint, state_of, text
from chengxin.kernel.clock import legal_day
from chengxin.law.facade import name_of
from chengxin.market.contracts import Seller, Shop
from chengxin.reputation.contracts import Parameters
from chengxin.reviews import facade
from chengxin.reviews.contracts import Hiding, Review, Score, Side, Status
from chengxin.reviews.rules import LAW, window_days
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Page,
    State,
    Table,
    Tone,
    day,
    in_language,
    moment,
    series,
)


def buyer_dimensions() -> Mapping[str, Words]:
    """Return what buyers rate."""
    return facade.dimensions(Side.BUYER)


def scores_table(shop: Shop, scores: Sequence[Score]) -> Table:
    """Return the reputation of a shop: never one number over all, never a number below the floor."""
    window = scores[0].window_days if scores else 0
    return Table(
        caption=_("店铺信誉"),
        caption_hidden=True,
        columns=(
            Column(title=_("评价维度")),
            Column(title=_("信誉"), numeric=True),
            Column(title=_("区间"), numeric=True),
            Column(title=_("评价数"), numeric=True),
            Column(title=_("账本")),
        ),
        rows=[_score_row(shop, one) for one in scores],
        empty=Empty(title=_("还没有店铺信誉"), meaning=_no_score(shop)),
        source=_("按最近%s日已经公开的买家评价计算，每日一次。信誉不是官方信用记录。") % window if scores else "",
        as_of=scores[0].settled_on if scores else None,
    )


def review_rows(reviews: Sequence[Review], *, handles: bool = False) -> list[dict[str, object]]:
    """Return reviews as panels: marks, words or the gap, follow-ups."""
    return [
        {
            "title": day(legal_day(one.at)),
            "marks": series([f"{_dimension(one.side, code)} {mark}" for code, mark in one.marks.items()]),
            "text": one.text,
            "hidden": hidden_words(one.hiding) if one.hiding else "",
            "followups": _after(one, handles=handles),
            "url": reverse("review_handle", args=[one.id]) if handles else "",
        }
        for one in reviews
    ]


def _after(one: Review, *, handles: bool) -> list[dict[str, str]]:
    """Return what followed a review, by time: follow-ups of the buyer and answers of the merchant."""
    said = [*((later, _("追评")) for later in one.followups), *((later, _("商家回复")) for later in one.answers)]
    return [
        {
            "title": _("%(what)s，%(day)s") % {"what": what, "day": day(legal_day(later.at))},
            "text": later.text,
            "hidden": hidden_words(later.hiding) if later.hiding else "",
            "url": reverse("review_handle", args=[later.id]) if handles else "",
        }
        for later, what in sorted(said, key=lambda pair: pair[0].at)
    ]


def of_buyer_page(*, problems: bool = False) -> Page:
    """Return the head of the page on which a buyer reads how a shop rated them."""
    return Page(
        title=_("店铺怎样评价我"),
        lead=_("不用登录。店铺对您的评价只有您、店铺和平台看得到：不公开，不加总，不能作为拒绝您的理由。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("店铺怎样评价我"))),
        problems=problems,
    )


def sides_of_trade(reviews: Sequence[Review]) -> list[tuple[str, list[dict[str, object]]]]:
    """Return what the shop said of a buyer, and then what the buyer said, each under its title where it is open."""
    titles = ((Side.SELLER, _("店铺对您的评价")), (Side.BUYER, _("您对店铺的评价")))
    sides = [(title, review_rows([one for one in reviews if one.side is side])) for side, title in titles]
    return [(title, rows) for title, rows in sides if rows]


def hidden_words(hiding: Hiding) -> str:
    """Say what stands in the place of hidden words."""
    ground = facade.grounds()[hiding.ground]
    basis = series([in_language(name_of(one).zh, name_of(one).en) for one in ground.basis])
    return _("已屏蔽：%(ground)s（%(basis)s）。%(body)s，%(at)s。理由：%(reasons)s") % {
        "ground": text(ground.title),
        "basis": basis,
        "body": body_name(hiding.body),
        "at": moment(hiding.at),
        "reasons": hiding.reasons,
    }


def open_rule(shop: Shop) -> str:
    """Say when a review is shown, or why none is."""
    if shop.seller is Seller.INDIVIDUAL:
        return _("个人卖家的评价留在平台上，这里不显示，也不计算信誉。")
    return _("双方都评价以后，或者一方评价满十五日，才同时公开。评价不能修改、删除，追评补在后面。")


def reviews_page(shop: Shop) -> Page:
    """Return the head of the reviews of a shop."""
    name = shop.title or _("个人店铺 %s") % shop.number
    return Page(
        title=_("评价和信誉"),
        eyebrow=name,
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=name, url=reverse("shop", args=[shop.id])),
            Crumb(text=_("评价和信誉")),
        ),
    )


def formula_page() -> Page:
    """Return the head of the published formula."""
    return Page(
        title=_("店铺信誉怎样算"),
        lead=_("公式、参数和每一条评价的权重都公开，任何人都可以重算。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("店铺信誉怎样算"))),
    )


def parameters(*, at: datetime) -> list[Fact]:
    """Return the published parameters that hold now."""
    held = Parameters()
    blind = LAW.value("review.blind", on=legal_day(at)).number
    return [
        Fact(name=_("版本"), value=held.version),
        Fact(name=_("窗口"), value=_("最近%s日") % window_days(at), hint=_("暂定。")),
        Fact(name=_("双盲"), value=_("%s日") % blind, hint=_("暂定。")),
        Fact(name=_("平均分的分量"), value=_("相当于%s条评价") % f"{held.prior_weight:g}"),
        Fact(name=_("评价人的经验"), value=_("评过n次的按 n ÷（n + %s）计") % f"{held.experience:g}"),
        Fact(name=_("最少的有效评价"), value=f"{held.enough:g}", hint=_("不到这个数，只显示“资料不足”，不显示分数。")),
        Fact(name=_("区间"), value=_("约八成把握")),
    ]


def handle_page(review: Review, *, problems: bool) -> Page:
    """Return the head of the page on which words are hidden or shown again."""
    return Page(
        title=_("解除屏蔽") if review.hiding else _("屏蔽评价的文字"),
        lead=_("评价不能删除。屏蔽的只是文字：文字保存，分数照算，依据、理由和单位公开。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("评价和信誉"), url=reverse("shop_reviews", args=[review.shop_id])),
            Crumb(text=_("屏蔽")),
        ),
        problems=problems,
    )


def dimension_words(score: Score) -> str:
    """Return what a score is about."""
    return _dimension(Side.BUYER, score.dimension)


def own_review_page(review: Review, *, problems: bool) -> Page:
    """Return the head of the page on which a merchant answers a review."""
    shops = Crumb(text=_("我的店铺"), url=reverse("own_shops"))
    return Page(
        title=_("回复评价"),
        lead=_("评价不能修改、删除。您的回复和它放在一起，任何人都看得到。"),
        crumbs=(Crumb(text=_("我的"), url=reverse("archive")), shops, Crumb(text=day(legal_day(review.at)))),
        problems=problems,
    )


def contest_facts(case: Case, *, at: datetime) -> list[Fact]:
    """Say where a merchant's request to check a review stands."""
    until = day(case.due_on) if case.due_on else ""
    return [
        Fact(name=_("事项编号"), value=case.number),
        Fact(name=_("状态"), value="", state=state_of(case)),
        Fact(name=_("平台最晚答复"), value=until or _("已经答复"), hint=due_hint(case, on=legal_day(at))),
    ]


def _score_row(shop: Shop, one: Score) -> tuple[Cell, ...]:
    title = Cell(value=_dimension(Side.BUYER, one.dimension))
    count = Cell(value=one.ratings, hint=_("有效 %s") % f"{one.effective_n:.1f}")
    book = Cell(value=_("权重账本"), url=reverse("shop_ledger", args=[shop.id, one.dimension]))
    if one.status is Status.INSUFFICIENT or one.score is None or one.low is None or one.high is None:
        return title, Cell(state=State(word=_("资料不足"), tone=Tone.NEUTRAL)), Cell(value="—"), count, book
    return title, Cell(value=f"{one.score:.2f}"), Cell(value=f"{one.low:.2f}–{one.high:.2f}"), count, book


def _no_score(shop: Shop) -> str:
    if shop.seller is Seller.INDIVIDUAL:
        return _("个人卖家不计算信誉。")
    return _("有了已经公开的评价，第二天起显示；没有评价不是差评。")


def _dimension(side: Side, code: str) -> str:
    known = facade.dimensions(side).get(code)
    return text(known) if known else code

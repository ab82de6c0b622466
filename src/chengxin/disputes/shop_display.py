"""What a shop promises, what its fund holds and how it deals with complaints, as parts of the ui."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Words
from chengxin.casework.facade import text
from chengxin.disputes import facade
from chengxin.disputes.contracts import PROCEDURE, Account, Figures, Fund, Promise
from chengxin.market import facade as market
from chengxin.market.contracts import Shop
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Page,
    Pager,
    State,
    Table,
    Tone,
    count,
    day,
    series,
    yuan,
)

KINDS: Final[Mapping[str, Words]] = {
    "deposit": Words(zh="存入", en="Paid in"),
    "pay_out": Words(zh="先行赔付", en="Paid first to a consumer"),
    "claim_back": Words(zh="向店铺追偿", en="Claimed back from the shop"),
    "return": Words(zh="退还店铺", en="Returned to the shop"),
}


def promise_facts(promise: Promise | None) -> list[Fact]:
    """Return the promise card of a shop; the law's seven days hold without one."""
    if promise is None:
        return [
            Fact(name=_("首问负责岗位"), value=_("店铺没有填写"), hint=_("投诉照样送到店铺，期限一样。")),
            Fact(name=_("七日无理由退货"), value=_("按法律规定"), hint=_not_for(facade.exceptions())),
        ]
    pays = promise.pays_first_fen
    not_for = _not_for(promise.exceptions)
    return [
        Fact(name=_("首问负责岗位"), value=promise.post, hint=promise.reach),
        Fact(name=_("先行赔付"), value=_("最多%s") % yuan(pays) if pays else _("没有承诺")),
        Fact(
            name=_("无理由退货"),
            value=_("收到后%s天内") % promise.return_days,
            hint=_("不适用：%s。") % not_for if not_for else _("退回的商品收到后七日内退款。"),
        ),
    ]


def own_promises_page() -> Page:
    """Return the head of the list of shops one may promise for."""
    lead = _("每家店铺向买家承诺什么、保证金还有多少。点店铺名称修改承诺、登记保证金。")
    return Page(title=_("承诺和保证金"), lead=lead, crumbs=(Crumb(text=_("承诺和保证金")),), wide=True)


def own_promises_table(shops: Sequence[Shop], *, pager: Pager | None) -> Table:
    """Return shops with what each promises and what its fund holds."""
    rows = []
    for shop in shops:
        promise, fund = facade.find_promise(shop.id), facade.find_fund(shop.id)
        rows.append(
            (
                Cell(value=market.name_of_shop(shop), url=reverse("shop_promises", args=[shop.id])),
                Cell(value=promise.post if promise else _("店铺没有填写")),
                Cell(value=yuan(promise.pays_first_fen) if promise and promise.pays_first_fen else _("没有承诺")),
                Cell(value=yuan(fund.balance) if fund else "—"),
            )
        )
    columns = (Column(title=_("店铺")), Column(title=_("首问负责岗位")), Column(title=_("先行赔付")))
    return Table(
        caption=_("承诺和保证金"),
        caption_hidden=True,
        columns=(*columns, Column(title=_("保证金余额"), numeric=True)),
        rows=rows,
        empty=Empty(title=_("没有店铺"), meaning=_("登记的平台报送了您的店铺以后，在这里作出承诺。")),
        pager=pager,
    )


def promises_page(shop: Shop, *, problems: bool) -> Page:
    """Return the head of the page on which a shop promises."""
    name = market.name_of_shop(shop)
    crumbs = (Crumb(text=name, url=reverse("shop", args=[shop.id])), Crumb(text=_("承诺和保证金")))
    return Page(title=_("承诺和保证金"), lead=name, crumbs=crumbs, problems=problems)


def promised(shop_id: Any) -> dict[str, object]:  # noqa: ANN401 - an identifier
    """Return what a shop promises now, as the form has it."""
    found = facade.find_promise(shop_id)
    if found is None:
        return {}
    return {**vars(found), "yuan": Decimal(found.pays_first_fen) / 100, "exceptions": list(found.exceptions)}


def fund_table(fund: Fund | None) -> Table | None:
    """Return the ledger of a fund, the newest line last."""
    if fund is None:
        return None
    source = _("已赔付%(out)s，已追偿%(back)s") % {"out": yuan(fund.paid_out), "back": yuan(fund.claimed_back)}
    if fund.mean_days is not None:
        source = series([source, _("谈妥以后平均%s天赔付") % fund.mean_days])
    return Table(
        caption=_("消费者权益保证金，余额%s") % yuan(fund.balance),
        columns=(
            Column(title=_("哪一天")),
            Column(title=_("哪一种")),
            Column(title=_("金额"), numeric=True),
            Column(title=_("余额"), numeric=True),
        ),
        rows=[
            (
                Cell(value=one.done_on),
                Cell(value=text(KINDS[one.kind])),
                Cell(value=yuan(one.fen)),
                Cell(value=yuan(one.balance)),
            )
            for one in fund.lines
        ],
        source=source,
    )


def figure_facts(found: Figures) -> list[Fact]:
    """Return how a shop deals with complaints, each number with what it is out of; no rate of few orders."""
    orders = _("近%(days)s天%(orders)s笔订单，%(complaints)s件投诉") % {
        "days": found.days,
        "orders": count(found.orders),
        "complaints": count(found.complaints),
    }
    rate = _("资料不足") if found.per_10000 is None else _("%s件") % count(found.per_10000)
    said = [Fact(name=_("每万笔订单的投诉"), value=rate, hint=orders)]
    if found.complaints:
        settled = _("%(settled)s件，共%(complaints)s件") % {"settled": found.settled, "complaints": found.complaints}
        said.append(Fact(name=_("已解决"), value=settled))
    if found.median_days is not None:
        said.append(Fact(name=_("一般几天答复"), value=_("%s天（中位数）") % found.median_days))
    return said


def account_rows(accounts: Sequence[Account]) -> list[dict[str, object]]:
    """Return stories that their consumers let be read, each with the shop's word."""
    states = casework.get_procedure(PROCEDURE).states
    return [
        {
            "title": text(facade.matters()[one.matter]),
            "when": day(one.on),
            "text": one.text,
            "reply": one.reply,
            "state": State(word=text(states[one.state].title), tone=Tone(states[one.state].tone)),
        }
        for one in accounts
    ]


def _not_for(codes: Collection[str]) -> str:
    return series([text(facade.exceptions()[code]) for code in codes])

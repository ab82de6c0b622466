"""Sheets of hotlines as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import state_of
from chengxin.disputes.contracts import Filed, Reported
from chengxin.market import facade as market
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Page, Table, series, words_of


def hotlines_page(*, problems: bool) -> Page:
    """Return the head of the page of hotlines."""
    return Page(
        title=_("热线工单"),
        lead=_("12345、12315、12318的工单在这里登记。同一个人说同一家店铺的事，合成一件，写明每一个来源。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("热线工单"))),
        wide=True,
        problems=problems,
    )


def filed_table(found: Sequence[Filed]) -> Table:
    """Return what became of each row of a file: the complaint it made or joined, or why it was not taken."""
    return Table(
        caption=_("刚才的文件"),
        columns=tuple(Column(title=one) for one in (_("工单号"), _("结果"), _("编号"))),
        rows=[
            (
                Cell(value=one.sheet),
                Cell(value=_became(one), hint=words_of(one.refusal)["what"] if one.refusal else ""),
                Cell(value=one.number),
            )
            for one in found
        ],
        empty=Empty(title=_("文件里没有工单"), meaning=_("只有列名，没有行。")),
    )


def _became(one: Filed) -> str:
    if one.refusal is not None:
        return _("没有登记")
    return _("新的一件") if one.is_new else _("并入已有的一件")


def reported_table(found: Sequence[Reported]) -> Table:
    """Return the complaints that came by hotlines, each with every sheet that tells of it."""
    return Table(
        caption=_("我登记的工单"),
        columns=tuple(Column(title=one) for one in (_("编号"), _("店铺"), _("来源"), _("状态"))),
        rows=[
            (
                Cell(value=one.number),
                Cell(value=market.name_of_shop(market.get_shop(one.shop_id)) if one.shop_id else ""),
                Cell(
                    value=_("%s个来源") % len(one.sources),
                    hint=series([f"{each.hotline} {each.sheet}" for each in one.sources]),
                ),
                Cell(state=state_of(one.case)),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有登记工单"), meaning=_("登记以后，合成了哪一件、办到哪一步，显示在这里。")),
    )

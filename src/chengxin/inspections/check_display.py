"""Checks as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name, text
from chengxin.inspections.checking import Bulletin
from chengxin.inspections.disclosing import Looked
from chengxin.inspections.pricing import COLUMNS, Comparison
from chengxin.law.facade import name_of
from chengxin.leads.contracts import Taken
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Page, State, Table, Tone, day, in_language, yuan

SAMPLE: Final = f"{','.join(COLUMNS)}\nS-1,红豆糕,2026-11-09,29.90,,\nS-1,红豆糕,2026-11-11,25.00,59.00,\n"


def check_page(what: str, *, workbench: str, problems: bool) -> Page:
    """Return the head of a check."""
    title = _("原价核查") if what == "prices" else _("页面公示核查")
    lead = _("查出来的只是提示，不是认定：交给线索核查，先听商家说明。")
    if workbench == "biz":
        lead = _("查您平台自己的店铺。结果只给您看，不保存，也不报送。")
    return Page(
        title=title,
        lead=lead,
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=title)),
        wide=True,
        problems=problems,
    )


def comparisons_table(found: Sequence[Comparison]) -> Table:
    """Return each comparison with what it may be at most, of which day."""
    titles = (_("商品"), _("标的原价"), _("最高可以标"), _("结果"))
    return Table(
        caption=_("价格比较"),
        columns=tuple(Column(title=one) for one in titles),
        rows=[
            (
                Cell(value=one.goods, hint=f"{one.shop} · {day(one.began_on)}"),
                Cell(value=yuan(one.was_fen)),
                Cell(
                    value=yuan(one.base_fen) if one.base_fen is not None else _("不知道"),
                    hint=_("%s成交") % day(one.base_on) if one.base_on else _("之前没有成交，不提示"),
                ),
                Cell(
                    state=State(word=_("高于之前的成交价"), tone=Tone.TODO)
                    if one.is_above
                    else State(word=_("没有提示"), tone=Tone.DONE)
                ),
            )
            for one in found
        ],
        empty=Empty(title=_("没有价格比较"), meaning=_("序列里没有标原价的，或者都写明了原价的详细信息。")),
    )


def items_table(looked: Looked) -> Table:
    """Return each item a page has to show, whether it was found, by which article, and what clears it."""
    titles = (_("公示项"), _("依据"), _("结果"))
    return Table(
        caption=_("公示项"),
        columns=tuple(Column(title=one) for one in titles),
        rows=[
            (
                Cell(value=text(one.title), hint=text(one.clears) if one in looked.missing else ""),
                Cell(value=_article(one.basis[0])),
                Cell(
                    state=State(word=_("没有找到"), tone=Tone.TODO)
                    if one in looked.missing
                    else State(word=_("找到了"), tone=Tone.DONE)
                ),
            )
            for one in looked.asked
        ],
    )


def came_of(taken: Taken | None) -> str:
    """Say what became of what was pointed at."""
    if taken is None:
        return _("只给您看，没有保存。")
    said = {"new": taken.new, "known": taken.known, "aside": sum(taken.aside.values())}
    return _("新的提示%(new)s条，以前提示过%(known)s条，个人卖家和没有核实的店铺不提示（%(aside)s条）。") % said


def bulletin_page() -> Page:
    """Return the head of the public bulletin."""
    return Page(
        title=_("网络价格行为信息"),
        lead=_("标的“原价”，应当不高于之前七天的最低成交价；七天没有成交的，不高于最后一次成交价。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("电商诚信"), url=reverse("platforms")),
            Crumb(text=_("网络价格行为信息")),
        ),
        wide=True,
    )


def bulletin_table(found: Sequence[Bulletin]) -> Table:
    """Return what price checks came to by platform: counts alone."""
    titles = (_("平台"), _("核查次数"), _("看了多少次价格比较"), _("高于之前的成交价"), _("最近一次"))
    return Table(
        caption=_("价格比较核查"),
        caption_hidden=True,
        columns=tuple(Column(title=one, numeric=place in {1, 2, 3}) for place, one in enumerate(titles)),
        rows=[
            (
                Cell(value=body_name(one.platform), url=reverse("platform", args=[one.platform])),
                Cell(value=one.checks),
                Cell(value=one.looked),
                Cell(value=one.pointed),
                Cell(value=one.newest),
            )
            for one in found
        ],
        empty=Empty(
            title=_("还没有核查过"),
            meaning=_("没有市场监管部门在这里核查过价格比较。没有核查不表示价格没有问题。"),
        ),
    )


def _article(citation: str) -> str:
    name = name_of(citation)
    return in_language(name.zh, name.en)

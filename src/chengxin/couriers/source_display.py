"""Sources, the formula, the uses as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name, text
from chengxin.couriers.contracts import Company, Figure, PaperRate, Status, Use
from chengxin.couriers.display import OLIST, figures_table, lanes_table, source_name
from chengxin.couriers.standards import classes, standards, uses
from chengxin.law.facade import name_of
from chengxin.ui.facade import Cell, Column, Empty, Link, Table, in_language, period, series
from chengxin.ui.facade import Fact as Line


def sources_list(sources: Sequence[str]) -> list[Link]:
    """Return links to what each source comes to."""
    return [Link(text=source_name(one), url=reverse("courier_source", args=[one])) for one in sources]


def note_of(source: str) -> str:
    """Say what has to be known of a source before its figures are read."""
    if source == OLIST:
        return _(
            "Olist 公布的数据没有写明是哪家企业承运。页面上的 olist 代表全部承运人合在一起，没有可以比较的企业，"
            "显示的是原始数；交给承运人和签收各有一个时间，没有中途扫描，也没有异常扫描。"
        )
    return ""


def source_part(source: str, figures: Sequence[Figure]) -> dict[str, object]:
    """Return the figures of a company from one source, with its lanes where it was compared."""
    on_time = next((one for one in figures if one.measure == "on_time" and one.status is Status.COMPARED), None)
    return {
        "title": source_name(source),
        "url": reverse("courier_source", args=[source]),
        "id": f"source-{source}",
        "table": figures_table(figures),
        "lanes": lanes_table(on_time) if on_time and on_time.lanes else None,
    }


def courier_part(courier: str, figures: Sequence[Figure]) -> dict[str, object]:
    """Return the figures of one courier of a source."""
    title = courier or _("没有登记的企业合在一起")
    return {"title": title, "id": f"courier-{courier}", "table": figures_table(figures)}


def rates_table(rates: Sequence[PaperRate]) -> Table:
    """Return how often each rule over papers fires: a rule that fires is a note, no accusation."""
    held = rates[0]
    return Table(
        caption=_("单据规则的命中率"),
        caption_hidden=True,
        columns=(
            Column(title=_("规则")),
            Column(title=_("每万单"), numeric=True),
            Column(title=_("命中（单）"), numeric=True),
            Column(title=_("看过（单）"), numeric=True),
        ),
        rows=[
            (
                Cell(value=text(one.title), hint=one.rule),
                Cell(value=f"{10_000 * one.fired / one.orders:.1f}"),
                Cell(value=f"{one.fired:,}"),
                Cell(value=f"{one.orders:,}"),
            )
            for one in rates
        ],
        source=_("%(window)s。命中一条规则只是备注：诚实的订单也会命中，缺少的单据不算命中。")
        % {"window": period(held.window_from, held.window_until)},
    )


def measures() -> list[Line]:
    """Say what each measure asks."""
    return [Line(name=text(one.title), value=text(one.says)) for one in standards().measures.values()]


def parameters() -> list[Line]:
    """Say the parameters that hold now."""
    held = standards()
    return [
        Line(name=_("版本"), value=held.version),
        Line(name=_("窗口"), value=_("%s日，到最近一个整月为止") % held.window_days),
        Line(name=_("均值的分量"), value=_("相当于%s件包裹") % held.weight),
        Line(name=_("最少的包裹"), value=_("%s件") % held.floor, hint=_("不到这个数，只显示“资料不足”。")),
        Line(name=_("区间"), value=_("约八成把握")),
    ]


def supervision_table(companies: Sequence[Company], *, kind: str) -> Table:
    """Return the companies of a class an officer may look at, each for a use."""
    title = text(classes()[kind].title)
    return Table(
        caption=title,
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (title, _("统一社会信用代码"), _("登记的部门"))),
        rows=[
            (
                Cell(value=one.name, url=reverse(f"{kind}_use", args=[one.uscc])),
                Cell(value=one.uscc),
                Cell(value=body_name(one.authority)),
            )
            for one in companies
        ],
        empty=Empty(title=_("还没有登记的企业"), meaning=_("主管部门登记以后，显示在这里。")),
    )


def uses_table(kind: str) -> Table:
    """Return the uses of a class: what each returns and what follows."""
    return Table(
        caption=_("用途"),
        columns=tuple(Column(title=one) for one in (_("用途"), _("没有这些事实"), _("有这些事实"), _("依据"))),
        rows=[
            (
                Cell(value=text(one.title)),
                Cell(value=text(one.plans["clear"])),
                Cell(value=text(one.plans["marked"])),
                Cell(value=basis_words(one)),
            )
            for one in uses().values()
            if one.kind == kind
        ],
        source=_("安排不是惩戒；限制企业的措施只按公布的清单、由具名的人决定。"),
    )


def basis_words(use: Use) -> str:
    """Name the articles of a use."""
    return series([in_language(name_of(one).zh, name_of(one).en) for one in use.basis])

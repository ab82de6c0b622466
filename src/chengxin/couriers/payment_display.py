"""Payment institutions, what shoppers are warned of, and the reconciliation as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name, text
from chengxin.couriers.contracts import Company
from chengxin.couriers.display import nothing_said, source_name
from chengxin.couriers.flows import Check, Flow, rules
from chengxin.ui.facade import Cell, Column, Empty, State, Table, Tone, period


def institutions_table(companies: Sequence[Company]) -> Table:
    """Return the register of payment institutions, by name."""
    return Table(
        caption=_("登记的支付机构"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("支付机构"), _("统一社会信用代码"), _("登记的部门"))),
        rows=[
            (
                Cell(value=one.name, hint="、".join(one.names)),
                Cell(value=one.uscc),
                Cell(value=body_name(one.authority)),
            )
            for one in companies
        ],
        empty=Empty(title=_("还没有登记的企业"), meaning=_("主管部门登记以后，显示在这里。")),
        source=_("按名称排列，不是排名。"),
    )


def patterns() -> list[dict[str, str]]:
    """Return the patterns of fraud that shoppers are warned of."""
    return [{"title": text(one.title), "says": text(one.says), "does": text(one.does)} for one in rules().patterns]


def flows_table(flows: Sequence[Flow]) -> Table:
    """Return each source and institution with what was compared; below the floor nothing is said."""
    checks = rules().checks
    return Table(
        caption=_("核对结果"),
        caption_hidden=True,
        columns=(
            Column(title=_("平台和支付机构")),
            Column(title=_("付款（笔）"), numeric=True),
            *(Column(title=text(one.title)) for one in checks),
        ),
        rows=[
            (
                Cell(value=flow.channel or _("没有登记的机构合在一起"), hint=_where(flow)),
                Cell(value=f"{flow.counts['payments']:,}"),
                *(_check_cell(flow, one) for one in checks),
            )
            for flow in flows
        ],
        empty=Empty(
            title=_("还没有可以核对的支付数据"),
            meaning=_("平台报送订单、支付和运单以后，每天核对一次，结果显示在这里。"),
        ),
        source=_("少于十笔的不单独显示，并到没有登记的机构里。"),
    )


def checks_table() -> Table:
    """Return the published limits, and what clears a disagreement."""
    return Table(
        caption=_("怎样核对"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("核对什么"), _("每万笔超过多少才提示"), _("怎样可以排除"))),
        rows=[
            (Cell(value=text(one.title)), Cell(value=one.limit), Cell(value=text(one.clears))) for one in rules().checks
        ],
        source=_(
            "规则%(version)s版；不足%(floor)s笔的不算比例。公开数据（Olist）的诚实订单里，金额不一致的每万笔约26笔。"
        )
        % {"version": rules().version, "floor": rules().floor},
    )


def _where(flow: Flow) -> str:
    return f"{source_name(flow.source)} · {period(flow.window_from, flow.window_until)}"


def _check_cell(flow: Flow, check: Check) -> Cell:
    share = flow.share(check)
    if share is None:
        return Cell(state=nothing_said())
    said = _("每万笔%s笔") % f"{share:.0f}"
    counted = f"{flow.counts[check.code]:,}/{flow.counts[check.of]:,}"
    if flow.disagrees(check):
        return Cell(state=State(word=_("对不上"), tone=Tone.TODO), hint=f"{said} · {counted}")
    return Cell(state=State(word=_("相符"), tone=Tone.DONE), hint=f"{said} · {counted}")

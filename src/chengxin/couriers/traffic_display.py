"""The traffic score as parts of the ui: every line with its weight, so that anybody can add up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import text
from chengxin.couriers.contracts import TrafficRules, TrafficScore
from chengxin.law.facade import name_of
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, Table, day, in_language, period, series


def page(*, problems: bool) -> Page:
    """Return the head of the supervisors' page."""
    return Page(
        title=_("文明交通守信考核"),
        lead=_("只看企业自己受到的、公示中的交通违法处罚；不看任何个人，不收任何位置。每次查看留记录，企业看得到。"),
        crumbs=(
            Crumb(text=_("工作台"), url=reverse("casework_inbox")),
            Crumb(text=_("寄递监管"), url=reverse("courier_supervision")),
            Crumb(text=_("文明交通守信考核")),
        ),
        problems=problems,
    )


def score_facts(found: TrafficScore, rules: TrafficRules) -> list[Fact]:
    """Say what the score is, of which days and by which rules."""
    score = _("%(score)s分（满分%(start)s分）") % {"score": found.score, "start": rules.start}
    hint = _("从满分里减去下面每一条的扣分，减到零为止。") if found.lines else _("没有计入的违法，没有扣分。")
    return [
        Fact(name=_("文明交通守信分"), value=score, hint=hint),
        Fact(name=_("期间"), value=period(found.since, found.on)),
        Fact(name=_("依据"), value=_basis(rules, on=found.on), hint=_("公式%s版，扣分数是暂定的。") % rules.version),
        Fact(
            name=_("不用来做什么"),
            value=_("企业的车有多有少，这个分不用来排名，不用来停止车辆通行，也不是对任何个人的评价。"),
        ),
    ]


def lines_table(found: TrafficScore) -> Table:
    """Return every violation that counts, with its weight and the decision it is from."""
    return Table(
        caption=_("计入的交通违法"),
        columns=(
            Column(title=_("违法")),
            Column(title=_("扣分"), numeric=True),
            Column(title=_("认定单位")),
            Column(title=_("认定日期")),
        ),
        rows=[
            (
                Cell(value=one.what, hint=series([text(one.kind.title), one.number])),
                Cell(value=one.kind.weight),
                Cell(value=one.body_name),
                Cell(value=day(one.determined_on)),
            )
            for one in found.lines
        ],
        empty=Empty(
            title=_("没有计入的交通违法"),
            meaning=_("只计已经认定、公示中的处罚；撤销、修复、冻结、公示期满的当时就不计，分数重新算。"),
        ),
        source=_(
            "不对的：企业登录后对那一条记录提出异议；驾驶人个人受到的处罚不计入，本人在“我的信用”里查看和提出异议。"
        ),
    )


def kinds_table(rules: TrafficRules) -> Table:
    """Publish how much each kind of violation weighs."""
    return Table(
        caption=_("每一种扣多少"),
        columns=(Column(title=_("违法")), Column(title=_("扣分"), numeric=True)),
        rows=[(Cell(value=text(one.title)), Cell(value=one.weight)) for one in rules.kinds],
        source=_("警告和简易程序的处罚不公示，不计入。"),
    )


def _basis(rules: TrafficRules, *, on: date) -> str:  # noqa: ARG001 - the names of articles do not change
    names: Sequence[str] = [one for one in rules.basis if not one.startswith("D/")]
    return series([in_language(name_of(one).zh, name_of(one).en) for one in names])

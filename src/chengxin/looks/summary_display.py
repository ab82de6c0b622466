"""The yearly summary as parts of the ui."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.audit.contracts import Kind
from chengxin.casework import facade as casework
from chengxin.catalogue import facade as catalogue
from chengxin.looks.contracts import YearSummary
from chengxin.looks.display import days_table
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Figure, Link, Page, Table, in_language, moment

_YEARS_BACK: Final = 3


def summary_page(found: YearSummary) -> Page:
    """Return the head of a year."""
    title = _("%s年小结") % found.year
    lead = _("截至%s。只有次数和条数，没有评价；可以打印。") % moment(found.as_of)
    return Page(title=title, lead=lead, crumbs=(Crumb(text=_("谁看过我"), url=reverse("looks")), Crumb(text=title)))


def figures(found: YearSummary) -> list[Figure]:
    """Return the numbers a person reads first."""
    looked = sum(one.count for one in found.days)
    return [
        Figure(label=_("平台保存的信息"), value=found.held, unit=_("条"), url=reverse("archive")),
        Figure(label=_("这一年结束的"), value=found.ended, unit=_("条")),
        Figure(label=_("别人查看和办理"), value=looked, unit=_("次"), url=reverse("looks")),
        Figure(label=_("比对到您，未匹配"), value=found.near_misses, unit=_("次")),
    ]


def lines_table(found: YearSummary) -> Table:
    """Return what is held by kind, and how much of it ended in the year."""
    rows = [
        (Cell(value=_item(one.item_code, on=date(found.year, 12, 31))), Cell(value=one.held), Cell(value=one.ended))
        for one in found.lines
    ]
    titles = (_("信息种类"), _("条数"), _("这一年结束的"))
    return Table(
        caption=_("平台保存了什么"),
        columns=tuple(Column(title=title, numeric=place > 0) for place, title in enumerate(titles)),
        rows=rows,
        empty=Empty(title=_("没有信息"), meaning=_("这一年各部门没有报送过您的信息；不是对您的评价。")),
    )


def looks_table(found: YearSummary) -> Table | None:
    """Return who looked, by body and purpose."""
    return days_table(found.days, caption=_("谁看过，为了什么")) if found.days else None


def changes(found: YearSummary) -> list[Fact]:
    """Return what was corrected, marked or erased, allowed and taken back, and what was decided of one's own."""
    words = {
        Kind.CORRECT: _("更正"),
        Kind.WITHDRAW: _("撤回信息"),
        Kind.ERASE: _("删除内容"),
        Kind.MARK: _("标注和本人说明"),
        Kind.CONSENT: _("给出授权的次数"),
        Kind.REVOKE: _("撤回授权的次数"),
    }
    shown = [Fact(name=words[Kind(kind)], value=_("%s次") % count) for kind, count in found.acts.items()]
    decided = Counter((case.procedure, casework.state_of(case).word) for case in found.cases)
    for (procedure, state), count in sorted(decided.items()):
        title = casework.get_procedure(procedure).title
        shown.append(Fact(name=in_language(title.zh, title.en), value=_("%s件") % count, hint=state))
    if found.withheld:
        shown.append(Fact(name=_("依法暂不显示的查看"), value=_("%s次") % found.withheld, hint=_("期满自动显示")))
    return shown


def years(found: YearSummary, *, today: date) -> Sequence[Link]:
    """Return the way to this year and those before it."""
    others = [year for year in range(today.year, today.year - _YEARS_BACK, -1) if year != found.year]
    return [Link(text=_("%s年") % year, url=reverse("year_summary", args=[year])) for year in others]


def _item(code: str, *, on: date) -> str:
    item = catalogue.find_item(code, on=on)
    return in_language(item.title.zh, item.title.en) if item else code

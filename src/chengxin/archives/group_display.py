"""Key groups as their supervising department reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.archives.occupation import MEMBER, part_title
from chengxin.archives.values import words
from chengxin.catalogue.contracts import Group
from chengxin.kernel.clock import legal_day
from chengxin.records.contracts import PartFigures
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, Table, day, share


def groups_page() -> Page:
    """Return the head of the groups a body supervises."""
    return Page(title=_("重点人群档案"), lead=_("本单位主管的职业。这里只有数字，不列出任何人。"))


def groups_table(found: Sequence[Group]) -> Table:
    """Return the groups with the way to their figures."""
    rows = [
        (
            Cell(value=f"{one.code} {words(one.title)}", url=reverse("dept_group", args=[one.code])),
            Cell(value=_("%(n)s个部分") % {"n": len(one.parts)}, hint=words(one.limits) if one.limits else ""),
        )
        for one in found
    ]
    empty = Empty(title=_("本单位没有主管的重点人群"), meaning=_("26类职业各有主管部门，见目录。"))
    columns = (Column(title=_("职业")), Column(title=_("档案部分")))
    return Table(caption=_("重点人群档案"), caption_hidden=True, columns=columns, rows=rows, empty=empty)


def group_page(group: Group) -> Page:
    """Return the head of one group."""
    return Page(
        title=words(group.title),
        eyebrow=group.code,
        lead=_("本单位报送的档案有多少、全不全。只有数字，不列出任何人；撤回、修复和保存期满的不算。"),
        crumbs=(Crumb(text=_("重点人群档案"), url=reverse("dept_groups")), Crumb(text=words(group.title))),
    )


def group_facts(group: Group, figures: Mapping[str, PartFigures]) -> list[Fact]:
    """Return how many are in the group, how many left, and what its archive never holds."""
    member = figures.get(MEMBER)
    facts = [
        Fact(name=_("在岗"), value=_("%(n)s人") % {"n": member.members if member else 0}),
        Fact(name=_("已经离开"), value=_("%(n)s人") % {"n": member.left if member else 0}),
    ]
    return [*facts, Fact(name=_("不收什么"), value=words(group.limits))] if group.limits else facts


def parts_table(group: Group, figures: Mapping[str, PartFigures], *, on: date) -> Table:
    """Return the parts: records, how many of those in the group have one, whom nobody registered, when last filed."""
    inside = figures[MEMBER].members if MEMBER in figures else 0
    rows = [_row(part_title(group, part, on=on), figures.get(part), inside) for part in group.parts]
    columns = (
        Column(title=_("档案部分")),
        Column(title=_("条数"), numeric=True),
        Column(title=_("在岗的人有这一部分"), numeric=True),
        Column(title=_("没有从业登记的人"), numeric=True),
        Column(title=_("最近报送")),
    )
    return Table(caption=_("档案完整情况"), columns=columns, rows=rows)


def _row(title: str, found: PartFigures | None, inside: int) -> tuple[Cell, ...]:
    if found is None:
        return (Cell(value=title), Cell(value=0), Cell(value="—"), Cell(value=0), Cell(value=_("还没有报送")))
    part = share(found.members, inside) if inside else "—"
    return (
        Cell(value=title),
        Cell(value=found.records),
        Cell(value=_("%(n)s人") % {"n": found.members}, hint=part),
        Cell(value=found.strangers),
        Cell(value=day(legal_day(found.last_at))),
    )

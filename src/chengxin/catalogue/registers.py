"""The registers beside the list of items: key occupational groups, schemas, and what changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import plain_words as plain
from chengxin.catalogue.contracts import Group, ItemVersion
from chengxin.catalogue.presentation import columns, standard
from chengxin.catalogue.shelf import item_history, list_item_codes
from chengxin.ui.facade import Cell, Link, Pager, Step, Table, day


def group_table(groups: Sequence[Group]) -> Table:
    """Return the key occupational groups with their departments, fields and parts."""
    return Table(
        caption=_("重点人群"),
        caption_hidden=True,
        columns=columns(_("人群"), _("主管部门"), _("信用领域"), _("档案内容")),
        rows=[
            (
                Cell(
                    value=f"{group.code} {plain.said(group.title)}",
                    hint=plain.said(group.limits) if group.limits else "",
                ),
                Cell(value=plain.departments(group.departments)),
                Cell(value=plain.labels_of("credit_field", group.fields)),
                Cell(
                    value=_("%(n)s个部分") % {"n": len(group.parts)},
                    url=f"{reverse('catalogue')}?group={group.code}",
                ),
            )
            for group in groups
        ],
    )


def standards_table(items: Sequence[ItemVersion], *, pager: Pager) -> Table:
    """Return the register of schemas: one line for each item in force."""
    return Table(
        caption=_("数据结构登记"),
        caption_hidden=True,
        columns=columns(_("目录条目"), _("版本"), _("数据项数"), _("标准")),
        rows=[
            (
                Cell(value=plain.said(item.title), url=reverse("catalogue_schema", args=[item.code])),
                Cell(value=str(item.version), hint=day(item.effective_on)),
                Cell(value=len(item.fields)),
                Cell(value=plain.source(standard(item))),
            )
            for item in items
        ],
        pager=pager,
    )


def change_log() -> tuple[Step, ...]:
    """Return every version of every item after its first, the newest first: what changed and from when."""
    changed = [item for code in list_item_codes() for item in item_history(code) if item.version > 1]
    changed.sort(key=lambda item: (item.effective_on, item.code), reverse=True)
    return tuple(
        Step(
            title=_("%(title)s，第%(n)s版") % {"title": plain.said(item.title), "n": item.version},
            when=item.effective_on,
            link=Link(text=_("查看变化"), url=reverse("catalogue_item", args=[item.code]) + "#history"),
        )
        for item in changed
    )

"""The rules and the list as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.law import facade as law
from chengxin.retention.contracts import Destruction, Rule, Words
from chengxin.retention.registry import list_rules
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Page, Pager, Table, in_language, moment


def rules_page() -> Page:
    """Return the head of the public page of rules."""
    return Page(
        title=_("保存多久，到期怎样销毁"),
        lead=_("到期以后由程序销毁，每次都有记录。没有写在这里的，不会因为到期而销毁。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("保存规则"))),
        wide=True,
    )


def rules_table(rules: Sequence[Rule], counts: Mapping[str, int], *, on: date) -> Table:
    """Return the rules with how much each has destroyed."""
    titles = (_("内容"), _("保存多久"), _("销毁什么"), _("留下什么"), _("已经销毁"))
    return Table(
        caption=_("保存规则"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=[
            (
                Cell(value=_said(rule.title)),
                Cell(value=_how_long(rule, on=on), hint=_said(rule.counts_from)),
                Cell(value=_said(rule.destroys)),
                Cell(value=_said(rule.stays)),
                Cell(value=counts.get(rule.kind, 0)),
            )
            for rule in rules
        ],
    )


def list_page() -> Page:
    """Return the head of the list for oversight."""
    return Page(
        title=_("销毁清单"),
        lead=_("保存期满销毁的内容，一件一行。只有编号，没有内容。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("销毁清单"))),
        wide=True,
    )


def list_table(found: Sequence[Destruction], *, pager: Pager) -> Table:
    """Return what was destroyed."""
    titles = {rule.kind: _said(rule.title) for rule in list_rules()}
    return Table(
        caption=_("销毁清单"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in (_("编号"), _("内容"), _("文件"), _("销毁时间"))),
        rows=[
            (
                Cell(value=one.reference),
                Cell(value=titles.get(one.kind, one.kind)),
                Cell(value=one.files),
                Cell(value=moment(one.destroyed_at)),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有销毁过"), meaning=_("还没有内容保存期满。期满的第二天由程序销毁，列在这里。")),
        pager=pager,
    )


def _how_long(rule: Rule, *, on: date) -> str:
    if not rule.key:
        return _("按每条记录的目录条目")
    value = law.find(rule.key, on=on, pack=settings.LAW_PACK)
    months = _("%s个月") % (value.number if value else "")
    return months + (_("（暂定）") if value is not None and value.provisional else "")


def _said(words: Words) -> str:
    return in_language(words.zh, words.en)

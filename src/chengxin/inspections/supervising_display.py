"""Supervisors and their visits as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengxin.casework.contracts import Case
from chengxin.casework.facade import body_name, due_hint, get_procedure, state_of, text
from chengxin.kernel.clock import legal_day
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Link, Page, Table

PEOPLE: Final = gettext_lazy("监督员")
VISITS: Final = gettext_lazy("神秘买家任务")
LEAVES: Final[Mapping[tuple[str, str], tuple[str, Promise]]] = {
    ("supervision", "applied"): ("resign", gettext_lazy("撤回申请")),
    ("supervision", "appointed"): ("resign", gettext_lazy("不再担任")),
    ("mystery_shopping", "assigned"): ("decline", gettext_lazy("这件任务不能办")),
}


def public_page(*, problems: bool) -> Page:
    """Return the head of the page of supervisors."""
    return Page(
        title=_("消费监督员"),
        lead=_("普通消费者可以申请，像平时一样买东西，把看到的问题连同凭证交给市场监管部门。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("消费监督员"))),
        problems=problems,
    )


def own_table(found: Sequence[Case], *, at: datetime) -> Table:
    """Return one's own application and visits."""
    return Table(
        caption=_("我的申请和任务"),
        columns=tuple(Column(title=one) for one in (_("编号"), _("事项"), _("状态"))),
        rows=[
            (
                Cell(value=one.number, url=reverse("own_visit", args=[one.number])),
                Cell(value=text(get_procedure(one.procedure).title), hint=body_name(one.body)),
                Cell(state=state_of(one), hint=due_hint(one, on=legal_day(at))),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有申请"), meaning=_("填写下面的申请，由市场监管部门聘任。")),
    )


def visit_page(case: Case, *, problems: bool) -> Page:
    """Return the head of one's own application or visit."""
    procedure = get_procedure(case.procedure)
    return Page(
        title=text(procedure.title),
        lead=text(procedure.summary),
        crumbs=(Crumb(text=_("消费监督员"), url=reverse("supervisors")), Crumb(text=case.number)),
        states=(state_of(case),),
        problems=problems,
    )


def visit_facts(case: Case, *, at: datetime) -> list[Fact]:
    """Say who gave it out, which shop, and until when."""
    facts = [Fact(name=_("承办单位"), value=body_name(case.body))]
    if "shop" in case.facts:
        link = Link(text=str(case.facts["shop"]), url=reverse("shop", args=[case.facts["shop_id"]]))
        facts.append(Fact(name=_("店铺"), value="", link=link, hint=body_name(str(case.facts["platform"]))))
    if case.due_on:
        facts.append(Fact(name=_("法定期限"), value=case.due_on, hint=due_hint(case, on=legal_day(at))))
    return facts


def desk_page(*, problems: bool) -> Page:
    """Return the head of the authority's desk."""
    return Page(
        title=_("消费监督员"),
        lead=_("报告只是线索。商家和平台看不到是谁、什么时候去过。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("消费监督员"))),
        wide=True,
        problems=problems,
    )


def desk_table(found: Sequence[Case], *, at: datetime, caption: Promise) -> Table:
    """Return supervisors or visits with where each stands; people by the number of their case alone."""
    return Table(
        caption=str(caption),
        columns=tuple(Column(title=one) for one in (_("编号"), _("店铺"), _("状态"))),
        rows=[
            (
                Cell(value=one.number, url=reverse("casework_case", args=[one.id])),
                Cell(value=str(one.facts.get("shop", "—"))),
                Cell(state=state_of(one), hint=due_hint(one, on=legal_day(at))),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有"), meaning=_("有人申请，或者派发任务以后，显示在这里。")),
    )

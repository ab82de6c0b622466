"""What follows a list entry as parts of the ui: which entry, who was asked what, what a look at its page found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Case, Panel
from chengxin.casework.facade import body_name, due_hint, state_of, text
from chengxin.couriers.contracts import Company, Task
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.lists.contracts import Shown
from chengxin.lists.facade import get_kind
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Link, Page, Table, moment


def offered_words(company: Company, entry: Shown) -> str:
    """Name a company with the document of its entry."""
    return f"{company.name}（{entry.document_no}）"


def of_case(case: Case, *, actor: Actor, now: datetime) -> Panel:  # noqa: ARG001 - every panel is given both
    """Return the panel of a matter or of one of its tasks."""
    return Panel(template="couriers/limit_panel.html", context={"facts": facts_of(case)})


def facts_of(case: Case) -> list[Fact]:
    """Say which company on which public list, and what is asked of whom."""
    name, url = str(case.facts["name"]), reverse("courier", args=[case.facts["uscc"]])
    listing = text(get_kind("courier").title)
    facts = [
        Fact(name=_("寄递企业"), value="", link=Link(text=name, url=url)),
        Fact(name=_("依据的名单"), value="", link=Link(text=listing, url=reverse("list", args=["courier"]))),
        Fact(name=_("谁提出"), value=body_name(str(case.facts["asker"]))),
    ]
    if "what" not in case.facts:
        return facts
    asked = {
        "platform": _("由平台按自己公示的规则限制入驻；规则里没有的，写明理由。只限入驻，不作别的处理。"),
        "licence": _("依法核查许可条件。停业整顿、吊销许可不因名单发生，要另走行政处罚程序。"),
    }[str(case.facts["what"])]
    addressee = body_name(str(case.facts["addressee"]))
    return [*facts, Fact(name=_("请谁办理"), value=addressee), Fact(name=_("请办理什么"), value=asked)]


def cases_table(found: Sequence[Case], *, at: datetime) -> Table:
    """Return the matters of a body."""
    return Table(
        caption=_("处理"),
        columns=tuple(Column(title=one) for one in (_("事项"), _("寄递企业"), _("状态"))),
        rows=[
            (
                Cell(value=one.number, url=reverse("casework_case", args=[one.id])),
                Cell(value=str(one.facts["name"])),
                Cell(state=state_of(one), hint=due_hint(one, on=legal_day(at))),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有"), meaning=_("提出以后显示在这里。企业在名单里不等于要处理，由人决定。")),
    )


def tasks_table(found: Sequence[Task], *, at: datetime) -> Table:
    """Return tasks, each with its receipt and the moment its page was looked at."""
    titles = (_("任务"), _("寄递企业"), _("请谁办理"), _("回执"), _("看过页面"), _("状态"))
    return Table(
        caption=_("任务"),
        columns=tuple(Column(title=one) for one in titles),
        rows=[
            (
                Cell(value=one.case.number, url=reverse("casework_case", args=[one.case.id])),
                Cell(value=str(one.case.facts["name"])),
                Cell(value=body_name(str(one.case.facts["addressee"]))),
                Cell(value=moment(one.receipt_at) if one.receipt_at else _("还没有")),
                Cell(value=moment(one.looked_at) if one.looked_at else _("还没有")),
                Cell(state=state_of(one.case), hint=due_hint(one.case, on=legal_day(at))),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有"), meaning=_("决定以后，每个平台和许可机关各一件，显示在这里。")),
    )


def own_table(found: Sequence[Case], *, at: datetime) -> Table:
    """Return the matters about one's own company."""
    return Table(
        caption=_("寄递企业名单的处理"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("事项"), _("谁提出"), _("状态"))),
        rows=[
            (
                Cell(value=one.number, url=reverse("own_courier_limit", args=[one.number])),
                Cell(value=body_name(str(one.facts["asker"]))),
                Cell(state=state_of(one), hint=due_hint(one, on=legal_day(at))),
            )
            for one in found
        ],
        empty=Empty(title=_("没有"), meaning=_("没有邮政管理部门依据名单对您的企业提出处理。")),
    )


def own_facts(case: Case, *, at: datetime) -> list[Fact]:
    """Say where a matter stands, on what it rests and what helps against it."""
    state = Fact(name=_("状态"), value="", state=state_of(case), hint=due_hint(case, on=legal_day(at)))
    remedy = _(
        "名单本身不对的，申请异议；已经改正的，申请信用修复，移出以后这里自动结束。"
        "对决定不服的，可以申请行政复议或者提起行政诉讼；平台怎样做由平台决定，可以向平台申诉。"
    )
    link = Link(text=_("我的名单信息"), url=reverse("own_lists"))
    return [state, *facts_of(case), Fact(name=_("怎样救济"), value=remedy, link=link)]


def limits_page(*, problems: bool) -> Page:
    """Return the head of the authority's page."""
    title = _("名单企业的处理")
    return Page(
        title=title,
        lead=_(
            "只依据公示中的严重失信主体名单。企业先说明，另一个人决定；对方回执以后看过页面才算数；移出名单自动结束。"
        ),
        crumbs=(
            Crumb(text=_("工作台"), url=reverse("casework_inbox")),
            Crumb(text=_("寄递监管"), url=reverse("courier_supervision")),
            Crumb(text=title),
        ),
        problems=problems,
        wide=True,
    )


def tasks_page() -> Page:
    """Return the head of a platform's page."""
    title = _("寄递企业名单任务")
    return Page(
        title=title,
        lead=_("请按您单位自己的规则办理并回执，或者说明不办理的理由。名单移出以后会收到解除的任务。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=title)),
        wide=True,
    )


def own_limits_page() -> Page:
    """Return the head of a company's list."""
    title = _("寄递企业名单的处理")
    return Page(title=title, crumbs=(Crumb(text=_("我的"), url=reverse("archive")), Crumb(text=title)))


def own_limit_page(case: Case, *, problems: bool) -> Page:
    """Return the head of one matter about one's own company."""
    title = _("寄递企业名单的处理")
    return Page(
        title=title,
        eyebrow=case.number,
        lead=_("没有决定以前，什么都不改变。请写明您的企业的情况。"),
        crumbs=(
            Crumb(text=_("我的"), url=reverse("archive")),
            Crumb(text=title, url=reverse("own_courier_limits")),
            Crumb(text=case.number),
        ),
        problems=problems,
    )

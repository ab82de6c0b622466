"""Objections as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.actor import Actor
from chengxin.objections.contracts import OBJECTION, Ground, OwnCase
from chengxin.objections.forms import GROUNDS
from chengxin.records import facade as records
from chengxin.records.contracts import Done
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Link,
    Page,
    Progress,
    Step,
    Table,
    day,
    moment,
    reads_english,
)

_LIST = "objections"


def item_title(code: str, *, on: date) -> str:
    """Return what a catalogue item is called."""
    item = catalogue.find_item(code, on=on)
    if item is None:
        return code
    return item.title.en if reads_english() and item.title.en else item.title.zh


def ground_name(code: str) -> str:
    """Return a ground in words."""
    try:
        return str(GROUNDS[Ground(code)])
    except ValueError:
        return code


def list_page() -> Page:
    """Return the head of “我的异议”."""
    return Page(title=_("我的异议"), lead=_("提出异议不收费，不需要找中介。处理期间，这一条一直标注有异议。"))


def list_table(cases: Sequence[Case], *, on: date) -> Table:
    """Return one's objections and reviews, the newest first."""
    titles = (_("编号"), _("哪一条"), _("状态"), _("法定期限"))
    return Table(
        caption=_("我的异议"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=[
            (
                Cell(value=case.number, url=reverse("objection", args=[case.number]), hint=day(case.opened_at)),
                Cell(value=item_title(str(case.facts["item"]), on=on), hint=casework.body_name(case.body)),
                Cell(state=casework.state_of(case)),
                Cell(value=case.due_on or _("已办结"), hint=casework.due_hint(case, on=on)),
            )
            for case in cases
        ],
        empty=Empty(
            title=_("您没有提出过异议"),
            meaning=_("认为哪一条有误、过期或者不是您的，可以在那一条下面点“有异议”。"),
            link=Link(text=_("看我的信用"), url=reverse("archive")),
        ),
    )


def new_page(title: str) -> Page:
    """Return the head of the form."""
    return Page(
        title=_("对“%s”提出异议") % title,
        lead=_("提交以后，这一条立即标注“有异议”，处理完毕前不得据此采取新的措施。"),
        crumbs=(Crumb(text=_("我的信用"), url=reverse("archive")), Crumb(text=_("提出异议"))),
    )


def own_page(own: OwnCase) -> Page:
    """Return the head of one's own case."""
    title = _("异议") if own.case.procedure == OBJECTION else _("异议复核")
    return Page(
        title=f"{title} {own.case.number}",
        crumbs=(Crumb(text=_("我的异议"), url=reverse(_LIST)), Crumb(text=own.case.number)),
        states=(casework.state_of(own.case),),
    )


def own_facts(own: OwnCase, *, on: date) -> list[Fact]:
    """Return where a case stands: whose turn, until when and how that was counted, what comes next."""
    case = own.case
    line = Link(text=_("看这一条"), url=reverse("archive_line", args=[case.ref.id]))
    facts = [
        Fact(name=_("哪一条"), value=item_title(str(case.facts["item"]), on=on), link=line),
        Fact(name=_("事由"), value=ground_name(str(case.facts["ground"]))),
        Fact(name=_("承办单位"), value=casework.body_name(case.body)),
        Fact(name=_("提出时间"), value=case.opened_at),
    ]
    if case.due_on is not None:
        facts.append(Fact(name=_("法定期限"), value=case.due_on, hint=casework.due_hint(case, on=on)))
    if own.deadline is not None:
        facts.append(Fact(name=_("期限怎么算"), value=casework.counted(own.deadline, on=on)))
    facts.append(Fact(name=_("下一步"), value=next_step(own)))
    if own.origin.id != case.id:
        number = own.origin.number
        facts.append(Fact(name=_("原异议"), value="", link=Link(text=number, url=reverse("objection", args=[number]))))
    if own.review is not None:
        number = own.review.number
        facts.append(Fact(name=_("复核"), value="", link=Link(text=number, url=reverse("objection", args=[number]))))
    return facts


def next_step(own: OwnCase) -> str:
    """Say what happens next, and who has to act."""
    state = own.case.state
    if own.case.is_closed:
        if own.review_until is not None and own.case.procedure == OBJECTION:
            return _("不服结果的，最晚可以在%s申请复核。") % day(own.review_until)
        return _("已经办结。您仍然可以依法申请行政复议或者提起诉讼。")
    if state == "unverified":
        return _("来源单位没有按期核实，这一条已经停止公示，案件已报上级督办。您不需要做什么。")
    if state == "expert":
        return _("正在等检验、鉴定或者专家评审的意见，这段时间不计入期限，逐次记录。")
    if state.startswith("to_"):
        return _("经办人已经提出处理意见，由另一个人看过全部材料以后决定。")
    return _("承办单位核查材料，提出处理意见，再由另一个人决定。逾期没有核实的，自动停止公示并报上级督办。")


def own_steps(own: OwnCase, *, actor: Actor) -> list[Step]:
    """Return the course of a case with what each recipient was told and answered."""
    steps = casework.timeline_steps(own.case, own.steps, actor=actor)
    ahead = [step for step in steps if step.progress is not Progress.DONE]
    return [step for step in steps if step.progress is Progress.DONE] + ahead


def told_table(own: OwnCase) -> Table | None:
    """Return who received the line, was told of each change, and what it answered; None when nobody received it."""
    if not own.told:
        return None
    titles = (_("单位"), _("变动"), _("要求"), _("通知时间"), _("回执"))
    return Table(
        caption=_("通知过的单位和它们的回执"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=[
            (
                Cell(value=casework.body_name(one.body)),
                Cell(value=records.words_of_change(one.change)),
                Cell(value=records.words_of_duty(one.duty)),
                Cell(value=moment(one.told_at)),
                Cell(
                    value=records.words_of_done(Done(one.done)) if one.done else _("等待回执"),
                    hint=moment(one.answered_at),
                ),
            )
            for one in own.told
        ],
    )

"""Figures of service as parts of the ui; every share shows what it is a share of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Case
from chengxin.casework.display import body_name, due_hint, state_of, text
from chengxin.casework.oversight import Officer, Service
from chengxin.casework.registry import title_of
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Page, State, Table, Tone, count, day, moment, share


def service_page(found: Sequence[Service]) -> Page:
    """Return the head of the public page."""
    lead = _("各单位办理异议、复核、变动通知回执等事项的情况。超期的排在最前。")
    if found:
        lead += _("统计自%(since)s至%(at)s。") % {"since": day(found[0].since_on), "at": moment(found[0].counted_at)}
    return Page(
        title=_("服务绩效"),
        lead=lead,
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("服务绩效"))),
        wide=True,
    )


def service_table(found: Sequence[Service]) -> Table:
    """Return the figures, one row for a body and an affair."""
    titles = (_("单位"), _("事项"), _("收到"), _("已办结"), _("按时办结"), _("超期未办"), _("复核改变"))
    return Table(
        caption=_("各单位的办理情况"),
        caption_hidden=True,
        columns=(
            *(Column(title=title, numeric=place > 1) for place, title in enumerate(titles)),
            Column(title=_("中位用时"), numeric=True),
        ),
        rows=[_service_row(one) for one in found],
        empty=Empty(
            title=_("还没有办理情况"),
            meaning=_("这表示最近一年还没有收到或者办结这些事项，或者平台还没有统计。"),
            would_appear=_("每天零时以后统计一次，超期的也会列在这里。"),
        ),
    )


def overdue_page() -> Page:
    """Return the head of the overdue cases."""
    return Page(
        title=_("超期督办"),
        lead=_("下级单位超过法定期限还没有办结、平台已经报到本单位的案件。"),
        crumbs=(Crumb(text=_("待办"), url=reverse("casework_inbox")), Crumb(text=_("超期督办"))),
        wide=True,
    )


def overdue_table(cases: Sequence[Case], *, on: date) -> Table:
    """Return the overdue cases, the longest overdue first."""
    return Table(
        caption=_("超期的案件"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in (_("编号"), _("事项"), _("承办单位"), _("状态"), _("法定期限"))),
        rows=[
            (
                Cell(value=case.number, url=reverse("casework_office_case", args=[case.id])),
                Cell(value=_title(case.procedure)),
                Cell(value=body_name(case.body)),
                Cell(state=state_of(case)),
                Cell(value=case.due_on, hint=due_hint(case, on=on)),
            )
            for case in cases
        ],
        empty=Empty(title=_("没有超期的案件"), meaning=_("本地区没有超过法定期限还没办结的案件。")),
    )


def officers_page() -> Page:
    """Return the head of the confirm rates."""
    return Page(
        title=_("复核同意率"),
        lead=_("最近一年每位复核人对同事建议的处理。全部同意或者件数很多的，请抽查。只供监督，不公开。"),
        crumbs=(Crumb(text=_("待办"), url=reverse("casework_inbox")), Crumb(text=_("复核同意率"))),
        wide=True,
    )


def officers_table(found: Sequence[Officer]) -> Table:
    """Return the confirm rates, by body and affair."""
    titles = (_("单位"), _("事项"), _("复核人"), _("同意"), _("退回"), _("同意率"))
    return Table(
        caption=_("复核同意率"),
        caption_hidden=True,
        columns=tuple(Column(title=title, numeric=place > 2) for place, title in enumerate(titles)),
        rows=[
            (
                Cell(value=body_name(one.body)),
                Cell(value=_title(one.procedure)),
                Cell(value=one.actor_key.removeprefix("account:")[-12:]),
                Cell(value=count(one.confirmed)),
                Cell(value=count(one.sent_back)),
                Cell(value=_part(one.confirmed, one.confirmed + one.sent_back)),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有复核记录"), meaning=_("最近一年没有需要两个人办理的决定，或者平台还没有统计。")),
    )


def _service_row(one: Service) -> tuple[Cell, ...]:
    late = State(word=_("%s件超期") % one.overdue, tone=Tone.ALERT) if one.overdue else None
    taken = _("%s个工作日") % one.median_workdays.normalize() if one.median_workdays is not None else "—"
    return (
        Cell(value=body_name(one.body)),
        Cell(value=_title(one.procedure)),
        Cell(value=count(one.received)),
        Cell(value=count(one.decided)),
        Cell(value=_part(one.on_time, one.decided)),
        Cell(state=late) if late else Cell(value="0"),
        Cell(value=_part(one.overturned, one.reviewed)),
        Cell(value=taken),
    )


def _part(value: int, out_of: int) -> str:
    """Write a share with both of its numbers; out of nothing there is none."""
    return f"{count(value)} / {count(out_of)}（{share(value, out_of)}）" if out_of else "—"


def _title(procedure: str) -> str:
    title = title_of(procedure)
    return text(title) if title else procedure

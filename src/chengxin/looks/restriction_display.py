"""Restrictions as parts of the ui: the register of a body, all that run, and the public counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.law import facade as law
from chengxin.looks.contracts import GroundCount, Registration
from chengxin.looks.grounds import LAW, grounds
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, Table, day, in_language, moment, series


def register_page() -> Page:
    """Return the head of a body's own register."""
    lead = _("只有法律允许的几种情形可以暂时不让当事人看到查看记录，期满自动显示。")
    return Page(title=_("查看暂不显示"), lead=lead, crumbs=_crumbs(_("查看暂不显示")), wide=True)


def new_page(*, problems: bool) -> Page:
    """Return the head of the form."""
    crumbs = (
        Crumb(text=_("工作台"), url="/dept"),
        Crumb(text=_("查看暂不显示"), url=reverse("restrictions")),
        Crumb(text=_("登记暂不显示")),
    )
    return Page(title=_("登记暂不显示"), crumbs=crumbs, problems=problems)


def running_page() -> Page:
    """Return the head of the page of oversight."""
    lead = _("全部正在暂不显示的查看。对理由有疑问的，请查看单位说明，或者转违规查询核查。")
    return Page(title=_("暂不显示的查看"), lead=lead, crumbs=_crumbs(_("暂不显示的查看")), wide=True)


def counts_page() -> Page:
    """Return the head of the public counts."""
    lead = _("查看个人信息，都要让本人看到。法律规定的例外有多少，在这里公布。")
    return Page(
        title=_("暂不显示的查看"), lead=lead, crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("暂不显示的查看")))
    )


def register_table(found: Sequence[Registration]) -> Table:
    """Show what a body asked to withhold, each with the way to its case."""
    titles = (_("编号"), _("法定理由"), _("查看次数"), _("截止日"), _("状态"))
    rows = [
        (
            Cell(value=one.case.number, url=reverse("casework_case", args=[one.case.id])),
            Cell(value=ground_words(one.ground)),
            Cell(value=one.looks),
            Cell(value=day(one.ends_on)),
            Cell(state=casework.state_of(one.case)),
        )
        for one in found
        if one.case is not None
    ]
    return Table(
        caption=_("本单位的登记"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=rows,
        empty=Empty(title=_("还没有登记过"), meaning=_("本单位的每次查看，当事人都看得到。")),
    )


def running_table(found: Sequence[Registration]) -> Table:
    """Show everything that runs: which body, on which ground, how many looks, who asked, who approved, until when."""
    titles = (_("单位"), _("法定理由"), _("查看次数"), _("提出"), _("批准"), _("批准时间"), _("截止日"))
    rows = [
        (
            Cell(value=archives.body_name(one.body)),
            Cell(value=ground_words(one.ground)),
            Cell(value=one.looks),
            Cell(value=_account(one.proposed_by, on=one.ends_on)),
            Cell(value=_account(one.approved_by, on=one.ends_on)),
            Cell(value=moment(one.approved_at) if one.approved_at else ""),
            Cell(value=day(one.ends_on)),
        )
        for one in found
    ]
    return Table(
        caption=_("正在暂不显示"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=rows,
        empty=Empty(title=_("没有正在暂不显示的查看"), meaning=_("现在每个人都看得到自己的全部查看记录。")),
    )


def counts_table(found: Sequence[GroundCount], *, on: date) -> Table:
    """Show the public counts by ground, with the longest time of each."""
    titles = (
        _("法定理由"),
        _("依据"),
        _("最长"),
        _("正在暂不显示"),
        _("其中查看次数"),
        _("一年内开始"),
        _("一年内期满或者提前显示"),
    )
    rows = [
        (
            Cell(value=ground_words(one.ground)),
            Cell(value=series(_article(citation) for citation in grounds()[one.ground].basis)),
            Cell(value=_("%s日（暂定）") % LAW.value(grounds()[one.ground].cap, on=on, pack=settings.LAW_PACK).number),
            Cell(value=one.running),
            Cell(value=one.looks),
            Cell(value=one.begun),
            Cell(value=one.ended),
        )
        for one in found
    ]
    columns = tuple(Column(title=title, numeric=place >= 3) for place, title in enumerate(titles))
    return Table(caption=_("按法定理由"), caption_hidden=True, columns=columns, rows=rows)


def case_facts(case: Case) -> list[Fact]:
    """Return what a registration covers; nothing of the person."""
    facts = case.facts
    ground = grounds()[str(facts["ground"])]
    moments = facts["moments"] if isinstance(facts["moments"], list) else []
    shown = [
        Fact(
            name=_("法定理由"),
            value=in_language(ground.zh, ground.en),
            hint=series(_article(citation) for citation in ground.basis),
        ),
        Fact(name=_("案件编号"), value=str(facts["reference"])),
        Fact(name=_("截止日"), value=date.fromisoformat(str(facts["ends_on"])), hint=_("这一天零点起自动显示")),
        Fact(
            name=_("查看次数"),
            value=_("%s次") % facts["looks"],
            hint=series(moment(datetime.fromisoformat(str(one))) for one in moments),
        ),
    ]
    if facts["article"]:
        shown.insert(1, Fact(name=_("法律名称和条文"), value=str(facts["article"])))
    return shown


def ground_words(code: str) -> str:
    """Return a ground in words."""
    ground = grounds()[code]
    return in_language(ground.zh, ground.en)


def _account(key: str, *, on: date) -> str:
    """Return the user name of an account, which oversight knows its people by."""
    found = access.find_account_by_id(access.account_id_of(key), on=on)
    return found.username if found else key


def _article(citation: str) -> str:
    name = law.name_of(citation)
    return in_language(name.zh, name.en)


def _crumbs(title: str) -> tuple[Crumb, ...]:
    return (Crumb(text=_("工作台"), url="/dept"), Crumb(text=title))

"""How accesses in an emergency are shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.emergency.contracts import Access, Count, Line
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, State, Table, Tone, day, in_language, moment


def desk_page(*, problems: bool) -> Page:
    """Return the head of the page on which one asks."""
    title = _("紧急访问")
    lead = _("没有用途规则可用、又关系人身和财产安全时才用。另一个岗位的人确认后才能看，不能改；本人立即得到通知。")
    return Page(
        title=title,
        lead=lead,
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=title)),
        problems=problems,
    )


def items_by_class(items: Iterable[ItemVersion]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the items that can hold something about a person, by their class in the catalogue."""
    found: dict[int, list[tuple[str, str]]] = {}
    for item in items:
        if SubjectKind.NATURAL_PERSON in item.subject_kinds:
            found.setdefault(item.national_class, []).append((item.code, in_language(item.title.zh, item.title.en)))
    return [(catalogue.label("national_class", code), found[code]) for code in sorted(found)]


def records_page(found: Access) -> Page:
    """Return the head of the page that shows what was confirmed."""
    title = _("紧急访问{number}").replace("{number}", found.number)
    crumbs = (Crumb(text=_("紧急访问"), url=reverse("emergency")), Crumb(text=found.number))
    ends = moment(found.ends_at) if found.ends_at else ""
    return Page(title=title, lead=_("本人已经收到通知。到{at}自动结束。").replace("{at}", ends), crumbs=crumbs)


def asked_table(asked: Sequence[Access], *, at: datetime) -> Table:
    """Return what an officer asked for, newest first."""
    titles = (_("编号"), _("提出时间"), _("案件编号"), _("状态"))
    rows = [
        (
            Cell(value=one.number),
            Cell(value=moment(one.asked_at)),
            Cell(value=one.matter),
            Cell(state=_state(one, at=at)),
        )
        for one in asked
    ]
    empty = Empty(title=_("您没有提出过紧急访问"), meaning=_("绝大多数工作都有用途规则，不需要它。"))
    columns = tuple(Column(title=title) for title in titles)
    return Table(caption=_("您提出的紧急访问"), columns=columns, rows=rows, empty=empty)


def line_facts(line: Line) -> list[Fact]:
    """Return one record as facts."""
    head = [Fact(name=_("来源单位"), value=line.source_body)]
    if line.dated:
        head.append(Fact(name=_("认定日期"), value=day(line.dated)))
    if line.has_objection:
        head.append(Fact(name=_("标注"), value="", state=State(word=_("异议处理中"), tone=Tone.TODO)))
    return [*head, *(Fact(name=name, value=value) for name, value in line.fields.items())]


def counts_page() -> Page:
    """Return the head of the public page of counts."""
    title = _("紧急访问统计")
    lead = _("没有用途规则、由两个岗位的人先后决定的查看，一共发生过多少次。")
    return Page(title=title, lead=lead, crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=title)))


def counts_table(counts: Sequence[Count]) -> Table:
    """Return the counts by quarter."""
    columns = (
        Column(title=_("季度")),
        Column(title=_("提出"), numeric=True),
        Column(title=_("确认"), numeric=True),
        Column(title=_("查看"), numeric=True),
    )
    rows = [tuple(Cell(value=value) for value in (one.quarter, one.asked, one.confirmed, one.opened)) for one in counts]
    empty = Empty(
        title=_("没有发生过紧急访问"),
        meaning=_("还没有人提出过。"),
        would_appear=_("发生以后，这里按季度列出提出、确认和查看的次数，不涉及任何人。"),
    )
    return Table(caption=_("紧急访问次数"), columns=columns, rows=rows, empty=empty)


def _state(one: Access, *, at: datetime) -> State:
    if one.refused_at is not None:
        return State(word=_("不同意"), tone=Tone.ENDED)
    if one.confirmed_at is None:
        return State(word=_("待另一岗位确认"), tone=Tone.TODO)
    return State(word=_("可以查看"), tone=Tone.DONE) if one.is_running(at) else State(word=_("已结束"), tone=Tone.ENDED)

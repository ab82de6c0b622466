"""Standards and what they print, as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.amendments.contracts import Amendment
from chengxin.catalogue.contracts import Words
from chengxin.catalogue.facade import citation
from chengxin.market.contracts import ShopFacts
from chengxin.market.facade import name_of_shop
from chengxin.standards.contracts import Counted, Indicator, Mark, Reading, Source, Standard
from chengxin.standards.differences import differences
from chengxin.standards.shelf import slug_of, sources
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Link, Page, State, Table, Tone, in_language, series


def said(words: Words) -> str:
    """Return a text in the reader's language."""
    return in_language(words.zh, words.en)


def list_page() -> Page:
    """Return the head of the list of standards."""
    return Page(
        title=_("评价指标标准"),
        lead=_("怎样衡量一家店铺，先把尺子公开：每个指标量什么、数据从哪里来、样本多少才算数。改动先征求意见。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("评价指标标准"))),
        wide=True,
    )


def list_table(found: Sequence[Standard]) -> Table:
    """Return the standards there are."""
    return Table(
        caption=_("评价指标标准"),
        caption_hidden=True,
        columns=(Column(title=_("名称")), Column(title=_("现行版本")), Column(title=_("生效日期"))),
        rows=[
            (
                Cell(value=said(one.title), url=reverse("standard", args=[slug_of(one.code)]), hint=said(one.summary)),
                Cell(value=_("第%s版") % one.version),
                Cell(value=one.effective_on),
            )
            for one in found
        ],
    )


def page_of(standard: Standard, *, below: str = "", lead: str = "") -> Page:
    """Return the head of the page of a standard, or of one below it."""
    home = (Crumb(text=_("首页"), url="/"), Crumb(text=_("评价指标标准"), url=reverse("indicator_standards")))
    title, url = said(standard.title), reverse("standard", args=[slug_of(standard.code)])
    path = (*home, Crumb(text=title, url=url), Crumb(text=below)) if below else (*home, Crumb(text=title))
    return Page(title=below or title, lead=lead or said(standard.summary), crumbs=path, wide=True)


def facts(standard: Standard) -> list[Fact]:
    """Return what holds for every indicator of a version."""
    levels = series(
        [_("%(title)s：%(points)s分起") % {"title": said(one.title), "points": one.at_least} for one in standard.levels]
    )
    return [
        Fact(name=_("版本"), value=_("第%s版") % standard.version),
        Fact(name=_("生效日期"), value=standard.effective_on),
        Fact(
            name=_("适用于"),
            value=_("平台上由企业等经营主体开的店铺"),
            hint=_("个人卖家、买家、从业人员都没有，也不能有。"),
        ),
        Fact(name=_("等级"), value=levels, hint=_("每个方面各有一个等级，不合成总分。")),
        Fact(
            name=_("资料不足"),
            value=_("一个方面里，能计算的指标不到%s%%的权重，就不给等级。") % standard.coverage,
        ),
    ]


def whole(standard: Standard) -> Mapping[str, object]:
    """Return what the part `standards/parts/whole.html` shows of a version, in force or only proposed."""
    return {
        "standard_facts": facts(standard),
        "sides": [{"title": said(one.title), "table": _indicators(standard, one.name)} for one in standard.dimensions],
        "try_url": reverse("standard_try", args=[slug_of(standard.code)]),
    }


def _indicators(standard: Standard, dimension: str) -> Table:
    mine = [one for one in standard.indicators if one.dimension == dimension]
    weight = sum(one.weight for one in mine)
    return Table(
        caption=_("指标"),
        caption_hidden=True,
        columns=(
            Column(title=_("指标")),
            Column(title=_("数据来源")),
            Column(title=_("零分值到满分值")),
            Column(title=_("最少样本")),
            Column(title=_("权重"), numeric=True),
            Column(title=_("依据")),
        ),
        rows=[_indicator_row(one, sources()[one.source], weight) for one in mine],
    )


def _indicator_row(one: Indicator, source: Source, weight: int) -> tuple[Cell, ...]:
    unit = said(source.unit)
    way = _("越高越好") if one.rises else _("越低越好")
    return (
        Cell(value=said(one.title), hint=said(one.definition)),
        Cell(value=said(source.title), hint=said(source.origin)),
        Cell(
            value=_("%(worst)s到%(best)s（%(unit)s）") % {"worst": one.worst, "best": one.best, "unit": unit}, hint=way
        ),
        Cell(value=one.floor, hint=said(source.whole)),
        Cell(value=f"{one.weight} / {weight}"),
        Cell(value=series([citation(article) for article in one.basis])),
    )


def versions_table(versions: Sequence[Standard], *, current: Standard | None) -> Table:
    """Return the versions there are, the newest first, each with how many things it changed."""
    rows = []
    for place, one in reversed(list(enumerate(versions))):
        count = len(differences(versions[place - 1], one)) if place else 0
        word = State(word=_("现行"), tone=Tone.DONE) if one == current else None
        rows.append(
            (
                Cell(
                    value=_("第%s版") % one.version,
                    url=reverse("standard_version", args=[slug_of(one.code), one.version]),
                ),
                Cell(value=one.effective_on),
                Cell(value=_("改了%s处") % count if place else _("第一版")),
                Cell(state=word)
                if word
                else Cell(value=_("已被取代") if not current or one.version < current.version else _("尚未生效")),
            )
        )
    titles = (_("版本"), _("生效日期"), _("变化"), _("状态"))
    return Table(caption=_("版本"), caption_hidden=True, columns=tuple(Column(title=one) for one in titles), rows=rows)


def differences_table(earlier: Standard, later: Standard) -> Table:
    """Return what changed from one version to the next."""
    return Table(
        caption=_("改了什么"),
        caption_hidden=True,
        columns=(Column(title=_("项目")), Column(title=_("原来")), Column(title=_("改为"))),
        rows=[
            (Cell(value=said(one.what)), Cell(value=one.before or _("没有")), Cell(value=one.after or _("没有")))
            for one in differences(earlier, later)
        ],
    )


def amendment_links(found: Sequence[Amendment]) -> list[Link]:
    """Return the amendments that were opened to comment, with where each is read and commented."""
    return [
        Link(
            text=_("第%(version)s版草案（%(number)s）") % {"version": one.item.version, "number": one.number},
            url=reverse("amendment", args=[one.item.code, one.place]),
        )
        for one in found
    ]


def own_links(shops: Sequence[ShopFacts]) -> list[Link]:
    """Return the ways to try the figures of one's own shops."""
    return [Link(text=name_of_shop(one.shop), url=f"?shop={one.shop.id}") for one in shops]


def marks_table(columns: Sequence[tuple[str, Sequence[Mark]]]) -> Table:
    """Return what each version prints, dimension by dimension, and what moved from the first to the last."""
    sides = {one.dimension.name: one.dimension.title for _title, marks in columns for one in marks}
    found = [{one.dimension.name: one for one in marks} for _title, marks in columns]
    rows = []
    for name, title in sides.items():
        marks = [each.get(name) for each in found]
        rows.append(
            (Cell(value=said(title)), *(_mark_cell(one) for one in marks), Cell(value=_moved(marks[0], marks[-1])))
        )
    return Table(
        caption=_("各版本的结果"),
        caption_hidden=True,
        columns=(Column(title=_("方面")), *(Column(title=title) for title, _marks in columns), Column(title=_("变化"))),
        rows=rows,
    )


def _mark_cell(mark: Mark | None) -> Cell:
    if mark is None:
        return Cell(value=_("没有这个方面"))
    if mark.level is None:
        return Cell(value=_("资料不足"), hint=_("知道%s%%的权重") % mark.known)
    return Cell(
        value=said(mark.level.title),
        hint=_("%(points)s分，知道%(known)s%%的权重") % {"points": mark.points, "known": mark.known},
    )


def _moved(before: Mark | None, after: Mark | None) -> str:
    old, new = before.points if before else None, after.points if after else None
    if old == new:
        return _("不变")
    if old is None:
        return _("有了结果")
    if new is None:
        return _("不再有结果")
    return _("高了%s分") % (new - old) if new > old else _("低了%s分") % (old - new)


def readings_table(title: str, marks: Sequence[Mark]) -> Table:
    """Return how one version came to its marks: each indicator with its figure, points and weight."""
    titles = (_("指标"), _("数值"), _("样本"), _("得分"), _("权重"))
    return Table(
        caption=title,
        columns=tuple(Column(title=one) for one in titles),
        rows=[_reading_row(one) for mark in marks for one in mark.readings],
        empty=Empty(title=_("没有指标"), meaning=_("这个版本没有指标。")),
    )


def _reading_row(one: Reading) -> tuple[Cell, ...]:
    words = {Counted.TOO_FEW: _("样本太少，不计"), Counted.UNKNOWN: _("不知道，不计")}
    indicator, figure = one.indicator, one.figure
    return (
        Cell(value=said(indicator.title)),
        Cell(value=figure.value if figure else _("没有")),
        Cell(value=figure.sample if figure else _("没有"), hint=_("至少%s") % indicator.floor),
        Cell(value=one.points if one.points is not None else words[one.counted]),
        Cell(value=indicator.weight),
    )

"""Courier companies as parts of the ui: voices apart, each with its number and its interval, never one mixed score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name, text
from chengxin.catalogue import facade as catalogue
from chengxin.couriers.contracts import Branch, Checks, Company, Fact, Figure, Outcome, Status
from chengxin.couriers.rules import is_late
from chengxin.couriers.standards import regulator, standards
from chengxin.reviews import facade as reviews
from chengxin.reviews.contracts import About, Side, Voice
from chengxin.ui.facade import Cell, Column, Empty, Lane, State, Strip, Table, Tone, day, in_language, period
from chengxin.ui.facade import Fact as Line

OUTCOMES = {Outcome.CLEAN: Tone.DONE, Outcome.FOUND: Tone.TODO, Outcome.UNSAID: Tone.NEUTRAL}
LOWEST, HIGHEST = 1.0, 5.0


def nothing_said() -> State:
    """Say that there is too little to say anything; that is no bad sign."""
    return State(word=_("资料不足"), tone=Tone.NEUTRAL)


def side_words(side: Side) -> str:
    """Name a voice."""
    return {Side.SELLER: _("商户"), Side.BUYER: _("消费者")}[side]


def unit_words(figure: Figure, value: float | None) -> str:
    """Write a value of a measure in its unit."""
    if value is None:
        return "—"
    if standards().measures[figure.measure].is_share:
        return f"{100 * value:.1f}%"
    return _("%s天") % f"{value:.1f}"


def interval_words(figure: Figure) -> str:
    """Write the interval of a figure."""
    if figure.low is None or figure.high is None:
        return "—"
    return f"{unit_words(figure, figure.low)}–{unit_words(figure, figure.high)}"


def figure_cell(figure: Figure | None) -> Cell:
    """Return a figure with its interval and number, or that too little is known."""
    if figure is None or figure.figure is None:
        return Cell(state=nothing_said(), hint=_("包裹%s件") % f"{figure.parcels:,}" if figure else "")
    said = {"interval": interval_words(figure), "parcels": f"{figure.parcels:,}"}
    return Cell(value=unit_words(figure, figure.figure), hint=_("%(interval)s · %(parcels)s件") % said)


def voice_cell(voice: Voice | None) -> Cell:
    """Return what a side says in one dimension with interval and number, or that too few said it."""
    if voice is None:
        return Cell(state=nothing_said(), hint=_("%s人评价") % 0)
    held = voice.score
    if held.score is None or held.low is None or held.high is None:
        return Cell(state=nothing_said(), hint=_("%s人评价") % held.ratings)
    said = {"interval": f"{held.low:.2f}–{held.high:.2f}", "raters": held.ratings}
    return Cell(value=f"{held.score:.2f}", hint=_("%(interval)s · %(raters)s人评价") % said)


def checks_words(checks: Checks) -> str:
    """Say how many inspections found something, with the share where there are enough."""
    n = checks.clean + checks.found
    said = _("检查%(all)s次，发现问题%(found)s次") % {"all": n + checks.unsaid, "found": checks.found}
    if checks.share is None or checks.low is None or checks.high is None:
        return said
    interval = f"{100 * checks.low:.0f}%–{100 * checks.high:.0f}%"
    return _("%(said)s（%(share)s，%(interval)s）") % {
        "said": said,
        "share": f"{100 * checks.share:.0f}%",
        "interval": interval,
    }


def companies_table(rows: Sequence[tuple[Company, Checks, int, Mapping[Side, Voice], Figure | None]]) -> Table:
    """Return the register by name: three voices in columns of their own, and whether parcels arrive in time."""
    return Table(
        caption=_("寄递企业名录"),
        caption_hidden=True,
        columns=tuple(
            Column(title=one)
            for one in (
                _("寄递企业"),
                _("监管的声音"),
                _("商户的声音：速度"),
                _("消费者的声音：速度"),
                _("按时送达（同线路比较）"),
            )
        ),
        rows=[
            (
                Cell(value=one.name, url=reverse("courier", args=[one.uscc]), hint="、".join(one.names)),
                Cell(value=_("处罚、名单%s件") % penalties, hint=checks_words(checks)),
                voice_cell(voices.get(Side.SELLER)),
                voice_cell(voices.get(Side.BUYER)),
                figure_cell(on_time),
            )
            for one, checks, penalties, voices, on_time in rows
        ],
        empty=Empty(
            title=_("还没有登记的寄递企业"), meaning=_("邮政管理部门公布取得快递业务经营许可的企业以后，显示在这里。")
        ),
        source=_("按名称排列，不是排名。三方的声音分开显示，不合成一个分。"),
    )


def on_time_strip(rows: Sequence[tuple[Company, Figure | None]]) -> Strip | None:
    """Return how companies deliver in time, each with its interval, as a strip with its table."""
    told = [(one, held) for one, held in rows if held is not None and held.figure is not None]
    if not told:
        return None
    return Strip(
        title=_("按时送达，同线路比较"),
        starts="0%",
        ends="100%",
        lanes=[_share_lane(one, held) for one, held in told],
        table=Table(
            caption=_("按时送达"),
            columns=(
                Column(title=_("寄递企业")),
                Column(title=_("比较后"), numeric=True),
                Column(title=_("区间"), numeric=True),
                Column(title=_("包裹（件）"), numeric=True),
            ),
            rows=[
                (
                    Cell(value=one.name),
                    Cell(value=unit_words(held, held.figure)),
                    Cell(value=interval_words(held)),
                    Cell(value=f"{held.parcels:,}"),
                )
                for one, held in told
            ],
        ),
        legend=_("高的一道是比较后的数，两边是约八成把握的区间。"),
    )


def _share_lane(company: Company, held: Figure) -> Lane:
    assert held.figure is not None
    assert held.low is not None
    assert held.high is not None
    return Lane(
        label=company.name,
        marks=_band(100 * held.low, 100 * held.high),
        strong=[round(100 * held.figure, 1)],
        shown=unit_words(held, held.figure),
        url=reverse("courier", args=[company.uscc]),
    )


def _band(low: float, high: float) -> list[float]:
    """Return the places of a band from low to high, without a gap."""
    return [low, *[place for place in range(round(low), round(high) + 1) if low < place < high], high]


def voices_strip(company: Company, voices: Sequence[Voice], *, at: datetime) -> Strip:
    """Return what merchants and consumers say, apart, in each dimension: marks from 1 to 5 with intervals."""
    held = {(one.side, one.score.dimension): one for one in voices}
    asked = [
        (side, code, text(words))
        for side in (Side.SELLER, Side.BUYER)
        for code, words in reviews.dimensions(side, About.PARCEL).items()
    ]
    return Strip(
        title=_("商户和消费者的打分"),
        starts=_("1分"),
        ends=_("5分"),
        lanes=[
            _voice_lane(f"{side_words(side)} · {words}", one)
            for side, code, words in asked
            if (one := held.get((side, code))) is not None and one.score.score is not None
        ],
        table=Table(
            caption=_("商户的声音、消费者的声音"),
            columns=tuple(Column(title=one) for one in (_("谁说的"), _("哪一项"), _("打分"), _("账本"))),
            rows=[
                (
                    Cell(value=side_words(side)),
                    Cell(value=words),
                    voice_cell(held.get((side, code))),
                    _ledger_cell(company, held.get((side, code))),
                )
                for side, code, words in asked
            ],
            source=_(
                "只收对得上包裹的评价，双方互相看不到；同一人只算最近一次，不足%s人不显示分数。不收文字，不评任何一名快递员。"
            )
            % reviews.least_raters(About.PARCEL, now=at),
        ),
        legend=_("高的一道是打分，两边是约八成把握的区间。资料不足的不画。"),
    )


def _ledger_cell(company: Company, voice: Voice | None) -> Cell:
    if voice is None:
        return Cell(value="—")
    url = reverse("courier_ledger", args=[company.uscc, voice.side.value, voice.score.dimension])
    return Cell(value=_("权重账本"), url=f"{url}?{urlencode({'name': voice.courier})}")


def _voice_lane(label: str, voice: Voice) -> Lane:
    held = voice.score
    assert held.score is not None
    assert held.low is not None
    assert held.high is not None
    low, score, high = (
        round(100 * (one - LOWEST) / (HIGHEST - LOWEST), 1) for one in (held.low, held.score, held.high)
    )
    return Lane(label=label, marks=_band(low, high), strong=[score], shown=f"{held.score:.2f}")


def facts_table(facts: Sequence[Fact], *, on: date) -> Table:
    """Return what authorities determined: the regulator's voice."""
    return Table(
        caption=_("监管认定"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("事项"), _("内容"), _("认定单位"), _("认定日期"))),
        rows=[
            (
                Cell(value=_item_title(one.item, on=on), hint=one.number),
                Cell(value=one.what, state=_outcome_state(one)),
                Cell(value=one.body_name),
                Cell(value=day(one.determined_on)),
            )
            for one in facts
        ],
        empty=Empty(
            title=_("没有公示中的监管认定"),
            meaning=_("这里只显示已经认定、还在公示期的处罚、检查结果和名单；期满或者修复以后不再显示。"),
        ),
        source=_("只有已经认定的；线索、没有结论的投诉和评价不在这里。"),
    )


def _item_title(code: str, *, on: date) -> str:
    item = catalogue.find_item(code, on=on)
    return in_language(item.title.zh, item.title.en) if item else code


def _outcome_state(fact: Fact) -> State | None:
    if fact.item != "inspection_result":
        return None
    words = {Outcome.CLEAN: _("未发现问题"), Outcome.FOUND: _("发现问题"), Outcome.UNSAID: _("结果没有写明")}
    return State(word=words[fact.outcome], tone=OUTCOMES[fact.outcome])


def regulator_lines(facts: Sequence[Fact], checks: Checks) -> list[Line]:
    """Sum up the regulator's voice; no share below the floor."""
    penalties = sum(one.item != "inspection_result" for one in facts)
    n = checks.clean + checks.found
    short = n < regulator().floor
    return [
        Line(name=_("处罚、名单等认定"), value=_("%s件") % penalties),
        Line(
            name=_("监督检查"),
            value=checks_words(checks),
            state=nothing_said() if short else None,
            hint=_("有结果的检查不足%s次，不算比例。") % regulator().floor if short else "",
        ),
    ]


def figures_table(figures: Sequence[Figure]) -> Table:
    """Return the figures of a source: counted, compared, interval, number, and what others have on the same lanes."""
    held, order = figures[0], [*standards().measures]
    return Table(
        caption=_("时效和差错"),
        caption_hidden=True,
        columns=(
            Column(title=_("指标")),
            Column(title=_("比较后的数")),
            Column(title=_("原始数"), numeric=True),
            Column(title=_("同线路全部企业"), numeric=True),
            Column(title=_("包裹（件）"), numeric=True),
        ),
        rows=[_figure_row(one) for one in sorted(figures, key=lambda one: order.index(one.measure))],
        source=_("%(source)s报送的包裹，%(window)s，公式%(version)s版。")
        % {
            "source": source_name(held.source),
            "window": period(held.window_from, held.window_until),
            "version": held.version,
        },
        as_of=held.computed_on,
    )


def _figure_row(one: Figure) -> tuple[Cell, ...]:
    title = Cell(value=text(standards().measures[one.measure].title))
    hints = {
        Status.COMPARED: _("区间%s") % interval_words(one),
        Status.ALONE: _("区间%s。没有其他企业走这些线路，没有比较") % interval_words(one),
        Status.INSUFFICIENT: _("不足%s件") % standards().floor,
    }
    figure = Cell(value=unit_words(one, one.figure), hint=hints[one.status])
    if one.status is Status.INSUFFICIENT:
        figure = Cell(state=nothing_said(), hint=hints[one.status])
    compared = _("可比%s件") % f"{one.compared:,}" if one.compared else ""
    return (
        title,
        figure,
        Cell(value=unit_words(one, one.value)),
        Cell(value=unit_words(one, one.mean)),
        Cell(value=f"{one.parcels:,}", hint=compared),
    )


def lanes_table(figure: Figure) -> Table:
    """Return the largest lanes of a company beside all companies together."""
    return Table(
        caption=_("按时送达：包裹最多的线路"),
        columns=(
            Column(title=_("线路")),
            Column(title=_("本企业"), numeric=True),
            Column(title=_("全部企业"), numeric=True),
            Column(title=_("包裹（件）"), numeric=True),
        ),
        rows=[
            (
                Cell(value=f"{one.from_city} → {one.to_city}"),
                Cell(value=unit_words(figure, one.value)),
                Cell(value=unit_words(figure, one.together)),
                Cell(value=f"{one.parcels:,}"),
            )
            for one in figure.lanes
        ],
        source=_("线路用行政区划代码前四位表示。不足十件的线路合并，不单独显示。"),
    )


def branches_table(branches: Sequence[Branch]) -> Table:
    """Return branches and outlets, and whether each was filed in time."""
    return Table(
        caption=_("分支机构和末端网点"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in (_("网点"), _("地区"), _("开办"), _("备案"))),
        rows=[
            (
                Cell(value=one.name, hint=one.number, state=_closed(one)),
                Cell(value=one.area),
                Cell(value=day(one.opened_on)),
                Cell(value=day(one.filed_on), state=_late(one)),
            )
            for one in branches
        ],
        empty=Empty(title=_("没有备案的网点"), meaning=_("末端网点开办二十日内要备案；备案以后显示在这里。")),
    )


def _closed(branch: Branch) -> State | None:
    return State(word=_("已关闭"), tone=Tone.ENDED) if branch.closed_on else None


def _late(branch: Branch) -> State | None:
    return State(word=_("超过二十日备案"), tone=Tone.TODO) if is_late(branch) else None


def source_name(source: str) -> str:
    """Name a source: a platform, or what an imported collection is called."""
    if source == OLIST:
        return _("Olist（公开的巴西电商数据集）")
    return body_name(source)


OLIST = "olist"


def who_lines(company: Company) -> list[Line]:
    """Say who a company is and who entered it."""
    return [
        Line(name=_("统一社会信用代码"), value=company.uscc),
        Line(name=_("运单上的名称"), value="、".join(company.names)),
        Line(name=_("登记的邮政管理部门"), value=body_name(company.authority)),
        Line(name=_("登记日期"), value=company.registered_at.date()),
    ]

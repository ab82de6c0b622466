"""Rules and measures as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import ndiff

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chengxin.casework.contracts import Case
from chengxin.casework.facade import body_name, due_hint, state_of, text
from chengxin.duties.contracts import Action, Probe, Rule
from chengxin.duties.kinds import kinds
from chengxin.duties.probes import channels
from chengxin.duties.rules import is_announced
from chengxin.duties.scorecard import Counted, ScoreFigure, ScoreLine
from chengxin.kernel.clock import legal_day
from chengxin.law.facade import name_of
from chengxin.market.contracts import Platform
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Link,
    Page,
    State,
    Table,
    Tone,
    day,
    in_language,
    series,
)

ACT_HEADING = gettext_lazy("采取措施或者分类")


def kind_words(one: Action) -> str:
    """Say what a platform did: the measure, or the class with its grade."""
    kind = kinds()[one.measure.kind]
    grade = kind.grades.get(one.measure.grade)
    return f"{text(kind.title)} · {text(grade)}" if grade else text(kind.title)


def state_words(one: Action, *, at: datetime) -> State:
    """Say whether a measure holds."""
    if one.lifted_on is not None:
        return State(word=_("已解除"), tone=Tone.DONE)
    if one.holds(legal_day(at)):
        return State(word=_("执行中"), tone=Tone.INFO)
    return State(word=_("已结束") if one.measure.starts_on <= legal_day(at) else _("还没有开始"), tone=Tone.ENDED)


def actions_table(found: Sequence[Action], *, at: datetime) -> Table:
    """Return the measures of a platform: against which shop, on which article, why, where to appeal."""
    return Table(
        caption=_("平台措施"),
        columns=tuple(Column(title=one) for one in (_("店铺"), _("措施"), _("依据和理由"), _("申诉"), _("状态"))),
        rows=[
            (
                Cell(value=one.measure.shop, url=reverse("shop", args=[one.shop_id]), hint=one.number),
                Cell(value=kind_words(one), hint=day(one.decided_on)),
                Cell(value=basis_words(one), url=_rule_url(one.rule), hint=one.measure.reasons),
                Cell(value=_("平台的申诉网址"), hint=one.measure.appeal_url),
                Cell(state=state_words(one, at=at)),
            )
            for one in found
        ],
        empty=Empty(title=_("没有平台措施"), meaning=_("平台依照规则警示、暂停或者终止服务的，应当及时公示在这里。")),
        source=_("平台依服务协议采取的措施，不是行政处罚，不是公共信用信息。"),
    )


def scorecard_table(platform: Platform, lines: Sequence[ScoreLine]) -> Table:
    """Return the three lines of a platform's duties: each figure with its day, its article and the way to its rows."""
    return Table(
        caption=_("平台责任清单"),
        columns=tuple(Column(title=one) for one in (_("事实"), _("责任"), _("数"), _("最近一天"))),
        rows=[
            (
                Cell(value=text(figure.title), hint=_articles(figure.basis)),
                Cell(value=text(line.title)),
                Cell(value=_counted_words(figure.counted), url=_rows_url(platform, figure)),
                Cell(value=day(figure.counted.newest_on) if figure.counted.newest_on else "—"),
            )
            for line in lines
            for figure in line.figures
        ],
        source=_("只列事实和日期，不打分，不排名；点数字看每一条。"),
    )


def probes_table(found: Mapping[str, Probe | None]) -> Table:
    """Return the channels of a platform with the newest test call to each; one without a result says 未测."""
    return Table(
        caption=_("售后渠道抽测"),
        columns=tuple(Column(title=one) for one in (_("服务渠道"), _("结果"), _("菜单层数"), _("抽测日"))),
        rows=[_probe_row(text(channels()[code]), one) for code, one in found.items()],
        source=_("主管部门抽测一次的结果，不代表每一次。"),
    )


def _probe_row(channel: str, one: Probe | None) -> tuple[Cell, ...]:
    if one is None:
        return (
            Cell(value=channel),
            Cell(state=State(word=_("未测"), tone=Tone.NEUTRAL)),
            Cell(value="—"),
            Cell(value="—"),
        )
    answered = State(word=_("%d秒接通") % one.seconds, tone=Tone.DONE) if one.seconds is not None else None
    state = answered or State(word=_("没有接通"), tone=Tone.ALERT)
    return (
        Cell(value=channel),
        Cell(state=state),
        Cell(value=one.depth),
        Cell(value=day(one.on), hint=body_name(one.body)),
    )


def probe_page(*, problems: bool) -> Page:
    """Return the head of the page on which an officer writes down a test call."""
    title = _("售后渠道抽测")
    return Page(
        title=title,
        lead=_("结果会公示，不能改。只写渠道怎么样，不写是谁接的。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=title)),
        problems=problems,
    )


def _counted_words(one: Counted) -> str:
    return _("%(value)s／%(out_of)s") % {"value": one.value, "out_of": one.out_of}


def _rows_url(platform: Platform, figure: ScoreFigure) -> str:
    return reverse(figure.page, args=[platform.body]) + figure.place


def _articles(basis: Sequence[str]) -> str:
    names = [name_of(one) for one in basis]
    return series([in_language(one.zh, one.en) for one in names])


def basis_words(one: Action) -> str:
    """Name the rule, its version and the article."""
    return _("%(rule)s（第%(version)s版）%(article)s") % {
        "rule": one.rule.text.title,
        "version": one.rule.version,
        "article": one.measure.article,
    }


def rule_rows(rules: Sequence[Rule]) -> list[Mapping[str, object]]:
    """Return rules, the newest version of each first, with what changed against the one before."""
    before = {(one.text.code, one.version): one for one in rules}
    return [_rule_row(one, before.get((one.text.code, one.version - 1))) for one in rules]


def announced_state(rule: Rule) -> State:
    """Say whether a rule was put to comment and made public in time."""
    if rule.version == 1:
        return State(word=_("首次归档"), tone=Tone.NEUTRAL)
    if is_announced(rule.text, version=rule.version):
        return State(word=_("已公示征求意见"), tone=Tone.DONE)
    return State(word=_("未公示征求意见"), tone=Tone.ALERT)


def _rule_row(rule: Rule, before: Rule | None) -> Mapping[str, object]:
    held = rule.text
    asked = _("没有")
    if held.comment_from and held.comment_until:
        asked = _("%(first)s至%(last)s") % {"first": day(held.comment_from), "last": day(held.comment_until)}
    return {
        "title": _("%(title)s，第%(version)s版") % {"title": held.title, "version": rule.version},
        "id": f"{held.code}-{rule.version}",
        "facts": [
            Fact(name=_("公示征求意见"), value="", state=announced_state(rule)),
            Fact(name=_("征求意见"), value=asked),
            Fact(name=_("公示日"), value=held.published_on),
            Fact(name=_("实施日"), value=held.effective_on),
        ],
        "text": held.text,
        "changes": _changes(before.text.text, held.text) if before else [],
    }


def _changes(old: str, new: str) -> list[str]:
    """Return the lines that were taken out and put in."""
    words = {"+ ": _("新增：%s"), "- ": _("删去：%s")}
    return [words[line[:2]] % line[2:] for line in ndiff(old.splitlines(), new.splitlines()) if line[:2] in words]


def rules_page(platform: Platform) -> Page:
    """Return the head of a platform's rules."""
    name = body_name(platform.body)
    return Page(
        title=_("平台规则"),
        eyebrow=name,
        lead=_("规则的每一版、改了什么、有没有公开征求意见并且提前七日公示。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=name, url=reverse("platform", args=[platform.body])),
            Crumb(text=_("平台规则")),
        ),
    )


def file_rule_page(*, problems: bool) -> Page:
    """Return the head of the page on which a rule is filed."""
    return Page(
        title=_("规则归档"),
        lead=_("报过的版本不能改。没有按时公示、征求意见的也收，公开页上会写明。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("规则归档"))),
        problems=problems,
    )


def ledger_page(*, problems: bool) -> Page:
    """Return the head of a platform's ledger of measures."""
    return Page(
        title=_("平台措施台账"),
        lead=_("没有规则条款、理由和申诉途径的措施不收。措施不是公共信用信息，不进报告，不作为惩戒的依据。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("平台措施台账"))),
        problems=problems,
        wide=True,
    )


def own_page(one: Action, *, problems: bool) -> Page:
    """Return the head of a merchant's page of one measure."""
    shops = Crumb(text=_("我的店铺"), url=reverse("own_shops"))
    return Page(
        title=kind_words(one),
        eyebrow=_("平台措施"),
        crumbs=(Crumb(text=_("我的"), url=reverse("archive")), shops, Crumb(text=one.number)),
        problems=problems,
    )


def own_facts(one: Action, case: Case | None, *, at: datetime) -> list[Fact]:
    """Say what was done, on which article, why, and where an appeal stands."""
    until = [Fact(name=_("到哪一天止"), value=one.measure.ends_on)] if one.measure.ends_on else []
    appeal = Fact(name=_("申诉"), value=_("还没有申诉"), hint=_("平台自己的申诉网址：%s") % one.measure.appeal_url)
    if case is not None:
        hint = due_hint(case, on=legal_day(at))
        appeal = Fact(name=_("申诉"), value=case.number, hint=hint, state=state_of(case))
    return [
        Fact(name=_("平台"), value=body_name(one.platform)),
        Fact(name=_("状态"), value="", state=state_words(one, at=at)),
        Fact(name=_("依据"), value=basis_words(one), link=Link(text=_("看规则"), url=_rule_url(one.rule))),
        Fact(name=_("理由"), value=one.measure.reasons),
        Fact(name=_("从哪一天起"), value=one.measure.starts_on),
        *until,
        appeal,
    ]


def no_rules() -> Empty:
    """Say that a platform has filed no rule."""
    return Empty(title=_("还没有归档的规则"), meaning=_("平台应当持续公示服务协议和交易规则；归档以后显示在这里。"))


def _rule_url(rule: Rule) -> str:
    return f"{reverse('platform_rules', args=[rule.platform])}#{rule.text.code}-{rule.version}"

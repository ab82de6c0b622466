"""What the pages of misuse detection show, in words."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.kernel.clock import legal_day
from chengxin.misuse.contracts import Alert, Quarter, Sample
from chengxin.misuse.patterns import patterns
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, State, Table, Tone, day, moment, reads_english


def page_of(title: str, lead: str, *, wide: bool = False, problems: bool = False) -> Page:
    """Return the head of a page of the office."""
    crumbs = (Crumb(text=_("工作台"), url="/dept"), Crumb(text=title))
    return Page(title=title, lead=lead, crumbs=crumbs, wide=wide, problems=problems)


def counts_page() -> Page:
    """Return the head of the page that shows everybody how looks are watched over."""
    lead = _("工作人员查询个人信息，每一次都有记录、有检查。这里公布检查的结果。")
    crumbs = (Crumb(text=_("首页"), url="/"), Crumb(text=_("查询监督")))
    return Page(title=_("查询监督"), lead=lead, crumbs=crumbs, wide=True)


def alerts_table(alerts: list[Alert]) -> Table:
    """Show alerts by their signs; the account is named, the people looked at are not."""
    return Table(
        caption=_("警示"),
        caption_hidden=True,
        columns=tuple(
            Column(title=title) for title in (_("编号"), _("单位"), _("迹象"), _("查询次数"), _("涉及人数"), _("状态"))
        ),
        rows=[
            (
                Cell(value=alert.case_number, url=reverse("misuse_incident", args=[alert.id])),
                Cell(value=_body(alert.body)),
                Cell(value=signs_of(alert)),
                Cell(value=alert.looks),
                Cell(value=alert.persons),
                Cell(state=state_of(alert)),
            )
            for alert in alerts
        ],
        empty=Empty(
            title=_("没有警示"),
            meaning=_("系统每五分钟检查一次查询记录，没有发现需要核查的迹象。"),
        ),
    )


def alert_facts(alert: Alert, *, for_oversight: bool) -> list[Fact]:
    """Show one alert; the account is for those who handle it."""
    facts = [
        Fact(name=_("案件编号"), value=alert.case_number),
        Fact(name=_("状态"), value="", state=state_of(alert)),
        Fact(name=_("迹象"), value=signs_of(alert), hint=_("迹象只是提问，不是认定。")),
        Fact(
            name=_("查询次数和人数"),
            value=_("%(looks)s次，%(persons)s人") % {"looks": alert.looks, "persons": alert.persons},
        ),
        Fact(name=_("提出时间"), value=moment(alert.opened_at)),
    ]
    if for_oversight:
        account = access.find_account_by_id(access.account_id_of(alert.clerk_key), on=legal_day(alert.opened_at))
        facts.insert(1, Fact(name=_("账户"), value=account.username if account else alert.clerk_key))
        facts.insert(2, Fact(name=_("单位"), value=_body(alert.body)))
        facts.append(Fact(name=_("工作人员的说明"), value=alert.explanation or _("还没有说明")))
    return facts


def samples_table(samples: list[Sample]) -> Table:
    """Show what was reviewed."""
    words = {"sound": (_("查询正当"), Tone.DONE), "doubtful": (_("需要核查"), Tone.ALERT), "": (_("待抽查"), Tone.TODO)}
    return Table(
        caption=_("抽查结果"),
        columns=tuple(Column(title=title) for title in (_("查询时间"), _("单位"), _("用途"), _("编号"), _("结论"))),
        rows=[
            (
                Cell(value=moment(one.looked_at)),
                Cell(value=_body(one.body)),
                Cell(value=purpose_words(one.purpose)),
                Cell(value=one.reference),
                Cell(state=State(word=words[one.outcome][0], tone=words[one.outcome][1])),
            )
            for one in samples
        ],
        empty=Empty(title=_("没有抽查结果"), meaning=_("每月从有说明的查询中抽取百分之一，并且每人至少五次。")),
    )


def sample_facts(sample: Sample) -> list[Fact]:
    """Show one look drawn by lot: when, by which unit, for what; never at whom."""
    return [
        Fact(name=_("查询时间"), value=moment(sample.looked_at)),
        Fact(name=_("单位"), value=_body(sample.body)),
        Fact(name=_("用途"), value=purpose_words(sample.purpose)),
        Fact(name=_("依据的编号"), value=sample.reference, hint=_("请到来源系统核对这个编号是否支持这次查询。")),
    ]


def quarters_table(quarters: list[Quarter]) -> Table:
    """Show the public counts of the last quarters."""
    titles = (
        _("季度"),
        _("检查的查询"),
        _("警示"),
        _("查询正当"),
        _("认定违规"),
        _("办理中"),
        _("抽查"),
        _("抽查存疑"),
    )
    return Table(
        caption=_("最近四个季度"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=[
            (
                Cell(value=_("%s起") % day(one.starts_on)),
                *(
                    Cell(value=number)
                    for number in (
                        one.looks,
                        one.alerts,
                        one.cleared,
                        one.confirmed,
                        one.pending,
                        one.reviewed,
                        one.doubtful,
                    )
                ),
            )
            for one in quarters
        ],
    )


def signs_of(alert: Alert) -> str:
    """Return the signs of an alert in words."""
    known = {one.code: one.en if reads_english() else one.zh for one in patterns().patterns}
    known["challenge"] = _("本人不认可，经审查没有依据")
    return _("、").join(known.get(code, _("抽查存疑")) for code in alert.patterns)


def sign_names() -> list[str]:
    """Return all signs that are looked for, in words: what is watched is no secret, at which number it is."""
    return [one.en if reads_english() else one.zh for one in patterns().patterns]


def state_of(alert: Alert) -> State:
    """Return where the case of an alert stands."""
    state = casework.get_procedure("misuse_incident").states[alert.case_state]
    return State(word=state.title.en if reads_english() else state.title.zh, tone=Tone(state.tone))


def purpose_words(code: str) -> str:
    """Return a purpose in words."""
    purpose = access.get_purpose(code)
    return purpose.en if reads_english() else purpose.zh


def _body(code: str) -> str:
    body = access.find_body(code)
    return (body.name_en if reads_english() else body.name_zh) if body else code

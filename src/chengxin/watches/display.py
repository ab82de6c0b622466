"""Watches as parts of the ui: for the officer, and for the watched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.archives import facade as archives
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.consents import facade as consents
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, now
from chengxin.law import facade as law
from chengxin.lists import facade as lists
from chengxin.matching import facade as matching
from chengxin.measures import facade as measures
from chengxin.screening.facade import rule_text
from chengxin.subjects import facade as subjects
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Page,
    Pager,
    State,
    Table,
    Tone,
    day,
    in_language,
    moment,
    series,
)
from chengxin.watches.contracts import Because, Opened, OwnWatch, Watch
from chengxin.watches.grounds import grounds

_DAY = timedelta(days=1)


def list_page() -> Page:
    """Return the head of a body's list."""
    lead = _("有许可、有案件或者有授权的，才可以关注。名单有变动时系统提示，是否采取措施由经办人决定。")
    return Page(title=_("名单关注"), lead=lead, crumbs=_crumbs(), wide=True)


def new_page(*, problems: bool) -> Page:
    """Return the head of the form."""
    return Page(title=_("关注一个主体"), crumbs=_crumbs(_("关注一个主体")), problems=problems)


def watch_page(opened: Opened) -> Page:
    """Return the head of one watch."""
    return Page(
        title=who(opened.watch),
        eyebrow=_("名单关注"),
        crumbs=_crumbs(opened.watch.number),
        states=(state_of(opened.watch, runs=opened.runs),),
    )


def own_page() -> Page:
    """Return the head of one's own page."""
    lead = _(
        "依法或者经您授权，有的单位会在您列入或者离开名单时得到提示。提示不是处罚；要采取措施，必须由人决定，并先告知您。"
    )
    return Page(
        title=_("谁在关注我"), lead=lead, crumbs=(Crumb(text=_("我的"), url="/me"), Crumb(text=_("谁在关注我")))
    )


def purposes_for(actor: Actor) -> list[tuple[str, str]]:
    """Return what the viewer's body may watch for: measures that rest on lists, and rules it is registered for."""
    on = legal_day(now())
    rules = [
        (one.code, archives.purpose_name(one.purpose))
        for one in consents.purpose_rules().values()
        if one.is_watch and consents.find_grant(actor.body, rule=one.code, on=on) is not None
    ]
    return [*matching.measures_for(actor), *rules]


def ground_choices() -> list[tuple[str, str]]:
    """Return the grounds a watch may rest on."""
    return [(one.code, in_language(one.title.zh, one.title.en)) for one in grounds().values()]


def who(watch: Watch) -> str:
    """Name an enterprise; a natural person is named by the number of the watch alone."""
    operator = subjects.operators_of([watch.subject_id]).get(watch.subject_id)
    return operator.name if operator else _("自然人（%s）") % watch.number


def state_of(watch: Watch, *, runs: bool) -> State:
    """Tell whether a watch runs, or why not."""
    if runs:
        return State(word=_("关注中"), tone=Tone.INFO)
    return State(word=_because(watch), tone=Tone.ENDED)


def table_of(found: Sequence[tuple[Watch, bool]], *, pager: Pager) -> Table:
    """Show a body's watches."""
    rows = [
        (
            Cell(value=who(one), url=reverse("watch", args=[one.id]), hint=one.number),
            Cell(value=purpose_of(one)),
            Cell(value=ground_of(one)),
            Cell(value=day(one.ends_on - _DAY)),
            Cell(state=state_of(one, runs=runs)),
        )
        for one, runs in found
    ]
    titles = (_("主体"), _("为了什么"), _("依据"), _("最后一日"), _("状态"))
    return Table(
        caption=_("本单位的关注"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=rows,
        empty=Empty(title=_("还没有关注"), meaning=_("名单有变动时，不会自动提示本单位。")),
        pager=pager if pager.total > len(rows) else None,
    )


def watch_facts(watch: Watch, *, runs: bool) -> list[Fact]:
    """Return what a watch is for, on what it rests, until when."""
    facts = [
        Fact(name=_("编号"), value=watch.number),
        Fact(name=_("为了什么"), value=purpose_of(watch)),
        Fact(name=_("看哪些名单"), value=series(_list_title(code) for code in watch.lists)),
        Fact(name=_("依据"), value=ground_of(watch), hint=_articles(watch)),
        Fact(name=_("开始"), value=moment(watch.set_at)),
        Fact(name=_("最后一日"), value=day(watch.ends_on - _DAY), hint=_("依据终止的，当时停止")),
    ]
    if not runs:
        facts.append(Fact(name=_("为什么停止"), value=_because(watch), hint=moment(watch.ended_at)))
    return facts


def warning_cards(opened: Opened) -> list[dict[str, Any]]:
    """Return each open warning with the hit as it stands now, and the way to its case."""
    cards = []
    for case in opened.warnings:
        hit = opened.hits.get(str(case.facts["key"]))
        if case.is_closed or hit is None:
            continue
        card = matching.hit_card(hit, purpose=opened.watch.purpose, may_clear=False, asked=_("关注的"))
        by_measure = opened.watch.purpose in measures.measures() and case.state == "confirmed"
        card["link"] = card["link"] if by_measure else None
        cards.append({"card": card, "case": case, "state": casework.state_of(case)})
    return cards


def over_table(opened: Opened) -> Table | None:
    """Show the warnings that stand no more."""
    over = [case for case in opened.warnings if case.is_closed]
    if not over:
        return None
    rows = [
        (
            Cell(value=case.number, url=reverse("casework_case", args=[case.id])),
            Cell(value=_list_title(str(case.facts["list"]))),
            Cell(value=moment(case.opened_at)),
            Cell(state=casework.state_of(case), hint=moment(case.closed_at)),
        )
        for case in over
    ]
    titles = (_("编号"), _("名单"), _("提示时间"), _("状态"))
    columns = tuple(Column(title=title) for title in titles)
    return Table(caption=_("已经了结的提示"), columns=columns, rows=rows)


def warning_facts(case: Case) -> list[Fact]:
    """Return what a warning said when it was raised."""
    facts = case.facts
    return [
        Fact(name=_("名单"), value=_list_title(str(facts["list"]))),
        Fact(name=_("为什么提示"), value=_(rule_text(str(facts["rule"])))),
        Fact(name=_("关注编号"), value=str(facts["watch"])),
        Fact(name=_("比对规则"), value=str(facts["rules"])),
    ]


def own_cards(found: Sequence[OwnWatch]) -> list[dict[str, Any]]:
    """Return each watch as the watched reads it."""
    return [
        {
            "id": one.watch.id,
            "title": archives.body_name(one.watch.body),
            "state": state_of(one.watch, runs=one.runs),
            "facts": [*watch_facts(one.watch, runs=one.runs), _told(one)],
            "is_consent": one.watch.ground == "consent" and one.runs,
        }
        for one in found
    ]


def nobody_watches() -> Empty:
    """Say that nobody watches."""
    return Empty(
        title=_("没有单位在关注您"),
        meaning=_("您列入或者离开名单时，没有单位会得到提示。"),
        would_appear=_("有单位开始关注您的，当时就会出现在这里，写明依据和最后一日。"),
    )


def purpose_of(watch: Watch) -> str:
    """Say what a watch is for."""
    measure = measures.measures().get(watch.purpose)
    if measure is not None:
        return in_language(measure.title.zh, measure.title.en)
    rule = consents.find_rule(watch.purpose)
    return archives.purpose_name(rule.purpose) if rule else watch.purpose


def ground_of(watch: Watch) -> str:
    """Say on what a watch rests; a case by its number."""
    ground = grounds().get(watch.ground)
    title = in_language(ground.title.zh, ground.title.en) if ground else watch.ground
    return f"{title}（{watch.reference}）" if watch.ground == "case" else title


def _told(one: OwnWatch) -> Fact:
    words = {"watch.raised": _("名单有变动"), "watch.lifted": _("提示已经解除")}
    lines = [f"{moment(at)} {words.get(topic, topic)}" for at, topic, _receipt in one.told]
    return Fact(name=_("得到过的提示"), value=series(lines) if lines else _("没有"))


def _because(watch: Watch) -> str:
    return {
        Because.TERM.value: _("到期停止"),
        Because.BASIS.value: _("依据终止，已经停止"),
        Because.TAKEN_BACK.value: _("单位提前结束"),
    }.get(watch.ended_because, _("依据终止，已经停止"))


def _articles(watch: Watch) -> str:
    return series(_article(citation) for citation in watch.basis)


def _article(citation: str) -> str:
    name = law.name_of(citation)
    return in_language(name.zh, name.en)


def _list_title(code: str) -> str:
    kind = lists.kinds().get(code)
    return in_language(kind.title.zh, kind.title.en) if kind else code


def _crumbs(last: str = "") -> tuple[Crumb, ...]:
    desk = Crumb(text=_("工作台"), url=reverse("casework_inbox"))
    if not last:
        return (desk, Crumb(text=_("名单关注")))
    return (desk, Crumb(text=_("名单关注"), url=reverse("watches")), Crumb(text=last))

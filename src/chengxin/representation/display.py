"""Mandates as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.casework.contracts import Step as CaseStep
from chengxin.kernel.actor import Actor
from chengxin.representation.contracts import BY_LAW, Application, Both, Ground, Mandate, Opened, Standing
from chengxin.representation.scopes import scopes
from chengxin.ui.facade import Crumb, Fact, Page, State, Step, Tone, day, in_language, moment, series


@dataclass(frozen=True, kw_only=True)
class Card:
    """One mandate on the page."""

    id: UUID
    number: str
    title: str
    state: State
    facts: Sequence[Fact]
    may_end: bool
    may_begin: bool
    may_contest: bool = False
    contest: str = ""


def page() -> Page:
    """Return the head of one's own mandates."""
    return Page(
        title=_("代办"),
        lead=_("委托信得过的人代您办，或者代别人办：委托您的人、您监护的人、已经去世的近亲属。"),
    )


def new_page(*, problems: bool) -> Page:
    """Return the head of the form."""
    crumbs = (Crumb(text=_("代办"), url=reverse("representation")), Crumb(text=_("委托代理人")))
    lead = _("对方用自己的账户登录、接受以后才生效。平台不会告诉您对方有没有账户。")
    return Page(title=_("委托代理人"), lead=lead, crumbs=crumbs, problems=problems)


def given_cards(found: Both, *, on: date) -> list[Card]:
    """Return who acts for the viewer."""
    return [_card(one, title=name, on=on, may_begin=False, is_given=True) for one, name in found.given]


def held_cards(found: Both, *, on: date) -> list[Card]:
    """Return for whom the viewer acts; a name is shown when one begins to act, and the person sees that it was."""
    return [_card(one, title=_title(one), on=on, may_begin=one.standing(on) is Standing.LIVE) for one in found.held]


def offered_cards(found: Both, *, on: date) -> list[Card]:
    """Return what waits for the viewer to accept."""
    return [_card(one, title=_("委托%s") % one.number, on=on, may_begin=False) for one in found.offered]


def _card(one: Mandate, *, title: str, on: date, may_begin: bool, is_given: bool = False) -> Card:
    standing = one.standing(on)
    facts = [
        Fact(name=_("编号"), value=one.number),
        *([] if one.ground is Ground.MANDATE else [Fact(name=_("代办依据"), value=ground_name(one.ground))]),
        Fact(name=_("事项"), value=series(scope_names(one))),
        Fact(name=_("最后一天"), value=day(one.ends_on - timedelta(days=1))),
    ]
    if one.ended_at is not None:
        facts.append(Fact(name=_("结束"), value=day(one.ended_at)))
    is_open = standing in {Standing.OFFERED, Standing.LIVE, Standing.RESTING}
    return Card(
        id=one.id,
        number=one.number,
        title=title,
        state=_state(standing),
        facts=facts,
        may_end=is_open and (not is_given or one.ground not in BY_LAW),
        may_begin=may_begin,
        may_contest=is_given and standing is Standing.LIVE and one.ground in BY_LAW,
        contest=one.contest_number if is_given else "",
    )


def scope_names(one: Mandate) -> list[str]:
    """Return what may be done, in words."""
    known = scopes()
    return [in_language(known[code].zh, known[code].en) for code in one.scopes if code in known]


def _state(standing: Standing) -> State:
    return {
        Standing.OFFERED: State(word=_("等待对方接受"), tone=Tone.TODO),
        Standing.LIVE: State(word=_("有效"), tone=Tone.DONE),
        Standing.RESTING: State(word=_("暂停"), tone=Tone.ALERT),
        Standing.ENDED: State(word=_("已结束"), tone=Tone.ENDED),
        Standing.LAPSED: State(word=_("已到期"), tone=Tone.ENDED),
    }[standing]


def _title(one: Mandate) -> str:
    return (_("委托%s") if one.ground is Ground.MANDATE else _("代办%s")) % one.number


def ground_name(ground: Ground) -> str:
    """Return why somebody may act for a person, in words."""
    return {
        Ground.MANDATE: _("委托"),
        Ground.GUARDIAN: _("监护人"),
        Ground.NEXT_OF_KIN: _("去世的人的近亲属"),
        Ground.COUNTER: _("您在办事大厅，由窗口代填"),
    }[ground]


def apply_page(*, problems: bool) -> Page:
    """Return the head of the form of who would act by law."""
    lead = _("为您监护的成年人，或者已经去世的近亲属，查看信用档案、更正错误的信息。不收费。")
    crumbs = (Crumb(text=_("代办"), url=reverse("representation")), Crumb(text=_("监护人、近亲属代办")))
    return Page(title=_("监护人、近亲属代办"), lead=lead, crumbs=crumbs, problems=problems)


def application_page(one: Application) -> Page:
    """Return the head of one's own application."""
    crumbs = (Crumb(text=_("代办"), url=reverse("representation")), Crumb(text=one.number))
    return Page(title=_("代办申请%s") % one.number, crumbs=crumbs)


def application_facts(one: Application, case: Case) -> list[Fact]:
    """Return what one's own application is: the other's name and number are not shown again."""
    return [
        Fact(name=_("代办依据"), value=ground_name(one.ground)),
        Fact(name=_("由哪里核对"), value=casework.body_name(one.body)),
        Fact(name=_("状态"), value="", state=casework.state_of(case)),
        Fact(name=_("提交时间"), value=moment(one.filed_at)),
    ]


def application_steps(case: Case, steps: Sequence[CaseStep], *, actor: Actor) -> list[Step]:
    """Return the course of one's own application."""
    return casework.timeline_steps(case, steps, actor=actor)


def contest_page(case: Case) -> Page:
    """Return the head of a case in which one said that a registration is not so."""
    crumbs = (Crumb(text=_("代办"), url=reverse("representation")), Crumb(text=case.number))
    rests = _("对方什么都看不到、办不了，直到信用办的两位工作人员核实清楚。工作人员会先联系您，您不用再做什么。")
    return Page(title=_("您表示代办登记不实"), lead="" if case.is_closed else rests, crumbs=crumbs)


def contest_facts(case: Case) -> list[Fact]:
    """Return what such a case is about, who looks into it and where it stands."""
    return [
        Fact(name=_("登记编号"), value=str(case.facts["registration"])),
        Fact(name=_("代办依据"), value=ground_name(Ground(str(case.facts["ground"])))),
        Fact(name=_("由哪里核实"), value=casework.body_name(case.body)),
        Fact(name=_("状态"), value="", state=casework.state_of(case)),
        Fact(name=_("提交时间"), value=moment(case.opened_at)),
    ]


def check_page(one: Opened) -> Page:
    """Return the head of what an officer reads of an application."""
    crumbs = (
        Crumb(text=_("待办"), url=reverse("casework_inbox")),
        Crumb(text=one.application.number, url=reverse("casework_case", args=[one.application.case_id])),
        Crumb(text=_("申请的内容")),
    )
    return Page(title=_("申请的内容"), lead=_("这次查看已经记入双方的“谁看过我”。"), crumbs=crumbs)


def check_facts(one: Opened) -> list[Fact]:
    """Return what an officer compares with the papers."""
    known = _("有档案，姓名和号码一致") if one.is_known else _("没有档案，或者姓名和号码不一致")
    facts = [
        Fact(name=_("代办依据"), value=ground_name(one.application.ground)),
        Fact(name=_("申请人"), value=one.applicant),
        Fact(name=_("对方的姓名"), value=one.name or _("保存期满，已经销毁")),
        Fact(name=_("对方的身份证号码"), value=one.number),
        Fact(name=_("在平台上"), value=known),
        Fact(name=_("为什么要代办"), value=one.interest),
    ]
    if one.until is not None:
        facts.append(Fact(name=_("文书写明的最后一天"), value=day(one.until)))
    if one.application.contested_at is not None:
        facts.append(Fact(name=_("本人表示情况不实"), value=moment(one.application.contested_at)))
    return facts

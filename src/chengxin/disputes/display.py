"""Complaints as parts of the ui."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

import orjson
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework import contracts as cases
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Deadline, Words
from chengxin.casework.facade import due_hint, state_of, text
from chengxin.complaints import facade as tips
from chengxin.couriers.contracts import Company
from chengxin.disputes import facade
from chengxin.disputes.about_display import about_fact, about_of, in_hands, name_of
from chengxin.disputes.contracts import COURIER, PROCEDURE, Contact, Dispute, Entry, Terms
from chengxin.disputes.forms import fen_of
from chengxin.disputes.reaching import CONSUMER
from chengxin.disputes.rules import LONGEST, scrub
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.law import facade as law
from chengxin.market.contracts import Shop
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Page,
    Progress,
    State,
    Step,
    Table,
    Tone,
    day,
    moment,
    series,
    yuan,
)

_DAY: Final = timedelta(days=1)


def complain_page(*, problems: bool = False, company: str = "") -> Page:
    """Return the head of the three screens."""
    crumbs = (Crumb(text=_("首页"), url="/"), Crumb(text=_("消费投诉")))
    if company:
        lead = _("不用登录。寄递企业七日内处理并告知您；没有告知的，自动转邮政管理部门。")
        return Page(title=_("投诉寄递企业"), lead=lead, crumbs=crumbs, problems=problems)
    lead = _("不用登录。先由店铺答复；没有答复、谈不拢的，转市场监管部门。")
    return Page(title=_("投诉店铺"), lead=lead, crumbs=crumbs, problems=problems)


def screens(now: int, company: str = "") -> list[Step]:
    """Return the three screens with where one is."""
    titles = (_("找到寄递企业") if company else _("找到店铺"), _("发生了什么"), _("核对和提交"))
    return [
        Step(
            title=title,
            progress=Progress.DONE if place < now else Progress.NOW if place == now else Progress.LATER,
        )
        for place, title in enumerate(titles, start=1)
    ]


def received_page() -> Page:
    """Return the head of the page that shows the code once."""
    crumbs = (Crumb(text=_("首页"), url="/"), Crumb(text=_("消费投诉")))
    return Page(title=_("投诉已收到"), crumbs=crumbs, heading_hidden=True)


def follow_page(*, problems: bool = False) -> Page:
    """Return the head of the page on which a complaint is followed."""
    crumbs = (
        Crumb(text=_("首页"), url="/"),
        Crumb(text=_("消费投诉"), url=reverse("complain")),
        Crumb(text=_("查看进展")),
    )
    lead = _("用查询码查看答复和期限，补充情况，作出决定。")
    return Page(title=_("查看投诉的进展"), lead=lead, crumbs=crumbs, problems=problems)


def told_facts(about: Shop | Company, said: Mapping[str, Any]) -> list[Fact]:
    """Return what will be sent, its words as they will be read."""
    is_company = isinstance(about, Company)
    procedure = COURIER if is_company else PROCEDURE
    facts = [
        Fact(name=_("寄递企业") if is_company else _("店铺"), value=name_of(about)),
        Fact(name=_("发生了什么"), value=_words(facade.matters(procedure), str(said["matter"]))),
        Fact(name=_("想要什么"), value=_asked(str(said["asks"]), _fen(said["yuan"]), procedure)),
        Fact(
            name=_("经过"),
            value=scrub(str(said["text"]), longest=LONGEST),
            hint=_("寄递企业看到的就是这段话。") if is_company else _("店铺看到的就是这段话。"),
        ),
    ]
    if is_company:
        facts.append(Fact(name=_("运单号"), value=str(said["parcel"])))
    elif str(said["breach"]).strip():
        facts.append(Fact(name=_("另作举报"), value=str(said["breach"]), hint=_("店铺看不到，会另给您一个查询码。")))
    return facts


def own_facts(found: Dispute, *, at: datetime) -> list[Fact]:
    """Return what the consumer sees of where the complaint stands."""
    case = found.case
    facts = [
        Fact(name=_("编号"), value=found.number),
        Fact(name=_("状态"), value="", state=state_of(case)),
        about_fact(about_of(found)),
        Fact(name=_("现在由谁办理"), value=in_hands(found)),
        Fact(name=_("您想要什么"), value=_asked(found.asks, found.asked_fen, found.procedure)),
    ]
    if case.due_on is not None:
        facts.insert(2, Fact(name=_("最近的期限"), value=case.due_on, hint=due_hint(case, on=legal_day(at))))
    return facts


def next_words(state: str, procedure: str = PROCEDURE) -> str:
    """Say what happens next in a state."""
    return text(facade.what_next(procedure)[state])


def buttons(may: Collection[str], procedure: str = PROCEDURE) -> list[dict[str, object]]:
    """Return what the consumer may decide now, the usual one first."""
    titles = {
        "agree": _("同意店铺的办法"),
        "confirm": _("我满意，办结") if procedure == COURIER else _("确认已经收到"),
        "go_up": _("转邮政管理部门") if procedure == COURIER else _("转市场监管部门"),
        "withdraw": _("撤回投诉"),
    }
    usual = next((code for code in ("agree", "confirm") if code in may), "")
    return [{"verb": one, "title": titles[one], "is_main": one == usual} for one in titles if one in may]


def course(
    case: Case, steps: Sequence[cases.Step], deadlines: Sequence[Deadline], *, reader: Actor | None, at: datetime
) -> list[Step]:
    """Return the course as a timeline: what was done, the clocks that run, and what follows by itself."""
    done = casework.timeline_steps(case, steps, actor=reader or CONSUMER, called=_called(case, steps, reader))
    if case.is_closed:
        return done
    running = [one for one in deadlines if one.stopped_on is None]
    waiting, on = done.pop(), legal_day(at)
    clocks = [casework.counted(one, on=on) for one in running]
    done.append(replace(waiting, text="\n".join(clocks), provisional=case.due_provisional))
    verbs = casework.get_procedure(case.procedure).verbs
    lapses = {clock.key: clock.lapses for clock in casework.get_procedure(case.procedure).clocks}
    for one in running:
        then = lapses.get(one.key, "")
        title = text(verbs[then].title) if then else _("报上一级督办")
        done.append(Step(title=_("到期还没有办的：%s") % title, progress=Progress.LATER, when=one.last_day + _DAY))
    return done


def clocks_table(case: Case, deadlines: Sequence[Deadline], *, at: datetime) -> Table:
    """Return every clock: its last day, when it was met, and how it was counted."""
    on = legal_day(at)
    return Table(
        caption=_("每一个期限"),
        columns=tuple(Column(title=one) for one in (_("期限"), _("最后一天"), _("办了没有"))),
        rows=[
            (
                Cell(value=text(law.get_entry(one.key).title), hint=casework.counted(one, on=on)),
                Cell(value=one.last_day),
                Cell(state=_met(case, one, on=on)),
            )
            for one in sorted(deadlines, key=lambda one: (one.starts_on, one.last_day))
        ],
        empty=Empty(title=_("没有期限"), meaning=_("这件投诉已经办结。")),
    )


def terms_table(terms: Sequence[Terms], procedure: str = PROCEDURE) -> Table | None:
    """Return what was offered, agreed and paid."""
    if not terms:
        return None
    return Table(
        caption=_("怎样处理"),
        columns=tuple(Column(title=one) for one in (_("谁说的"), _("处理办法"), _("哪一天"))),
        rows=[
            (
                Cell(
                    value=_("企业提出") if procedure == COURIER else text(facade.stages()[one.stage]),
                    hint=_("平台先行赔付") if one.from_fund else moment(one.at),
                ),
                Cell(value=_asked(one.what, one.fen, procedure) if one.what else _("没有提出办法")),
                Cell(value=one.done_on or ""),
            )
            for one in terms
        ],
    )


def words_of(entries: Sequence[Entry], contents: Sequence[bytes]) -> list[dict[str, object]]:
    """Return what the consumer wrote, in its order; papers are named and stay sealed."""
    texts = iter(contents)
    return [
        {
            "when": moment(one.at),
            "text": _("照片或者文件一份，已封存。") if one.is_paper else said_in(next(texts)),
            "digest": one.digest,
            "shown": one.shown,
            "covering": tips.covering(one.shown) if one.is_paper else None,
        }
        for one in entries
    ]


def entry_rows(entries: Sequence[Entry], opened: str, content: bytes) -> list[dict[str, object]]:
    """Return what the consumer handed in, with the words of the one that was opened."""
    return [
        {
            "digest": one.digest,
            "when": moment(one.at),
            "is_paper": one.is_paper,
            "shown": one.shown,
            "covering": tips.covering(one.shown) if one.is_paper else None,
            "uncovering": tips.UncoverForm(auto_id=f"id_{one.digest}_%s"),
            "text": said_in(content) if one.digest == opened and not one.is_paper else "",
        }
        for one in entries
    ]


def said_in(content: bytes) -> str:
    """Return the words of an opened text, after the number of the parcel where it is about one."""
    said = orjson.loads(content)
    words = str(said["text"])
    return "\n".join([_("运单号：%s") % said["parcel"], words]) if "parcel" in said else words


def list_page() -> Page:
    """Return the head of the list of complaints."""
    lead = _("按最近的期限排。到期没有答复的，自动转负责的主管部门。")
    return Page(title=_("消费投诉"), lead=lead, crumbs=(Crumb(text=_("消费投诉")),), wide=True)


def list_table(found: Sequence[Dispute], *, at: datetime) -> Table:
    """Return complaints with where they stand and by when."""
    titles = (_("编号"), _("被投诉的"), _("发生了什么"), _("状态"), _("最近的期限"))
    return Table(
        caption=_("消费投诉"),
        caption_hidden=True,
        columns=tuple(Column(title=one) for one in titles),
        rows=[
            (
                Cell(value=one.number, url=reverse("dispute", args=[one.id])),
                Cell(value=name_of(about_of(one))),
                Cell(
                    value=_words(facade.matters(one.procedure), one.matter),
                    hint=_asked(one.asks, one.asked_fen, one.procedure),
                ),
                Cell(state=state_of(one.case)),
                Cell(
                    value=one.case.due_on or (_("已结束") if one.case.is_closed else _("没有期限")),
                    hint=due_hint(one.case, on=legal_day(at)),
                ),
            )
            for one in found
        ],
        empty=Empty(title=_("没有投诉"), meaning=_("没有消费者投诉。"), would_appear=_("有投诉时，按期限排在这里。")),
    )


def one_page(found: Dispute, *, problems: bool) -> Page:
    """Return the head of one complaint."""
    crumbs = (Crumb(text=_("消费投诉"), url=reverse("disputes")), Crumb(text=found.number))
    return Page(title=_("投诉%s") % found.number, crumbs=crumbs, states=(state_of(found.case),), problems=problems)


def facts(found: Dispute, contact: Contact | None) -> list[Fact]:
    """Return what those who deal with it read before anything is opened."""
    matched = _("单号和平台报送的交易一致") if found.is_matched else _("没有写单号，或者对不上")
    trade = [] if found.procedure == COURIER else [Fact(name=_("交易"), value=matched)]
    said = [
        about_fact(about_of(found)),
        *trade,
        Fact(name=_("发生了什么"), value=_words(facade.matters(found.procedure), found.matter)),
        Fact(name=_("想要什么"), value=_asked(found.asks, found.asked_fen, found.procedure)),
        Fact(name=_("现在由谁办理"), value=in_hands(found)),
    ]
    if found.sources:
        said.append(Fact(name=_("热线"), value=series([f"{one.hotline} {one.sheet}" for one in found.sources])))
    if contact is not None:
        said.append(
            Fact(name=_("投诉人"), value=series([one for one in (contact.name, contact.phone, contact.address) if one]))
        )
    return said


def _called(case: Case, steps: Sequence[cases.Step], reader: Actor | None) -> dict[str, str]:
    """Name who took steps without a body: the consumer, the shop, or a clock that acted by itself."""
    said = {step.actor_key: _("自动办理") for step in steps if step.actor_key.startswith("platform:")}
    other = _("寄递企业") if case.procedure == COURIER else _("店铺")
    said |= {step.actor_key: other for step in steps if step.actor_key.startswith("account:") and not step.actor_body}
    return {**said, CONSUMER.key: _("您") if reader is None else _("投诉人")}


def _met(case: Case, one: Deadline, *, on: Any) -> State:  # noqa: ANN401 - a day
    if one.stopped_on is None and not case.is_closed:
        late = on > one.last_day
        return State(word=_("已超过期限") if late else _("正在计时"), tone=Tone.ALERT if late else Tone.TODO)
    ended = one.stopped_on
    if ended is not None and ended > one.last_day:
        return State(word=_("%s，到期以后") % day(ended), tone=Tone.ENDED)
    return State(word=_("%s，在期限内") % day(ended) if ended else _("在期限内"), tone=Tone.DONE)


def _asked(what: str, fen: int, procedure: str = PROCEDURE) -> str:
    words = _words(facade.asks(procedure), what)
    return series([words, yuan(fen)]) if fen else words


def _words(said: Mapping[str, Words], code: str) -> str:
    return text(said[code]) if code in said else code


def _fen(amount: object) -> int:
    try:
        return fen_of(Decimal(str(amount))) if amount not in {None, ""} else 0
    except InvalidOperation:
        return 0

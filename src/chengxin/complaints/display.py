"""Tips as parts of the ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework import facade as casework
from chengxin.complaints.contracts import Frequency, Quarter, Tip, TipType
from chengxin.complaints.marking import UncoverForm, covering
from chengxin.complaints.queries import RESULTS
from chengxin.complaints.types import get_type
from chengxin.duties.contracts import Referral
from chengxin.duties.facade import COUNTED, REFERRAL, referrals_of
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Link, Page, State, Table, Tone, day, moment


def report_page(chosen: TipType | None, *, problems: bool = False) -> Page:
    """Return the head of the page on which anybody reports."""
    title = casework.text(chosen.title) if chosen else _("举报")
    crumbs = [Crumb(text=_("首页"), url="/"), Crumb(text=_("举报"), url=reverse("report_lead") if chosen else "")]
    if chosen:
        crumbs.append(Crumb(text=title))
    lead = _("可以匿名，不用登录。由被举报单位上一级的信用办公室办理，结果告知您。")
    if chosen and not chosen.asks_body:
        lead = _("可以匿名，不用登录。由信用办公室核查，结果告知您。")
    return Page(title=title, lead=lead, crumbs=crumbs, problems=problems)


def follow_page(*, problems: bool = False) -> Page:
    """Return the head of the page on which a tip is followed."""
    crumbs = (
        Crumb(text=_("首页"), url="/"),
        Crumb(text=_("举报"), url=reverse("report_lead")),
        Crumb(text=_("查看进展")),
    )
    return Page(title=_("查看举报的进展"), lead=_("用查询码查看答复，补充情况。"), crumbs=crumbs, problems=problems)


def own_facts(tip: Tip) -> list[Fact]:
    """Return what a reporter sees of where the tip stands."""
    facts = [
        Fact(name=_("编号"), value=tip.number),
        Fact(name=_("状态"), value="", state=state_of(tip)),
        Fact(name=_("收到"), value=moment(tip.received_at)),
    ]
    if tip.due_on:
        facts.append(Fact(name=_("最迟告知结果"), value=tip.due_on, hint=_("暂定。超过期限会自动报上一级督办。")))
    return facts + [_referred(one) for one in referrals_of(tip.number)]


def refer_link(tip: Tip) -> Link | None:
    """Return where an officer refers what a tip tells, if its kind has such a page."""
    page = get_type(tip.kind).refers
    return Link(text=_("移送平台和主管部门"), url=f"{reverse(page)}?source={tip.number}") if page else None


def _referred(one: Referral) -> Fact:
    state = casework.get_procedure(REFERRAL).states[one.state]
    signed = _("%s签收") % day(one.received_on) if one.received_on else _("还没有签收")
    return Fact(
        name=_("移送%s") % casework.body_name(one.addressee),
        value=_("%s移送") % day(one.sent_on),
        hint=signed,
        state=State(word=casework.text(state.title), tone=Tone(state.tone)),
    )


def message(content: bytes) -> str:
    """Return the words of an opened message."""
    return str(orjson.loads(content)["text"])


def office_page(tip: Tip | None = None, *, problems: bool = False) -> Page:
    """Return the head of a page of the office."""
    crumbs = [Crumb(text=_("工作台"), url=reverse("casework_inbox"))]
    if tip is None:
        lead = _("被举报的单位看不到。每打开一段内容都有记录。")
        return Page(title=_("举报办理"), lead=lead, crumbs=(*crumbs, Crumb(text=_("举报办理"))), wide=True)
    crumbs += [Crumb(text=_("举报办理"), url=reverse("tips")), Crumb(text=tip.number)]
    return Page(
        title=_("举报%s") % tip.number, lead=kind_of(tip), crumbs=crumbs, states=(state_of(tip),), problems=problems
    )


def office_table(found: Sequence[Tip]) -> Table:
    """Return the tips of an office."""
    return Table(
        caption=_("本单位承办的举报"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in (_("编号"), _("类型"), _("状态"), _("期限"))),
        rows=[
            (
                Cell(value=tip.number, url=reverse("tip", args=[tip.id])),
                Cell(value=kind_of(tip)),
                Cell(state=state_of(tip)),
                Cell(value=tip.due_on or _("没有期限")),
            )
            for tip in found
        ],
        empty=Empty(title=_("没有举报"), meaning=_("举报由被举报单位上一级的信用办公室办理，收到后列在这里。")),
    )


def office_facts(tip: Tip) -> list[Fact]:
    """Return what the handling office sees before anything is opened."""
    return [
        *own_facts(tip),
        Fact(name=_("被举报单位"), value=casework.body_name(tip.reported_body) or _("没有选择单位")),
        Fact(
            name=_("举报人"),
            value=_("实名，身份已封存") if tip.is_named else _("匿名"),
            hint=_("凭查询码双向联系，不需要知道是谁。"),
        ),
    ]


def frequency_facts(frequency: Frequency | None) -> list[Fact]:
    """Say, after the decision alone, how often the same contact told of something, and what it is not."""
    if frequency is None:
        return []
    said = _("另有%(others)s件，其中属实%(founded)s件") % {"others": frequency.others, "founded": frequency.founded}
    hint = _("办结以后才显示，没有影响这件的结果；次数多不是恶意，以后的举报照样收、照样查。")
    return [Fact(name=_("同一联系方式一年以内的举报"), value=said, hint=hint)]


def entry_rows(tip: Tip, opened: dict[str, str]) -> list[dict[str, object]]:
    """Return the messages in their order, with the words of those that were opened."""
    return [
        {
            "digest": entry.digest,
            "title": _("承办单位的答复") if entry.from_office else _("举报人"),
            "when": moment(entry.at),
            "is_paper": entry.is_paper,
            "shown": entry.shown,
            "covering": covering(entry.shown) if entry.is_paper else None,
            "uncovering": UncoverForm(auto_id=f"id_{entry.digest}_%s"),
            "text": opened.get(entry.digest, ""),
        }
        for entry in tip.entries
    ]


def counts_page() -> Page:
    """Return the head of the public counts."""
    return Page(
        title=_("举报公开"),
        lead=_("每个季度收到多少举报，结果怎样。只有数字，没有内容。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("举报公开"))),
        wide=True,
    )


def quarters_table(quarters: Sequence[Quarter]) -> Table:
    """Return the public counts of the last quarters."""
    states = casework.get_procedure("tip").states
    results = [casework.text(states[state].title) for state in RESULTS]
    titles = (_("季度"), _("类型"), _("收到"), *results, _("办理中"))
    return Table(
        caption=_("最近四个季度"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=[
            (
                Cell(value=_("%s起") % day(one.starts_on)),
                Cell(value=casework.text(get_type(one.kind).title)),
                Cell(value=one.received),
                *(Cell(value=one.by_state[state]) for state in RESULTS),
                Cell(value=one.pending),
            )
            for one in quarters
            if one.received
        ],
        empty=Empty(title=_("最近四个季度没有收到举报"), meaning=_("收到以后，按季度和类型列在这里。")),
        source=_("没有列出的类型，那个季度没有收到。"),
    )


def referral_facts(counts: Mapping[str, int]) -> list[Fact]:
    """Say how many impersonations were referred and what came of them."""
    states = casework.get_procedure(REFERRAL).states
    return [
        Fact(name=_("移送的件数"), value=_("%d件") % sum(counts.values()), hint=_("送平台和送主管部门的分别计数。")),
        *(Fact(name=casework.text(states[one].title), value=_("%d件") % counts.get(one, 0)) for one in COUNTED),
    ]


def type_links(types: Sequence[TipType]) -> list[dict[str, object]]:
    """Return the kinds of tips to choose from."""
    address = reverse("report_lead")
    return [
        {
            "link": Link(text=casework.text(one.title), url=f"{address}?type={one.code}"),
            "summary": casework.text(one.summary),
        }
        for one in types
    ]


def kind_of(tip: Tip) -> str:
    """Return the kind of a tip in words."""
    return casework.text(get_type(tip.kind).title)


def state_of(tip: Tip) -> State:
    """Return where a tip stands."""
    state = casework.get_procedure(get_type(tip.kind).procedure).states[tip.state]
    return State(word=casework.text(state.title), tone=Tone(state.tone))

"""Lists in words: what each is, why it is public, who is on it, until when, what its subject can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from chengxin.archives.contracts import Line
from chengxin.archives.facade import body_name
from chengxin.casework import facade as casework
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.actor import Actor
from chengxin.lists import facade
from chengxin.lists.contracts import Because, Entry, Family, Kind, Shown
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Link,
    Page,
    Pager,
    State,
    Table,
    Tone,
    day,
    in_language,
    line_of,
    series,
)


def family_words(family: Family) -> str:
    """Say what a list is, in a word."""
    return {
        Family.SERIOUS: _("经决定列入"),
        Family.MIRROR: _("照来源显示"),
        Family.HONOUR: _("守信激励"),
    }[family]


def because_words(because: str) -> str:
    """Say why an entry ended."""
    return {
        Because.EXPIRED: _("期限已满，自动移出"),
        Because.REPAIRED: _("已经改正，提前移出"),
        Because.WITHDRAWN: _("列入决定已撤回"),
        Because.BASIS_FELL: _("所依据的决定已撤回"),
        Because.FROZEN: _("已停止使用"),
        Because.SOURCE_REMOVED: _("来源单位已移出"),
        Because.CORRECTED: _("来源单位已更正"),
    }[Because(because)]


def lists_page() -> Page:
    """Return the head of the list of lists."""
    return Page(
        title=_("名单"),
        lead=_("有哪些名单、为什么公开、怎样离开。自然人不在这里公示。期满自动移出，不用申请。"),
        crumbs=(Crumb(text=_("首页"), url=reverse("home")), Crumb(text=_("名单"))),
        wide=True,
    )


def kinds_table(counts: Mapping[str, int]) -> Table:
    """Return the kinds of list, each with why it is public and how many stand on it."""
    rows = [
        (
            Cell(value=_title(kind), url=reverse("list", args=[kind.code]), hint=family_words(kind.family)),
            Cell(value=in_language(kind.why.zh, kind.why.en)),
            Cell(value=counts.get(kind.code, 0)),
        )
        for kind in facade.kinds().values()
    ]
    columns = (Column(title=_("名单")), Column(title=_("为什么公开")), Column(title=_("在列"), numeric=True))
    return Table(caption=_("名单的种类"), caption_hidden=True, columns=columns, rows=rows)


def list_page(kind: Kind) -> Page:
    """Return the head of one list."""
    return Page(title=_title(kind), lead="", crumbs=_crumbs(_title(kind)), wide=True)


def why_facts(kind: Kind, *, on: date) -> list[Fact]:
    """Return why a list is public, who decides, how long it lasts and how one leaves it."""
    facts = [
        Fact(name=_("为什么公开"), value=in_language(kind.why.zh, kind.why.en)),
        Fact(
            name=_("依据"),
            value=series(catalogue.citation(citation) for citation in kind.basis),
            link=Link(text=_("看依据全文"), url=catalogue.citation_url(kind.basis[0])),
        ),
    ]
    if kind.family is Family.SERIOUS:
        leave = facade.may_leave_from(kind, on, pack=settings.LAW_PACK)
        term = facade.term_of(kind, on, pack=settings.LAW_PACK)
        words = _("今天列入的，最晚%(last)s移出；已经改正的，最早%(first)s可以申请提前移出，不收费。")
        facts.append(
            Fact(
                name=_("怎样离开"),
                value=words % {"last": day(term.ends_on), "first": day(leave.ends_on)},
                hint=_("暂定") if term.provisional or leave.provisional else "",
            )
        )
    elif kind.family is Family.MIRROR:
        facts.append(Fact(name=_("怎样离开"), value=_("向来源单位申请；来源移出，这里同时撤下。")))
    if kind.shut is not None:
        facts.append(Fact(name=_("现在"), value=in_language(kind.shut.zh, kind.shut.en)))
    facts.append(Fact(name=_("自然人"), value=_("不在这里公示，也不提供凭姓名和证件号码核对。")))
    return facts


def entries_table(found: Sequence[Shown], *, kind: Kind, pager: Pager) -> Table:
    """Return the operators on a list."""
    rows = [
        (
            Cell(value=one.name, url=_subject_url(one.uscc), hint=one.uscc),
            Cell(value=one.reason, hint=one.legal_basis),
            Cell(value=one.document_no, hint=body_name(one.body)),
            Cell(value=one.listed_on),
            Cell(
                value=facade.last_day(one.ends_on) or _("由来源移出"),
                state=State(word=_("有异议"), tone=Tone.TODO) if one.has_objection else None,
            ),
        )
        for one in found
    ]
    return Table(
        caption=_("在列的经营者"),
        columns=(
            Column(title=_("主体")),
            Column(title=_("事由和依据")),
            Column(title=_("文书号")),
            Column(title=_("列入日期")),
            Column(title=_("到哪天")),
        ),
        rows=rows,
        empty=Empty(
            title=_("现在没有在列的经营者"),
            meaning=_("这表示截至现在没有应当公示的列入；已经移出的不再显示。"),
        ),
        pager=pager,
        source=_title(kind),
    )


def dept_page() -> Page:
    """Return the head of what a body listed."""
    return Page(
        title=_("名单"),
        lead=_("本单位列入的主体。到期、修复、撤回和更正都会自动移出；名单只由决定或者来源改变，不能在这里增删。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("名单"))),
        wide=True,
    )


def kind_links(kinds: Sequence[Kind]) -> list[Link]:
    """Return a way to draft a listing for each list a body may decide on."""
    return [Link(text=_title(kind), url=reverse("listing_new", args=[kind.code])) for kind in kinds]


def body_table(found: Sequence[Entry], *, pager: Pager) -> Table:
    """Return a body's entries, no name among them: whose it is, is opened in its own case."""
    rows = [
        (
            Cell(value=_title(facade.get_kind(entry.kind))),
            Cell(value=entry.listed_on),
            Cell(state=_state(entry)),
            Cell(value=facade.last_day(entry.ends_on) or _("由来源移出")),
        )
        for entry in found
    ]
    return Table(
        caption=_("本单位列入的"),
        caption_hidden=True,
        columns=(
            Column(title=_("名单")),
            Column(title=_("列入日期")),
            Column(title=_("状态")),
            Column(title=_("到哪天")),
        ),
        rows=rows,
        empty=Empty(title=_("还没有列入"), meaning=_("从下面选择一种名单，写明事由、依据和可能采取的措施。")),
        pager=pager,
    )


def new_page(kind: Kind, *, problems: bool) -> Page:
    """Return the head of the draft of a listing."""
    return Page(
        title=_("拟列入：%s") % _title(kind),
        lead=_("先告知，听取陈述申辩，由负责人签发，送达以后才能列入。移出日期由程序按法定期限计算。"),
        crumbs=(Crumb(text=_("名单"), url=reverse("dept_lists")), Crumb(text=_("新的列入"))),
        problems=problems,
    )


def own_page() -> Page:
    """Return the head of one's own lists."""
    return Page(
        title=_("名单和我"),
        lead=_("您现在或者曾经在哪些名单上，为什么，到哪天为止，可以怎么办。已经移出的只有您自己看得到。"),
        crumbs=(Crumb(text=_("我的信用"), url=reverse("archive")), Crumb(text=_("名单和我"))),
    )


def own_table(found: Sequence[Entry]) -> Table:
    """Return the lists a subject is or was on."""
    rows = [
        (
            Cell(value=_title(facade.get_kind(entry.kind)), url=reverse("own_list_entry", args=[entry.id])),
            Cell(value=body_name(entry.body), hint=_("列入：%s") % day(entry.listed_on)),
            Cell(state=_state(entry), hint=_until(entry)),
        )
        for entry in found
    ]
    return Table(
        caption=_("名单和我"),
        caption_hidden=True,
        columns=(Column(title=_("名单")), Column(title=_("列入的单位")), Column(title=_("状态"))),
        rows=rows,
        empty=Empty(
            title=_("您不在任何名单上"),
            meaning=_("有单位拟把您列入名单时，会先告知您、听取您的意见，并出现在“拟对我作出的决定”里。"),
        ),
    )


def own_entry_context(entry: Entry, line: Line, *, actor: Actor, on: date, problems: bool) -> dict[str, Any]:
    """Return what a subject's page of one entry shows."""
    kind = facade.get_kind(entry.kind)
    case, steps = facade.own_course(actor, entry)
    refusal = facade.why_not_ask_to_leave(kind, decided_on=entry.listed_on, on=on, pack=settings.LAW_PACK)
    return {
        "page": Page(
            title=_title(kind),
            lead=line.title,
            crumbs=(Crumb(text=_("名单和我"), url=reverse("own_lists")), Crumb(text=_title(kind))),
            states=(_state(entry),),
            problems=problems,
        ),
        "facts": _own_facts(entry, line, kind),
        "why_not": line_of(refusal) if refusal and entry.ended_at is None else "",
        "may_ask": entry.ended_at is None and refusal is None and (case is None or case.is_closed),
        "own_verbs": casework.own_verbs(case),
        "case": case,
        "steps": casework.timeline_steps(case, steps, actor=actor) if case else (),
        "links": _own_links(entry),
    }


def _own_facts(entry: Entry, line: Line, kind: Kind) -> list[Fact]:
    return [
        Fact(name=_("为什么列入"), value=line.title),
        Fact(name=_("列入的单位"), value=body_name(entry.body)),
        Fact(name=_("列入日期"), value=entry.listed_on),
        Fact(name=_("依据"), value=series(catalogue.citation(citation) for citation in kind.basis)),
        Fact(name=_("到哪天"), value=_until(entry)),
        Fact(name=_("谁能看到"), value=_("公开公示") if entry.public_at else _("不公示，只有依法办理的单位能查")),
    ]


def _own_links(entry: Entry) -> list[Link]:
    named = [
        ("objection_new", entry.record_id, _("有错误，提出异议")),
        ("archive_line", entry.record_id, _("看全部内容和谁看过")),
        ("look_proof", entry.listed_event, _("下载列入的证明（可离线核对）")),
    ]
    if entry.ended_event is not None:
        named = [("look_proof", entry.ended_event, _("下载移出的证明（可离线核对）")), *named[1:]]
    return [Link(text=text, url=url) for name, key, text in named if (url := _address(name, key))]


def _until(entry: Entry) -> str:
    if entry.ended_at is not None:
        return _("%(day)s移出：%(why)s") % {"day": day(entry.ended_at), "why": because_words(entry.ended_because)}
    if entry.ends_on is None:
        return _("由来源单位移出，这里同时撤下")
    return _("%s自动移出，不用申请") % day(entry.ends_on)


def _state(entry: Entry) -> State:
    if entry.ended_at is not None:
        return State(word=_("已移出"), tone=Tone.ENDED)
    return State(word=_("在列"), tone=Tone.INFO)


def _title(kind: Kind) -> str:
    return in_language(kind.title.zh, kind.title.en)


def _crumbs(text: str) -> tuple[Crumb, ...]:
    home = Crumb(text=_("首页"), url=reverse("home"))
    return (home, Crumb(text=_("名单"), url=reverse("lists")), Crumb(text=text))


def _subject_url(uscc: str) -> str:
    return reverse("subject", args=[uscc])


def _address(name: str, key: object) -> str:
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""

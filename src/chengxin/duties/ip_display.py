"""Notices of infringed rights as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name, get_procedure, text
from chengxin.duties.contracts import IpNotice, OwnNotice
from chengxin.duties.forms import RIGHTS
from chengxin.duties.ip_notices import ARRIVED, PROCEDURE, is_due_to_end
from chengxin.market.contracts import Line, Platform, Todo
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, State, Table, Tone, day

TO_ANSWER = "measured"


def state_of(one: IpNotice, *, at: datetime) -> State:
    """Say where a notice stands, and whether its measures should have ended."""
    if is_due_to_end(one, at=at):
        return State(word=_("应当终止措施，还没有终止"), tone=Tone.ALERT)
    held = get_procedure(PROCEDURE).states[one.state]
    return State(word=text(held.title), tone=Tone(held.tone))


def notices_table(found: Sequence[IpNotice], *, at: datetime) -> Table:
    """Return notices with their declarations and outcomes."""
    titles = (_("编号"), _("店铺和商品"), _("权利和权利人"), _("声明"), _("处理结果"))
    return Table(
        caption=_("知识产权通知、声明和处理结果"),
        columns=tuple(Column(title=one) for one in titles),
        rows=[_row(one, at=at) for one in found],
        empty=Empty(title=_("没有知识产权通知"), meaning=_("平台收到的通知、商家的声明和处理结果应当及时公示在这里。")),
        source=_("平台登记；材料不公开。通知只说明有人主张权利，不是侵权的认定。"),
    )


def _row(one: IpNotice, *, at: datetime) -> tuple[Cell, ...]:
    said = dict(one.course)
    declared = said.get("declared")
    return (
        Cell(value=one.number, hint=day(one.claim.received_on)),
        Cell(value=one.claim.shop, url=reverse("shop", args=[one.shop_id]), hint=one.claim.goods),
        Cell(value=right_words(one), hint=one.claim.holder or _("个人权利人")),
        Cell(value=_("没有") if declared is None else _("商家声明没有侵权"), hint=day(declared) if declared else ""),
        Cell(state=state_of(one, at=at), hint=_outcome_hint(one)),
    )


def _outcome_hint(one: IpNotice) -> str:
    if one.state == ARRIVED and one.end_by is not None:
        return _("权利人到%s没有投诉或者起诉的，平台终止措施") % day(one.end_by)
    return day(one.course[-1][1])


def right_words(one: IpNotice) -> str:
    """Name the right with its number."""
    return f"{RIGHTS[one.claim.right]} {one.claim.right_number}".strip()


def public_page(platform: Platform) -> Page:
    """Return the head of the notices a platform received."""
    name = body_name(platform.body)
    title = _("知识产权通知")
    return Page(
        title=title,
        eyebrow=name,
        lead=_("谁主张什么权利、商家怎么说、最后怎么处理。通知不是侵权的认定。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=name, url=reverse("platform", args=[platform.body])),
            Crumb(text=title),
        ),
        wide=True,
    )


def filing_page(*, problems: bool) -> Page:
    """Return the head of the page on which a platform files a notice."""
    return Page(
        title=_("登记知识产权通知"),
        lead=_("没有初步证据的不收。登记以后在待办里处理：采取措施并转送商家，或者退回。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("登记知识产权通知"))),
        problems=problems,
        wide=True,
    )


def own_page(one: IpNotice, *, problems: bool) -> Page:
    """Return the head of a merchant's page of one notice."""
    shops = Crumb(text=_("我的店铺"), url=reverse("own_shops"))
    return Page(
        title=_("有人说您的商品侵犯知识产权"),
        eyebrow=_("知识产权通知"),
        crumbs=(Crumb(text=_("我的"), url=reverse("archive")), shops, Crumb(text=one.number)),
        problems=problems,
    )


def own_facts(one: IpNotice, *, at: datetime) -> list[Fact]:
    """Say who claims what about which goods, and by when the measures end."""
    until = (
        [Fact(name=_("措施最晚到哪一天"), value=one.end_by, hint=_("权利人没有投诉或者起诉的"))] if one.end_by else []
    )
    return [
        Fact(name=_("平台"), value=body_name(one.platform)),
        Fact(name=_("状态"), value="", state=state_of(one, at=at)),
        Fact(name=_("什么权利"), value=right_words(one)),
        Fact(name=_("权利人"), value=one.claim.holder or _("个人权利人")),
        Fact(name=_("涉及的商品或者服务"), value=one.claim.goods),
        Fact(name=_("收到通知的日期"), value=one.claim.received_on),
        *until,
    ]


def papers_words(own: OwnNotice) -> list[tuple[str, str]]:
    """Name the papers of a notice in the order they came in."""
    return [(digest, _("材料%d") % place) for place, digest in enumerate(own.papers, start=1)]


def own_line(one: IpNotice, *, at: datetime) -> Line:
    """Return the line of a notice on the merchant's one page."""
    return Line(name=right_words(one), value=one.claim.goods, hint=state_of(one, at=at).word, url=_url(one))


def own_todo(one: IpNotice) -> Todo:
    """Say that a notice can be answered."""
    return Todo(what=_("看知识产权通知，可以声明没有侵权"), why=one.claim.goods, url=_url(one))


def _url(one: IpNotice) -> str:
    return reverse("own_ip_notice", args=[one.number])

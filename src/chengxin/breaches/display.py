"""Breaches as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.breaches.contracts import Breach, Quarter
from chengxin.breaches.forms import LEVER_WORDS, SOURCE_WORDS
from chengxin.breaches.reading import contents_of
from chengxin.breaches.words import words_of
from chengxin.casework import facade as casework
from chengxin.exports.facade import Export
from chengxin.kernel.clock import legal_day
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, State, Step, Table, Tone, day, moment

# The words of article 57, in its order.
CONTENTS = ("item", "cause", "harm", "measures", "advice", "contact")


def desk_page(found: Breach | None = None, *, problems: bool = False) -> Page:
    """Return the head of a page of the desk."""
    home = Crumb(text=_("工作台"), url=reverse("casework_inbox"))
    if found is None:
        lead = _("立即补救，报告主管部门，告知个人。不告知的，由另一个人写明理由决定。")
        return Page(
            title=_("泄露事件"), lead=lead, crumbs=(home, Crumb(text=_("泄露事件"))), wide=True, problems=problems
        )
    path = (home, Crumb(text=_("泄露事件"), url=reverse("breaches")), Crumb(text=found.number))
    return Page(
        title=_("泄露事件%s") % found.number,
        lead=str(SOURCE_WORDS[found.source]),
        crumbs=path,
        states=(state_of(found),),
        problems=problems,
    )


def desk_table(found: Sequence[Breach]) -> Table:
    """Return the breaches of a desk."""
    titles = (_("编号"), _("来源"), _("发现"), _("人数"), _("状态"), _("期限"))
    return Table(
        caption=_("泄露事件"),
        caption_hidden=True,
        columns=tuple(Column(title=title) for title in titles),
        rows=[
            (
                Cell(value=one.number, url=reverse("breach", args=[one.id])),
                Cell(value=SOURCE_WORDS[one.source], hint=one.source_ref),
                Cell(value=one.found_on),
                Cell(value=one.counted),
                Cell(state=state_of(one)),
                Cell(value=one.due_on or _("没有期限")),
            )
            for one in found
        ],
        empty=Empty(title=_("没有泄露事件"), meaning=_("文件泄露、违规查询、举报查实或者自己发现的，在下面立案。")),
    )


def export_facts(found: Export) -> list[Fact]:
    """Say which export a leaked file is from."""
    return [
        Fact(name=_("导出编号"), value=found.number),
        Fact(name=_("导出时间"), value=moment(found.made_at)),
        Fact(name=_("导出单位"), value=casework.body_name(found.body)),
        Fact(name=_("导出账户"), value=_account(found.actor_key, on=legal_day(found.made_at))),
        Fact(name=_("人数"), value=found.persons),
        Fact(name=_("应当删除的日期"), value=moment(found.delete_by)),
    ]


def facts(found: Breach) -> list[Fact]:
    """Return the summary of a breach."""
    told = _("%(listed)s人可以联系到，已告知%(told)s人") % {"listed": found.listed, "told": found.told}
    rest = found.counted - found.listed
    hint = _("另有%s人的号码不完整或者不在平台上，要另想办法告知。") % rest if rest > 0 else ""
    said = [
        Fact(name=_("编号"), value=found.number),
        Fact(name=_("来源"), value=f"{SOURCE_WORDS[found.source]} {found.source_ref}".strip()),
        Fact(name=_("发现日期"), value=found.found_on),
        Fact(name=_("涉及的人"), value=_("%(count)s人：%(told)s") % {"count": found.counted, "told": told}, hint=hint),
    ]
    if found.authority_on:
        authority = casework.text(words_of("authority")[found.authority])
        said.append(
            Fact(name=_("报告主管部门"), value=f"{authority} {found.authority_ref}", hint=day(found.authority_on))
        )
    if found.told_at:
        said.append(Fact(name=_("告知个人"), value=moment(found.told_at)))
    if found.waived_at:
        said.append(Fact(name=_("决定不告知个人"), value=found.waived_because, hint=moment(found.waived_at)))
    if found.due_on:
        said.append(Fact(name=_("最近的期限"), value=found.due_on, hint=_("暂定。法律要求立即。")))
    return said


def contents(found: Breach) -> list[Fact]:
    """Return what the persons and the authority are told, as article 57 lists it."""
    if found.assessment is None:
        return []
    said = contents_of(vars(found.assessment), number=found.number, found_on=found.found_on, on=found.opened_at)
    titles = (_("信息种类"), _("原因"), _("可能造成的危害"), _("补救措施"), _("个人可以采取的措施"), _("联系方式"))
    return [Fact(name=title, value=said[name]) for title, name in zip(titles, CONTENTS, strict=True)]


def stops(found: Breach) -> list[Step]:
    """Return what was stopped, in its order."""
    return [
        Step(
            title=str(LEVER_WORDS[one.lever]),
            when=one.at,
            who=_account(one.reference, on=legal_day(one.at)),
            text=one.reasons,
        )
        for one in found.stops
    ]


def _account(key: str, *, on: date) -> str:
    """Return the name of an account by its key; a program stays its id."""
    if not key.startswith("account:"):
        return key
    account = access.find_account_by_id(access.account_id_of(key), on=on)
    return account.username if account else key


def counts_page() -> Page:
    """Return the head of the public counts."""
    return Page(
        title=_("泄露事件公开"),
        lead=_("每个季度发生多少个人信息泄露事件，怎样处理，告知了多少人。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("泄露事件公开"))),
        wide=True,
    )


def quarters_table(found: Sequence[Quarter]) -> Table:
    """Return the public counts of the last quarters."""
    titles = (
        *(_("季度"), _("立案"), _("已报告主管部门"), _("已告知个人"), _("决定不告知个人")),
        *(_("不是泄露"), _("办理中"), _("告知人数")),
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
                        *(one.opened, one.reported, one.told, one.waived),
                        *(one.unfounded, one.pending, one.persons_told),
                    )
                ),
            )
            for one in found
        ],
    )


def state_of(found: Breach) -> State:
    """Return where a breach stands."""
    state = casework.get_procedure("breach").states[found.state]
    return State(word=casework.text(state.title), tone=Tone(state.tone))

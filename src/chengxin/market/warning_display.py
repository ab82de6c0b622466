"""Consumer warnings in words: of whom, by which decision, until when, and how fast platforms follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.facade import body_name
from chengxin.jobs.contracts import Message
from chengxin.kernel.clock import legal_day
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Shown
from chengxin.market.contracts import OnPlatform, Promptness, Warned
from chengxin.market.naming import name_of_shop
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
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


def title_of(entry: Shown) -> str:
    """Return the name of the list a warning rests on."""
    title = lists.get_kind(entry.kind).title
    return in_language(title.zh, title.en)


def words_of_warning(entry: Shown) -> str:
    """Return the warning: who was listed by whom for what, by which document, and when it ends at the latest."""
    said = _("经营者“%(name)s”被%(body)s列入%(list)s。事由：%(reason)s。文书号：%(document)s。") % {
        "name": entry.name,
        "body": body_name(entry.body),
        "list": title_of(entry),
        "reason": entry.reason,
        "document": entry.document_no,
    }
    last = lists.last_day(entry.ends_on)
    return said + (_("最晚%s移出。") % day(last) if last else "")


def shop_warnings(entries: Sequence[Shown]) -> list[Mapping[str, object]]:
    """Return the warnings that head the page of a shop."""
    return [
        {
            "words": words_of_warning(one),
            "has_objection": one.has_objection,
            "url": reverse("list", args=[one.kind]),
        }
        for one in entries
    ]


def warnings_page() -> Page:
    """Return the head of the public page."""
    return Page(
        title=_("消费警示"),
        lead=_("经营者在严重失信名单上的，它的店铺在这里提醒；移出名单，警示自动结束。"),
        crumbs=(
            Crumb(text=_("首页"), url="/"),
            Crumb(text=_("电商诚信"), url=reverse("platforms")),
            Crumb(text=_("消费警示")),
        ),
        wide=True,
    )


def warned_table(
    found: Sequence[Warned], told: Mapping[UUID, Sequence[OnPlatform]], *, pager: Pager, at: datetime
) -> Table:
    """Return whom buyers are warned of, by which document, in which shops, and which platform shows it since when."""
    return Table(
        caption=_("现在的警示"),
        columns=tuple(Column(title=one) for one in (_("经营者"), _("名单和依据"), _("店铺"), _("平台"), _("最晚移出"))),
        rows=[
            (
                Cell(value=one.entry.name, url=reverse("subject", args=[one.entry.uscc]), hint=one.entry.uscc),
                Cell(
                    value=title_of(one.entry),
                    hint=series([one.entry.reason, one.entry.document_no, body_name(one.entry.body)]),
                    state=State(word=_("有异议"), tone=Tone.TODO) if one.entry.has_objection else None,
                ),
                Cell(
                    value=series([name_of_shop(shop) for shop in one.shops]),
                    url=reverse("shop", args=[one.shops[0].id]),
                ),
                Cell(value=series([_shown_words(each) for each in told.get(one.entry.id, ())]) or "—"),
                Cell(value=lists.last_day(one.entry.ends_on) or _("由来源移出")),
            )
            for one in found
        ],
        empty=Empty(title=_("现在没有警示"), meaning=_("没有登记平台上的店铺，经营者在严重失信名单上。")),
        pager=pager,
        as_of=legal_day(at),
    )


def promptness_table(found: Sequence[Promptness]) -> Table:
    """Return how fast each platform shows warnings and lifts them, with what took too long."""
    columns = [_("平台"), _("应当显示"), _("已显示"), _("多久显示（分钟，中位数）"), _("应当撤下"), _("已撤下")]
    columns += [_("多久撤下（分钟，中位数）"), _("超过24小时")]
    return Table(
        caption=_("平台多久显示、多久撤下"),
        columns=tuple(Column(title=one, numeric=place > 0) for place, one in enumerate(columns)),
        rows=[
            (
                Cell(value=body_name(one.platform), url=reverse("platform", args=[one.platform])),
                Cell(value=one.standing),
                Cell(value=one.shown),
                Cell(value=_or_none(one.minutes_to_show)),
                Cell(value=one.ended),
                Cell(value=one.lifted),
                Cell(value=_or_none(one.minutes_to_lift)),
                Cell(value=one.late, state=State(word=_("超时"), tone=Tone.ALERT) if one.late else None),
            )
            for one in found
        ],
        empty=Empty(title=_("还没有推送过"), meaning=_("推送给平台的警示和平台的回执，按分钟记在这里。")),
    )


def own_warnings_page() -> Page:
    """Return the head of what a platform has to show or take off."""
    return Page(
        title=_("消费警示"),
        lead=_("请在店铺页面显示或者撤下警示，办好以后点按钮回执。回执的时间公布。"),
        crumbs=(Crumb(text=_("工作台"), url=reverse("casework_inbox")), Crumb(text=_("消费警示"))),
    )


def own_rows(waiting: Sequence[tuple[Message, OnPlatform]], shown: Mapping[UUID, Shown]) -> list[Mapping[str, object]]:
    """Return what a platform has to do; of an entry that ended only that the warning comes off, and when it was told.

    A message to show what has ended since is shown as what is to come off: nothing that ended is said again.
    """
    rows: list[Mapping[str, object]] = []
    for message, one in waiting:
        entry = shown.get(one.entry_id)
        rows.append(
            {
                "message": message.id,
                "title": _("显示警示") if entry else _("撤下警示"),
                "words": words_of_warning(entry) if entry else "",
                "number": str(one.id),
                "told": moment(message.created_at),
            }
        )
    return rows


def no_warnings() -> Empty:
    """Say that nothing waits for a platform."""
    return Empty(title=_("没有要办的警示"), meaning=_("本平台的店铺经营者列入或者移出严重失信名单，这里马上出现。"))


def shown_state(one: OnPlatform) -> str:
    """Say since when a platform shows a warning."""
    if one.shown_at is None:
        return _("还没有回执")
    return _("%s分钟后显示") % ((one.shown_at - one.pushed_at) // timedelta(minutes=1))


def _shown_words(one: OnPlatform) -> str:
    return _("%(platform)s：%(state)s") % {"platform": body_name(one.platform), "state": shown_state(one)}


def _or_none(minutes: int | None) -> int | str:
    return "—" if minutes is None else minutes

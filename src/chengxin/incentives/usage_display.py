"""How platforms use the incentive feed, in words: on the public page, on a platform's page, on the merchant's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.casework.contracts import Panel
from chengxin.casework.facade import body_name, text
from chengxin.duties import facade as duties
from chengxin.duties.contracts import PlatformFiling
from chengxin.incentives import facade
from chengxin.incentives.feed import MISSING, NORMAL
from chengxin.kernel.actor import Actor
from chengxin.lists.contracts import Shown
from chengxin.market.contracts import Line, OwnPart, Platform, ShopFacts
from chengxin.ui.facade import Cell, Column, Empty, State, Table, Tone, day, series

ANCHOR = "incentive-use"


def usage_table(found: Sequence[tuple[Platform, PlatformFiling | None]]) -> Table:
    """Show everybody which platform said how it uses the feed, and which did not."""
    return Table(
        caption=_("平台怎样使用守信名单"),
        columns=(Column(title=_("平台")), Column(title=_("怎样使用"))),
        rows=[
            (
                Cell(value=body_name(platform.body), url=_url(platform.body)),
                Cell(value=_since(filing)) if filing else Cell(state=_missing()),
            )
            for platform, filing in found
        ],
        empty=Empty(title=_("还没有登记的平台"), meaning=_("平台登记以后，怎样使用名单显示在这里。")),
    )


def normal_words() -> str:
    """Say what nobody loses by the feed."""
    return text(NORMAL)


def of_platform(platform: Platform, *, now: datetime) -> Panel:  # noqa: ARG001 - every panel is given one
    """Return what a platform's public page says of its use of the feed."""
    filing = facade.usage_of(platform.body)
    context = {
        "anchor": ANCHOR,
        "facts": duties.answer_facts(filing) if filing else [],
        "said": _since(filing) if filing else text(MISSING),
        "normal": normal_words(),
    }
    return Panel(template="incentives/platform_panel.html", context=context)


def part_of(actor: Actor, facts: ShopFacts, *, now: datetime) -> OwnPart:  # noqa: ARG001 - every part is given one
    """Tell a merchant whether it is on the feed, why, and what its platform says it does with it."""
    shop = facts.shop
    standing = facts.registered_name and shop.subject_id
    entries = facade.honours_of(shop.subject_id, at=now) if standing and shop.subject_id else []
    return OwnPart(buyers=(_place_line(entries), _use_line(shop.platform)))


def _place_line(entries: Sequence[Shown]) -> Line:
    name, url = _("守信激励名单"), reverse("list", args=["honour"])
    if not entries:
        return Line(name=name, value=_("不在名单上"), hint=normal_words(), url=url)
    return Line(name=name, value=_("在名单上：%s") % series([one.reason for one in entries]), url=url)


def _use_line(platform: str) -> Line:
    filing = facade.usage_of(platform)
    name = _("%s怎样使用守信名单") % body_name(platform)
    return Line(name=name, value=_since(filing) if filing else text(MISSING), url=_url(platform))


def _since(filing: PlatformFiling) -> str:
    on = filing.report.happened_on
    assert on is not None
    return _("已经公布，自%s起这样用") % day(on)


def _missing() -> State:
    return State(word=_("没有公布"), tone=Tone.TODO)


def _url(platform: str) -> str:
    return f"{reverse('platform', args=[platform])}#{ANCHOR}"

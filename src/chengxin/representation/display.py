"""Mandates as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.representation.contracts import Both, Mandate, Standing
from chengxin.representation.scopes import scopes
from chengxin.ui.facade import Crumb, Fact, Page, State, Tone, day, in_language, series


@dataclass(frozen=True, kw_only=True)
class Card:
    """One mandate on the page."""

    id: UUID
    title: str
    state: State
    facts: Sequence[Fact]
    may_end: bool
    may_begin: bool


def page() -> Page:
    """Return the head of one's own mandates."""
    return Page(title=_("代办"), lead=_("您可以委托信得过的人代您看、代您办；您也可以代委托您的人办理。随时可以结束。"))


def new_page(*, problems: bool) -> Page:
    """Return the head of the form."""
    crumbs = (Crumb(text=_("代办"), url=reverse("representation")), Crumb(text=_("委托代理人")))
    lead = _("对方用自己的账户登录、接受以后才生效。平台不会告诉您对方有没有账户。")
    return Page(title=_("委托代理人"), lead=lead, crumbs=crumbs, problems=problems)


def given_cards(found: Both, *, on: date) -> list[Card]:
    """Return who acts for the viewer."""
    return [_card(one, title=name, on=on, may_begin=False) for one, name in found.given]


def held_cards(found: Both, *, on: date) -> list[Card]:
    """Return for whom the viewer acts; a name is shown when one begins to act, and the person sees that it was."""
    return [
        _card(one, title=_("委托%s") % one.number, on=on, may_begin=one.standing(on) is Standing.LIVE)
        for one in found.held
    ]


def offered_cards(found: Both, *, on: date) -> list[Card]:
    """Return what waits for the viewer to accept."""
    return [_card(one, title=_("委托%s") % one.number, on=on, may_begin=False) for one in found.offered]


def _card(one: Mandate, *, title: str, on: date, may_begin: bool) -> Card:
    standing = one.standing(on)
    facts = [
        Fact(name=_("编号"), value=one.number),
        Fact(name=_("事项"), value=series(scope_names(one))),
        Fact(name=_("最后一天"), value=day(one.ends_on - timedelta(days=1))),
    ]
    if one.ended_at is not None:
        facts.append(Fact(name=_("结束"), value=day(one.ended_at)))
    may_end = standing in {Standing.OFFERED, Standing.LIVE}
    return Card(id=one.id, title=title, state=_state(standing), facts=facts, may_end=may_end, may_begin=may_begin)


def scope_names(one: Mandate) -> list[str]:
    """Return what may be done, in words."""
    known = scopes()
    return [in_language(known[code].zh, known[code].en) for code in one.scopes if code in known]


def _state(standing: Standing) -> State:
    return {
        Standing.OFFERED: State(word=_("等待对方接受"), tone=Tone.TODO),
        Standing.LIVE: State(word=_("有效"), tone=Tone.DONE),
        Standing.ENDED: State(word=_("已结束"), tone=Tone.ENDED),
        Standing.LAPSED: State(word=_("已到期"), tone=Tone.ENDED),
    }[standing]

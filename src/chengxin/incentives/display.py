"""Incentives in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chengxin.catalogue import facade as catalogue
from chengxin.incentives.contracts import (
    Choice,
    Condition,
    Hint,
    Missing,
    Open,
    PointRule,
    Redeemed,
    Scene,
    Token,
    Wallet,
)
from chengxin.incentives.forms import BENEFITS, FAMILIES
from chengxin.ui.facade import (
    Cell,
    Column,
    Crumb,
    Empty,
    Fact,
    Figure,
    Page,
    State,
    Table,
    Tone,
    day,
    in_language,
    moment,
)


def page_of(
    title: str, lead: str, *, within: tuple[str, str], problems: bool = False, wide: bool = False, own_h1: bool = False
) -> Page:
    """Return the head of a page below another."""
    text, url = within
    crumbs = (Crumb(text=text, url=url), Crumb(text=title))
    return Page(title=title, lead=lead, crumbs=crumbs, problems=problems, wide=wide, heading_hidden=own_h1)


def item_title(code: str, *, on: date) -> str:
    """Return the title of an item in the reader's language."""
    item = catalogue.find_item(code, on=on)
    return in_language(item.title.zh, item.title.en) if item else code


def condition_words(condition: Condition, *, on: date) -> str:
    """Say what opens a scene."""
    names = _("、").join(item_title(code, on=on) for code in condition.items)
    values = {"years": condition.years, "least": condition.least, "items": names, "points": condition.points}
    words = _("%(years)s年以内至少%(least)s条：%(items)s") % values
    return words + _("；积分满%(points)s分") % values if condition.points else words


def missing_words(missing: Missing) -> str:
    """Say what a person still lacks."""
    parts = []
    if missing.lines:
        parts.append(
            ngettext("还差%(count)s条守信记录", "还差%(count)s条守信记录", missing.lines) % {"count": missing.lines}
        )
    if missing.points:
        parts.append(ngettext("还差%(count)s分", "还差%(count)s分", missing.points) % {"count": missing.points})
    return _("，").join(parts)


def scenes_table(scenes: Sequence[Scene], *, on: date) -> Table:
    """Show everybody what is offered, on what condition, how often it was used."""
    return Table(
        caption=_("现在开放的场景"),
        columns=(
            Column(title=_("场景")),
            Column(title=_("优惠")),
            Column(title=_("人人都有的正常服务")),
            Column(title=_("条件")),
            Column(title=_("到哪天")),
            Column(title=_("用过几次"), numeric=True),
        ),
        rows=[
            (
                Cell(value=_title(one), hint=f"{FAMILIES[one.draft.family]} · {one.draft.partner}"),
                Cell(value=in_language(one.draft.gives, one.draft.gives_en), hint=str(BENEFITS[one.draft.benefit])),
                Cell(value=in_language(one.draft.normal, one.draft.normal_en)),
                Cell(value=condition_words(one.draft.condition, on=on)),
                Cell(value=one.draft.ends_on),
                Cell(value=one.used),
            )
            for one in scenes
        ],
        empty=Empty(title=_("现在没有开放的场景"), meaning=_("没有场景时，所有人享受同样的正常服务。")),
        as_of=on,
    )


def benefit_card(one: Open, *, on: date) -> dict[str, Any]:
    """Show a person one scene and whether it is open to them."""
    scene = one.scene
    state = State(word=_("对您开放"), tone=Tone.DONE)
    if one.missing is not None:
        state = State(word=missing_words(one.missing), tone=Tone.NEUTRAL)
    return {
        "id": scene.id,
        "title": _title(scene),
        "state": state,
        "is_open": one.missing is None,
        "facts": [
            Fact(name=_("由谁提供"), value=scene.draft.partner, hint=str(FAMILIES[scene.draft.family])),
            Fact(name=_("优惠"), value=in_language(scene.draft.gives, scene.draft.gives_en)),
            Fact(name=_("正常服务"), value=in_language(scene.draft.normal, scene.draft.normal_en)),
            Fact(name=_("条件"), value=condition_words(scene.draft.condition, on=on)),
            Fact(name=_("到哪天"), value=scene.draft.ends_on),
        ],
    }


def token_facts(token: Token) -> list[Fact]:
    """Show what a code is good for."""
    return [
        Fact(name=_("场景"), value=_title(token.scene)),
        Fact(name=_("出示给"), value=token.scene.draft.partner),
        Fact(name=_("有效到"), value=moment(token.expires_at), hint=_("只能用一次。")),
    ]


def redeemed_state(redeemed: Redeemed) -> State:
    """Say what became of a code."""
    return {
        Redeemed.YES: State(word=_("有效，已经核销"), tone=Tone.DONE),
        Redeemed.USED: State(word=_("已经用过"), tone=Tone.ENDED),
        Redeemed.NO: State(word=_("没有这个凭证，或者已经过期"), tone=Tone.ENDED),
    }[redeemed]


def redeemed_facts(scene: Scene) -> list[Fact]:
    """Show the partner what to give; nothing here says to whom."""
    return [
        Fact(name=_("场景"), value=_title(scene)),
        Fact(name=_("请提供"), value=in_language(scene.draft.gives, scene.draft.gives_en)),
        Fact(name=_("由谁提供"), value=scene.draft.partner),
    ]


def managed_card(one: Scene, *, on: date) -> dict[str, Any]:
    """Show the office one of its scenes."""
    return {
        "id": one.id,
        "title": _title(one),
        "state": State(word=_("开放"), tone=Tone.DONE)
        if one.is_live(on)
        else State(word=_("没有开放"), tone=Tone.ENDED),
        "can_end": one.ended_on is None and on < one.draft.ends_on,
        "facts": [
            Fact(name=_("优惠"), value=in_language(one.draft.gives, one.draft.gives_en)),
            Fact(name=_("条件"), value=condition_words(one.draft.condition, on=on)),
            Fact(name=_("起止"), value=f"{day(one.draft.starts_on)} – {day(one.ended_on or one.draft.ends_on)}"),
            Fact(name=_("用过几次"), value=one.used),
        ],
    }


def rules_table(rules: Sequence[PointRule], *, on: date) -> Table:
    """Show the published rules of points."""
    return Table(
        caption=_("积分规则"),
        columns=(
            Column(title=_("守信记录")),
            Column(title=_("每条加几分"), numeric=True),
            Column(title=_("最多加几分"), numeric=True),
        ),
        rows=[
            (Cell(value=item_title(rule.item, on=on)), Cell(value=rule.points), Cell(value=rule.most)) for rule in rules
        ],
        source=_("本平台公布的规则（暂定）；法律没有规定分值。"),
    )


def earned_table(wallet: Wallet, *, on: date) -> Table:
    """Show each line that added points, with its page."""
    return Table(
        caption=_("每一分从哪里来"),
        columns=(Column(title=_("守信记录")), Column(title=_("加分"), numeric=True)),
        rows=[
            (
                Cell(value=item_title(one.item, on=on), url=reverse("archive_line", args=[one.record_id])),
                Cell(value=one.points),
            )
            for one in wallet.earned
        ],
        empty=Empty(title=_("还没有积分"), meaning=_("登记了守信记录以后，这里按规则加分；没有积分不影响任何服务。")),
    )


def total_figure(wallet: Wallet) -> list[Figure]:
    """Show a member's points in one number."""
    return [Figure(label=_("您的积分"), value=wallet.total, unit=_("分"))]


def hint_card(hint: Hint, choices: Sequence[Choice] = (), *, matter: str = "") -> dict[str, Any]:
    """Show an officer one hint with why it is there, and what was done with it in this matter already."""
    chosen = next((one for one in choices if one.hint == hint.code and one.matter == matter), None)
    return {
        "chosen": _choice_state(chosen) if chosen else None,
        "why_not": chosen.reasons if chosen else "",
        "code": hint.code,
        "title": hint.title,
        "facts": [
            Fact(name=_("可以怎样办"), value=hint.text),
            Fact(name=_("为什么提示"), value=_("、").join(hint.because)),
            Fact(name=_("依据"), value=_("、").join(catalogue.citation(one) for one in hint.basis)),
        ],
    }


def _choice_state(chosen: Choice) -> State:
    if chosen.is_used:
        return State(word=_("已经采用"), tone=Tone.DONE)
    return State(word=_("没有采用"), tone=Tone.NEUTRAL)


def choices_table(choices: Sequence[Choice], titles: dict[str, str]) -> Table:
    """Show what the body's officers did with hints."""
    return Table(
        caption=_("本单位采用的情况"),
        columns=tuple(Column(title=title) for title in (_("事项编号"), _("提示"), _("采用"), _("时间"))),
        rows=[
            (
                Cell(value=one.matter),
                Cell(value=titles.get(one.hint, one.hint)),
                Cell(value=_("采用") if one.is_used else _("不采用"), hint=one.reasons),
                Cell(value=moment(one.at)),
            )
            for one in choices
        ],
        empty=Empty(title=_("还没有记录"), meaning=_("采用与否都由您决定，只作记录，不评分。")),
    )


def _title(scene: Scene) -> str:
    return in_language(scene.draft.title, scene.draft.title_en)

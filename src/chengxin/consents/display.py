"""Consents in words: who asked, for what, what was allowed, who used it when, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Words
from chengxin.consents.contracts import Ground, Held, Keep, Occurrence, Request, State, Use
from chengxin.consents.purpose_table import find_rule
from chengxin.kernel.clock import legal_day, now
from chengxin.ui.facade import Cell, Column, Crumb, Empty, Fact, Page, Table, Tone, day, moment, reads_english
from chengxin.ui.facade import State as Badge


@dataclass(frozen=True, kw_only=True)
class Card:
    """One authorisation as the person reads it."""

    id: UUID
    anchor: str
    title: str
    badge: Badge
    text: str
    facts: Sequence[Fact]
    uses: Table | None
    may_withdraw: bool


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as the person reads it."""

    text: str
    facts: Sequence[Fact]
    alternative: str


def consents_page(held: Sequence[Held]) -> Page:
    """Return the head of one's own consents."""
    standing = sum(one.state is State.ACTIVE for one in held)
    return Page(
        title=_("我的授权"),
        lead=_("现在有效的有%(count)d项。撤回以后立即停止提供，不影响您的任何服务。") % {"count": standing},
    )


def request_page(asked: Request) -> Page:
    """Return the head of a request."""
    return Page(
        title=_("%(body)s请求您授权") % {"body": body_name(asked.body)},
        lead=_("同意或者不同意都由您决定。不同意，平台不留任何记录。"),
        crumbs=(Crumb(text=_("我的授权"), url="/me/consents"), Crumb(text=_("授权请求"))),
    )


def declined_page() -> Page:
    """Return the head of what follows a refusal."""
    return Page(title=_("您没有授权"), heading_hidden=True)


def nothing_given() -> Empty:
    """Say what an empty list means."""
    return Empty(
        title=_("您没有给过授权"),
        meaning=_("没有机构能凭授权查询您的信息。"),
        would_appear=_("您同意过的授权、谁在什么时候用过，都会列在这里。"),
    )


def no_code() -> str:
    """Say that what was typed is no code."""
    return _("这不是授权码。请核对机构给您看的16位码。")


def asked(request: Request) -> Asked:
    """Return a request in words."""
    rule, limits = request.rule, request.limits
    english = reads_english()
    name = body_name(request.body)
    text = rule.text.en if english and rule.text else request.text
    alternative = rule.alternative.en if english and rule.alternative else request.alternative
    return Asked(
        text=text.replace("{body}", name),
        alternative=alternative.replace("{body}", name),
        facts=[
            Fact(name=_("谁请求"), value=name),
            Fact(name=_("用途"), value=_purpose(rule.purpose)),
            Fact(name=_("依据"), value=_("、").join(catalogue.citation(citation) for citation in rule.basis)),
            Fact(name=_("看多久以前"), value=_("%(day)s以后的记录") % {"day": day(limits.look_back_from)}),
            Fact(name=_("看几次"), value=_often(rule.occurrence, limits.per_month)),
            Fact(name=_("最长有效"), value=_("同意之后%(days)d天，您可以随时撤回") % {"days": limits.lasts_days}),
            Fact(name=_("能不能留存"), value=_kept(rule.keep, limits.keep_days)),
            Fact(name=_("这份请求到"), value=moment(request.answer_by)),
        ],
    )


def choices(request: Request) -> list[tuple[str, str]]:
    """Return the items asked for, each with its fields, for the person to tick."""
    return [(item, _item(item, names)) for item, names in request.item_fields.items()]


def cards(held: Sequence[Held]) -> list[Card]:
    """Return one's own authorisations, those that stand first."""
    ordered = sorted(held, key=lambda one: one.state is not State.ACTIVE)
    return [_card(one) for one in ordered]


def body_name(code: str) -> str:
    """Return the name of an institution in the reader's language."""
    body = access.find_body(code)
    if body is None:
        return code
    return body.name_en if reads_english() and body.name_en else body.name_zh


def _card(held: Held) -> Card:
    rule = find_rule(held.rule)
    text = held.text or _("依法定职责查询，不需要您的授权，但每一次都让您看到。")
    if held.text and reads_english() and rule and rule.text:
        text = rule.text.en.replace("{body}", body_name(held.body))
    facts = [
        Fact(name=_("用途"), value=_purpose(held.purpose)),
        Fact(name=_("可以看的"), value=_("；").join(_item(item, names) for item, names in held.item_fields.items())),
        Fact(name=_("给出"), value=moment(held.granted_at)),
        Fact(name=_("到期"), value=moment(held.ends_at)),
        Fact(name=_("编号"), value=held.reference),
    ]
    if held.revoked_at:
        facts.append(Fact(name=_("撤回"), value=moment(held.revoked_at)))
    return Card(
        id=held.id,
        anchor=f"consent-{held.id}",
        title=body_name(held.body),
        badge=_badge(held.state),
        text=text,
        facts=facts,
        uses=_uses(held) if held.uses else None,
        may_withdraw=held.ground is Ground.CONSENT and held.state is State.ACTIVE,
    )


def _uses(held: Held) -> Table:
    return Table(
        caption=_("用过的记录"),
        columns=(Column(title=_("时间")), Column(title=_("看了什么")), Column(title=_("结果"))),
        rows=[
            (Cell(value=moment(use.at), url=_look_url(held, use)), Cell(value=_seen(use)), _result(use))
            for use in held.uses
        ],
    )


def _look_url(held: Held, use: Use) -> str:
    """Return where the looks of that day stand among one's own, each with its proof and the way to challenge it."""
    on = legal_day(use.at).isoformat()
    asked = {"since": on, "until": on, "body": use.body, "purpose": held.purpose}
    return f"{reverse('looks')}?{urlencode(asked)}"


def _seen(use: Use) -> str:
    if not use.record_count:
        return _("没有范围内的记录")
    names = _("、").join(_title(item) for item in use.items)
    return _("%(count)d条：%(names)s") % {"count": use.record_count, "names": names}


def _result(use: Use) -> Cell:
    if use.result_at is None:
        return Cell(value=_("机构还没有报回"))
    if not use.is_adverse:
        return Cell(value=use.result)
    used = _("、").join(_title(item) for item in use.items_used)
    return Cell(value=use.result, hint=_("对您不利，用到：%(items)s") % {"items": used})


def _badge(state: State) -> Badge:
    words = {
        State.ACTIVE: (_("有效"), Tone.DONE),
        State.USED: (_("已用完"), Tone.ENDED),
        State.EXPIRED: (_("已到期"), Tone.ENDED),
        State.REVOKED: (_("已撤回"), Tone.ENDED),
        State.REQUESTED: (_("等待您答复"), Tone.TODO),
    }
    word, tone = words[state]
    return Badge(word=word, tone=tone)


def _often(occurrence: Occurrence, per_month: int) -> str:
    if occurrence is Occurrence.ONETIME:
        return _("一次")
    return _("每三十日最多%(count)d次") % {"count": per_month}


def _kept(keep: Keep, days: int) -> str:
    if keep is Keep.VIEW:
        return _("不能，看完即删")
    return _("可以，最多%(days)d天") % {"days": days}


def _purpose(code: str) -> str:
    purpose = access.get_purpose(code)
    return purpose.en if reads_english() else purpose.zh


def _item(code: str, names: Sequence[str]) -> str:
    item = catalogue.find_item(code, on=legal_day(now()))
    if item is None:
        return code
    fields = _("、").join(_said(item.field(name).title) for name in names)
    return _("%(item)s（%(fields)s）") % {"item": _said(item.title), "fields": fields}


def _title(code: str) -> str:
    item = catalogue.find_item(code, on=legal_day(now()))
    return _said(item.title) if item else code


def _said(words: Words) -> str:
    return words.en if reads_english() else words.zh

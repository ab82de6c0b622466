"""Data-cooperation agreements as parts of the ui."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.consents.contracts import Agreement
from chengxin.consents.forms import StopForm
from chengxin.kernel.clock import legal_day
from chengxin.law.facade import name_of
from chengxin.ui.facade import Crumb, Empty, Fact, Page, State, Tone, day, in_language, labelled, series


@dataclass(frozen=True, kw_only=True)
class AgreementCard:
    """One agreement as everybody reads it, and what its office may do to it."""

    id: str
    title: str
    state: State
    facts: Sequence[Fact]
    may_approve: bool
    stop: StopForm | None


def agreement_cards(found: Sequence[Agreement], *, at: datetime, manages: bool = False) -> list[AgreementCard]:
    """Return agreements with their state, fields, basis and term."""
    return [
        AgreementCard(
            id=str(one.id),
            title=one.terms.purpose,
            state=_state(one, at=at),
            facts=_facts(one, at=at),
            may_approve=manages and one.approved_on is None and one.revoked_at is None,
            stop=StopForm(prefix=str(one.id)) if manages and one.revoked_at is None and at < one.until else None,
        )
        for one in found
    ]


def public_page() -> Page:
    """Return the head of the published agreements."""
    return Page(
        title=_("数据合作协议"),
        lead=_("平台把哪些没有公开的企业字段给了谁、做什么用、到哪一天。没有一项是个人信息；到期或者停用，当时就停。"),
        crumbs=(Crumb(text=_("首页"), url="/"), Crumb(text=_("数据合作协议"))),
    )


def office_page(*, problems: bool) -> Page:
    """Return the head of the office's own page of agreements."""
    return Page(
        title=_("数据合作协议"),
        lead=_("一人起草，另一人批准以后才提供；一人就可以停用，下一次请求就不再提供。"),
        problems=problems,
    )


def no_agreements() -> Empty:
    """Say that nothing is given by agreement."""
    return Empty(title=_("没有数据合作协议"), meaning=_("现在没有单位依协议取得没有公开的字段；公开的内容人人可以查。"))


def _state(one: Agreement, *, at: datetime) -> State:
    if one.revoked_at is not None:
        return State(word=_("已停用"), tone=Tone.ALERT)
    if one.approved_on is None:
        return State(word=_("待批准"), tone=Tone.TODO)
    if at >= one.until:
        return State(word=_("已到期"), tone=Tone.ENDED)
    if at < one.begins:
        return State(word=_("还没有开始"), tone=Tone.INFO)
    return State(word=_("提供中"), tone=Tone.DONE)


def _facts(one: Agreement, *, at: datetime) -> list[Fact]:
    partner = access.find_body(one.terms.partner)
    name = in_language(partner.name_zh, partner.name_en) if partner else one.terms.partner
    basis = [name_of(citation) for citation in one.terms.basis]
    stopped = [Fact(name=_("停用的理由"), value=one.stopped_because)] if one.stopped_because else []
    return [
        Fact(name=_("文号"), value=one.number),
        Fact(name=_("给谁"), value=name),
        Fact(name=_("说明"), value=one.terms.summary),
        Fact(name=_("哪些字段"), value=_fields(one, at=at)),
        Fact(name=_("依据"), value=series(in_language(text.zh, text.en) for text in basis)),
        Fact(name=_("从哪一天起"), value=one.terms.starts_on),
        Fact(name=_("最后一天"), value=day(one.terms.ends_on - timedelta(days=1))),
        *stopped,
    ]


def _fields(one: Agreement, *, at: datetime) -> str:
    said = []
    for code, names in one.terms.item_fields.items():
        item = catalogue.find_item(code, on=legal_day(at))
        titles = {field.name: in_language(field.title.zh, field.title.en) for field in item.fields} if item else {}
        title = in_language(item.title.zh, item.title.en) if item else code
        said.append(labelled(title, series(titles.get(name, name) for name in names)))
    return series(said)

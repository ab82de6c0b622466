"""Send an institution one's own package (本单位的申请包): chosen, looked at field by field, sent, answered, taken back.

A package is a consent its applicant began (`consents.offer`): the institution reads exactly what was ticked, once, and
posts its answer; nothing is copied here, no applicant is compared with another, and nobody lists applicants.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.consents import facade as consents
from chengxin.consents.contracts import Authorisation, Ground, Held
from chengxin.database.contracts import Channel
from chengxin.inquiries.contracts import Fact
from chengxin.inquiries.disclosure import facts_of, leaving
from chengxin.inquiries.products import Product, find_product, list_products
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_code
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.law.facade import cites

PURPOSE: Final = "own_consents"
_MARK: Final = ":"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One package that was sent, with the consent that carries it and what came of it."""

    code: str
    number: str
    held: Held


def on_shelf(*, now: datetime) -> list[Product]:
    """Return the products whose institution may ask under their rule now."""
    return [one for one in list_products(on=legal_day(now)) if _is_registered(one, on=legal_day(now))]


def get_product(code: str, *, now: datetime) -> Product:
    """Return a product on the shelf, or refuse."""
    found = find_product(code, on=legal_day(now))
    if found is None or not _is_registered(found, on=legal_day(now)):
        raise Refused(Refusal(code="ABSENT", what="货架上没有这个产品。", next_step="请到“银税互动”页看现有的产品。"))
    return found


@cites("PIPL/13", "PIPL/44")
def look_at(actor: Actor, product: Product, items: Sequence[str], *, now: datetime) -> list[Fact]:
    """Return exactly what the institution would read now, each field with its value; looking sends nothing."""
    subject_id, rule = _own(actor), consents.find_rule(product.rule)
    assert rule is not None
    refuse_if(_why_not_chosen(product, items))
    now_allowed = Authorisation(
        reference="",
        basis=rule.basis,
        items=frozenset(items),
        until=now + timedelta(minutes=1),
        item_fields={item: rule.item_fields[item] for item in items},
        since=consents.limits_of(rule, on=legal_day(now)).look_back_from,
    )
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        found = leaving(subject_id, now_allowed, ground=Ground.CONSENT, at=now)
        # An operator's records are plain; one that is sealed is a person's, and nothing of those is on this shelf.
        facts = facts_of([one for one in found if one.content], now_allowed)
        _tell(actor, subject_id, items, count=len(facts), now=now)
    return facts


@cites("PIPL/14", "PIPL/23")
def send(actor: Actor, product: Product, items: Sequence[str], *, authenticated: Sequence[str], now: datetime) -> UUID:
    """Send the package (发送) and return the consent that carries it; an empty one is not sent."""
    if not look_at(actor, product, items, now=now):
        raise Refused(
            Refusal(
                code="SHELF-NOTHING",
                what="勾选的信息里，本单位现在一条也没有，没有可以发送的内容。",
                why="产品只面向企业和其他组织；部门没有报送的，平台不知道。",
                next_step="可以直接向这家机构提供材料，或者请报送单位核对。",
                field="items",
            )
        )
    reference = f"{product.code}{_MARK}{new_code()}"
    return consents.offer(
        actor,
        body=product.body,
        rule=product.rule,
        items=items,
        reference=reference,
        authenticated=authenticated,
        now=now,
    )


def list_sent(actor: Actor, *, now: datetime) -> list[Sent]:
    """Return the packages the actor's own subject sent, the newest first, each with its answer."""
    found = [one for one in consents.list_consents(actor, now=now) if _MARK in one.reference]
    return [Sent(code=code, number=number, held=one) for one in found for code, number in [one.reference.split(_MARK)]]


def _is_registered(product: Product, *, on: date) -> bool:
    found = consents.find_grant(product.body, rule=product.rule, on=on)
    return found is not None and found.suspended_at is None


def _why_not_chosen(product: Product, items: Sequence[str]) -> Refusal | None:
    if items and set(items) <= set(product.items):
        return None
    return Refusal(
        code="SHELF-CHOOSE",
        what="您还没有勾选要发送的信息。",
        why="平台不替您勾选，发什么由您决定。",
        next_step="请勾选以后再看一遍，确认无误再发送。",
        basis=("PIPL/14",),
        field="items",
    )


def _own(actor: Actor) -> UUID:
    if actor.subject_id is None:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用本单位的账户登录。"))
    return actor.subject_id


def _tell(actor: Actor, subject_id: UUID, items: Sequence[str], *, count: int, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=Kind.DISCLOSE,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.SELF,
            subject_id=subject_id,
            basis=("PIPL/44",),
            categories=tuple(sorted(items)),
            count=count,
        )
    )

"""Open a plan: freeze what could be drawn, draw, and open a case for each sample (抽检方案)."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.database.contracts import Channel
from chengxin.inspections import models
from chengxin.inspections.contracts import Plan, Planned, Way
from chengxin.inspections.queries import PURPOSE, plan_of
from chengxin.inspections.rules import draw, population_digest, seed_digest, why_not_plan, why_not_regulator
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import refuse_if
from chengxin.law.facade import cites
from chengxin.market import facade as market
from chengxin.market.contracts import Shop

SAMPLING: Final = "sampling"


@cites("PQL/15", "D/inspection-draw")
def open_plan(actor: Actor, planned: Planned, *, now: datetime) -> Plan:
    """Open a plan and draw its shops at once, or take the one that was reported; only the digest of the seed is shown.

    Drawn are open shops of registered operators in the authority's area that sell the category.
    """
    body = access.get_body(actor.body)
    known = {
        member(shop): shop
        for shop in market.list_selling(planned.category, area=body.area, now=now)
        if not planned.shop or (shop.platform, shop.number) == (planned.platform, planned.shop)
    }
    members = sorted(known)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        resource = Resource(kind="inspection", body=actor.body)
        access.require(actor, action="inspection.plan", resource=resource, purpose=PURPOSE, now=now)
        refuse_if(why_not_regulator(body))
        is_known = planned.category in market.categories()
        refuse_if(why_not_plan(planned, known=is_known, population=len(members)))
        seed = secrets.token_hex(16)
        row = _write(actor, planned, members=() if planned.shop else tuple(members), seed=seed, now=now)
        for chosen in draw(members, seed=seed, size=planned.size):
            _open_sample(actor, row, known[chosen], reported=planned.reported, now=now)
        _record(actor, row.number, count=planned.size, now=now)
        return plan_of(row, seed="")


def member(shop: Shop) -> str:
    """Return how a shop is written among those that could be drawn."""
    return f"{shop.platform}/{shop.number}"


def _write(actor: Actor, planned: Planned, *, members: tuple[str, ...], seed: str, now: datetime) -> models.Plan:
    row = models.Plan.objects.create(
        id=new_id(now),
        number=new_number("CP", day=legal_day(now)),
        body=actor.body,
        title=planned.title.strip(),
        category=planned.category,
        standard=planned.standard.strip(),
        way=(Way.REPORTED if planned.shop else Way.DRAW).value,
        size=planned.size,
        members="\n".join(members),
        population_digest=population_digest(members),
        seed_digest=seed_digest(seed),
        opened_on=legal_day(now),
        opened_by=actor.key,
    )
    models.Draw.objects.create(plan_id=row.id, body=actor.body, seed=seed)
    return row


def _open_sample(actor: Actor, plan: models.Plan, shop: Shop, *, reported: str, now: datetime) -> None:
    """Open the case of a sample; it names no subject, so that nobody but the authority sees it."""
    assert shop.subject_id is not None
    sample_id = new_id(now)
    case = casework.open_case(
        SAMPLING,
        ref=Ref(kind="sample", id=str(sample_id)),
        body=actor.body,
        opened_by=actor,
        facts={"plan": plan.number, "shop": member(shop), **({"reported": reported} if reported else {})},
        now=now,
    )
    models.Sample.objects.create(
        id=sample_id,
        plan_id=plan.id,
        body=actor.body,
        platform=shop.platform,
        shop_id=shop.id,
        subject_id=shop.subject_id,
        case_id=case.id,
        case_number=case.number,
    )


def _record(actor: Actor, number: str, *, count: int, now: datetime) -> None:
    record_event(
        Event(
            kind=Kind.DECIDE,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.BODY,
            reference=number,
            categories=("inspection.plan",),
            count=count,
        )
    )

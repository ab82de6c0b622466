"""What a shop promises (承诺卡), and the ledger of its protection fund (消费者权益保证金), which always balances."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.database.contracts import Channel
from chengxin.disputes import models
from chengxin.disputes.contracts import Fund, FundLine, Promise
from chengxin.disputes.locking import wait_turn
from chengxin.disputes.reaching import HANDLING, absent, acting
from chengxin.disputes.rules import mean, why_not_booked, why_not_promised
from chengxin.disputes.tables import exceptions
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refused, refuse_if
from chengxin.law import facade as law
from chengxin.market import facade as market
from chengxin.market.contracts import Shop

LAW: Final = law.beside(__file__)
VIEWING: Final = "public_viewing"
_LEAVES: Final = frozenset({"pay_out", "return"})
_SHOWN: Final = 50


def promise(actor: Actor, shop_id: UUID, given: Promise, *, now: datetime) -> None:
    """Write down what a shop promises from now on (作出承诺), for itself or by its platform; what was before stays."""
    least = LAW.value("dispute.return", on=legal_day(now)).number
    refuse_if(why_not_promised(given, exceptions=exceptions(), least_days=least))
    with acting(actor), transaction.atomic():
        shop = _own_shop(actor, shop_id, action="dispute.promise", now=now)
        models.Promise.objects.create(
            id=new_id(now),
            shop_id=shop.id,
            platform=shop.platform,
            post=given.post.strip(),
            reach=given.reach.strip(),
            pays_first_fen=given.pays_first_fen,
            return_days=given.return_days,
            exceptions=list(given.exceptions),
            at=now,
            actor_key=actor.key,
        )


def find_promise(shop_id: UUID) -> Promise | None:
    """Return what a shop promises now, or None."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.Promise.objects.filter(shop_id=shop_id).order_by("-id").first()
    if row is None:
        return None
    return Promise(
        post=row.post,
        reach=row.reach,
        pays_first_fen=row.pays_first_fen,
        return_days=row.return_days,
        exceptions=tuple(row.exceptions),
    )


def book(actor: Actor, shop_id: UUID, *, kind: str, fen: int, done_on: date, number: str = "", now: datetime) -> int:
    """Book money into or out of a shop's fund (记一笔), by the platform that keeps it; return the balance.

    A claim back names the complaint it was paid out for; a pay-out is booked by paying a complaint first (`act`).
    """
    with acting(actor), transaction.atomic():
        shop = _own_shop(actor, shop_id, action="dispute.keep_fund", now=now)
        dispute = models.Dispute.objects.filter(number=number, shop_id=shop_id).first() if number else None
        if number and dispute is None:
            raise Refused(absent())
        return write_line(actor, shop, kind=kind, fen=fen, done_on=done_on, dispute=dispute, now=now)


def pay_out(actor: Actor, dispute: models.Dispute, fen: int, *, done_on: date, now: datetime) -> int:
    """Pay a complaint first from the fund (先行赔付); inside the platform's context, with the step of the complaint."""
    if dispute.shop_id is None:
        raise Refused(absent())
    shop = _own_shop(actor, dispute.shop_id, action="dispute.keep_fund", now=now)
    return write_line(actor, shop, kind="pay_out", fen=fen, done_on=done_on, dispute=dispute, now=now)


def write_line(
    actor: Actor, shop: Shop, *, kind: str, fen: int, done_on: date, dispute: models.Dispute | None, now: datetime
) -> int:
    """Add a line to the ledger after the last one; two at once wait for each other."""
    wait_turn(f"disputes_fund.{shop.id}")
    last = models.FundLine.objects.filter(shop_id=shop.id).order_by("-place").first()
    before, place = (last.balance, last.place) if last else (0, 0)
    owed = _owed(dispute) if dispute else 0
    refuse_if(
        why_not_booked(
            kind, fen, balance=before, owed=owed, has_dispute=dispute is not None, on=done_on, today=legal_day(now)
        )
    )
    signed = -fen if kind in _LEAVES else fen
    row = models.FundLine.objects.create(
        id=new_id(now),
        shop_id=shop.id,
        platform=shop.platform,
        place=place + 1,
        kind=kind,
        fen=signed,
        balance=before + signed,
        dispute_id=dispute.id if dispute else None,
        done_on=done_on,
        waited_days=_waited(dispute, done_on) if dispute and kind == "pay_out" else None,
        at=now,
        actor_key=actor.key,
    )
    return row.balance


def find_fund(shop_id: UUID) -> Fund | None:
    """Return the fund of a shop with its last lines, or None where it has none."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = list(models.FundLine.objects.filter(shop_id=shop_id).order_by("place"))
    if not rows:
        return None
    waited = [row.waited_days for row in rows if row.waited_days is not None]
    return Fund(
        balance=rows[-1].balance,
        paid_out=-sum(row.fen for row in rows if row.kind == "pay_out"),
        claimed_back=sum(row.fen for row in rows if row.kind == "claim_back"),
        mean_days=mean(waited),
        lines=tuple(
            FundLine(
                place=row.place,
                kind=row.kind,
                fen=row.fen,
                balance=row.balance,
                done_on=row.done_on,
                waited_days=row.waited_days,
            )
            for row in rows[-_SHOWN:]
        ),
    )


def _own_shop(actor: Actor, shop_id: UUID, *, action: str, now: datetime) -> Shop:
    shop = market.shop_in_context(shop_id)
    resource = Resource(kind="shop", body=shop.platform, subject_id=shop.subject_id)
    access.require(actor, action=action, resource=resource, purpose=HANDLING, now=now)
    return shop


def _owed(dispute: models.Dispute) -> int:
    """Return what was paid out for a complaint and not claimed back."""
    rows = models.FundLine.objects.filter(dispute_id=dispute.id).values_list("fen", flat=True)
    return -sum(rows)


def _waited(dispute: models.Dispute, done_on: date) -> int:
    """Return the days from the agreement to the pay-out."""
    agreed = models.Terms.objects.filter(dispute_id=dispute.id, stage="agreed").order_by("-place").first()
    return max((done_on - legal_day(agreed.at)).days, 0) if agreed else 0

"""The figures of one shop, each from where everybody else reads it; nothing is kept, nothing of a person is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

import polars as pl

from chengxin.disputes import facade as disputes
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.lake import facade as lake
from chengxin.law import facade as law
from chengxin.market import facade as market
from chengxin.market.contracts import Seller, ShopFacts, Standing
from chengxin.reviews import facade as reviews
from chengxin.standards.contracts import Figure
from chengxin.standards.shelf import absent

LAW: Final = law.beside(__file__)
_PERCENT: Final = 100
_REVIEWED: Final = ("goods", "service", "delivery")


def list_own(actor: Actor, *, now: datetime) -> list[ShopFacts]:
    """Return the shops somebody may try figures of: those of the operator they sign in for, and nobody else's."""
    return [one for one in market.list_own(actor, now=now) if one.shop.seller is Seller.OPERATOR]


def own_figures(actor: Actor, shop_id: UUID, *, now: datetime) -> dict[str, Figure]:
    """Return the figures of one of the actor's own shops, or refuse; a shop of an individual has none."""
    for facts in list_own(actor, now=now):
        if facts.shop.id == shop_id:
            found = (_identity, _reviews, _complaints, _handover)
            return {code: figure for each in found for code, figure in each(facts, now)}
    raise Refused(absent())


def _identity(facts: ShopFacts, now: datetime) -> Iterator[tuple[str, Figure]]:
    shop = facts.shop
    is_verified = shop.standing is Standing.AGREES and not shop.is_overdue(legal_day(now))
    yield "identity.verified", Figure(value=Decimal(_PERCENT if is_verified else 0), sample=1)
    needed = [one for one in facts.covers if one.is_needed]
    if needed:
        yield "licences.covered", _share(sum(not one.is_missing for one in needed), len(needed))


def _reviews(facts: ShopFacts, _now: datetime) -> Iterator[tuple[str, Figure]]:
    for one in reviews.list_scores(facts.shop.id):
        if one.dimension in _REVIEWED and one.score is not None:
            yield f"reviews.{one.dimension}", Figure(value=Decimal(f"{one.score:.2f}"), sample=one.ratings)


def _complaints(facts: ShopFacts, now: datetime) -> Iterator[tuple[str, Figure]]:
    found = disputes.figures(facts.shop.id, now=now)
    if found.per_10000 is not None:
        yield "complaints.per_10000", Figure(value=Decimal(found.per_10000), sample=found.orders)
    if found.closed:
        yield "complaints.settled", _share(found.settled, found.closed)
    if found.median_days is not None:
        yield "complaints.answer_days", Figure(value=Decimal(found.median_days), sample=found.complaints)


def _handover(facts: ShopFacts, now: datetime) -> Iterator[tuple[str, Figure]]:
    """Ask the lake for the sums of the whole platform, which are computed once, and take those of the shop."""
    store, shop, until = lake.Store(lake.lake_root()), facts.shop, legal_day(now)
    if shop.platform not in lake.days_of("orders", store=store):
        return
    since = until - timedelta(days=int(LAW.value("standard.window", on=until).number))
    engine = lake.open_engine()
    made = lake.run(
        "seller_handover", from_day=since, until_day=until, platform=shop.platform, engine=engine, store=store
    )
    sums = lake.rows_of(made).filter(pl.col("seller_id") == shop.number)
    late, known = (sum(sums[name].to_list()) for name in ("late", "handed_over"))
    known -= sum(sums["due_unknown"].to_list())
    if known:
        yield "handover.late", _share(late, known)


def _share(part: int, whole: int) -> Figure:
    return Figure(value=(Decimal(part * _PERCENT) / whole).quantize(Decimal("0.01")), sample=whole)

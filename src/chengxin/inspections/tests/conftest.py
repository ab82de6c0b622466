"""A city with five shops that sell food, its market regulator with two officers, and the merchant of one shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tests.worlds import world

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.casework.jobs import turn_the_day
from chengxin.database.contracts import Channel
from chengxin.inspections import facade
from chengxin.inspections.contracts import Plan, Planned, Purchase, Report, Sample
from chengxin.intake.tests.conftest import NOW, SETUP, Office, accept, ground, hand_in, market
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.leads.tests.conftest import merchant
from chengxin.market.contracts import Shop
from chengxin.market.tests.conftest import Sold, filing, individual, shop_of, sold, today
from chengxin.objections.tests.conftest import Photo, officer
from chengxin.reviews.tests.conftest import firm

__all__ = ["accept", "firm", "ground", "hand_in", "market", "merchant", "sold", "today"]
PLANNED = Planned(title="预包装糕点", category="food", standard="GB 7099-2015 糕点、面包", size=2)
PURCHASE = Purchase(goods="红豆糕 400克 批次20261101", order="O-77", paid_fen=3990, bought_on=date(2026, 11, 23))
GOOD = Report(laboratory="云汀市食品检验院", passed=True)
BAD = Report(laboratory="云汀市食品检验院", passed=False, finding="脱氢乙酸：要求0.5克/千克以下，实测0.9克/千克。")


@dataclass(frozen=True)
class City:
    """The regulator's two officers, the firm's five shops, and the platform's clerk."""

    first: Actor
    second: Actor
    shops: tuple[Shop, ...]
    clerk: Actor


@world
def city(market: Office, sold: Sold, firm: UUID) -> City:
    access.give_source_rights([(market.body, "ecommerce_violation")], actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    shop_of(sold, individual(categories=("food",)))
    shops = tuple(shop_of(sold, filing(f"S-{place}")) for place in range(1, 6))
    first, second = officer("sj-first", market.body), officer("sj-second", market.body)
    return City(first=first, second=second, shops=shops, clerk=sold.clerk)


def samples(city: City, plan: Plan) -> list[Sample]:
    return [one for one, _case in facade.list_samples(city.first, plan, now=NOW)]


def told(city: City, found: Report, *, planned: Planned = PLANNED) -> tuple[Plan, Sample]:
    """Open a plan and bring one of its samples to its merchant, who receives it today."""
    plan = facade.open_plan(city.first, planned, now=NOW)
    sample = samples(city, plan)[0]
    facade.buy(city.first, sample.id, PURCHASE, papers=paper("buy"), now=NOW)
    facade.report(city.first, sample.id, found, papers=paper("report"), now=NOW)
    facade.tell(city.first, sample.id, received_on=NOW.date(), papers=paper("tell"), now=NOW)
    return plan, samples(city, plan)[0]


def paper(words: str) -> tuple[str, ...]:
    """Keep a photo and return its digest."""
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="inspection"):
        return casework.keep_papers([Photo(b"\x89PNG\r\n\x1a\n" + words.encode())])


def days_later(days: int) -> None:
    """Let the work of a later legal day run."""
    turn_the_day(NOW + timedelta(days=days), None)


def act(case_id: UUID | None, verb: str, actor: Actor, *, days: int = 0, reasons: str = "") -> Case:
    assert case_id is not None
    return casework.carry_out(case_id, verb=verb, actor=actor, now=NOW + timedelta(days=days), reasons=reasons)


def code(act: Callable[[], object]) -> str:
    """Return the code and the field of a refusal, or what came instead."""
    try:
        return str(act())
    except Refused as refused:
        return f"{refused.refusal.code} {refused.refusal.field}".strip()

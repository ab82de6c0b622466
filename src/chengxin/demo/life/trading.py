"""The shopping platform of the province: registered, its shops, what was sold, what both sides say, what looks odd."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from chengxin.casework import facade as casework
from chengxin.demo.bodies import body_by_code
from chengxin.demo.life.filing import file_lines
from chengxin.demo.life.stage import Doing, Stage, Told
from chengxin.demo.orders import Trade as Orders
from chengxin.demo.staff import GUESTS
from chengxin.duties import facade as duties
from chengxin.duties.contracts import Measure, Report, RuleText
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.lake import facade as lake
from chengxin.leads import facade as leads
from chengxin.market import facade as market
from chengxin.market.contracts import Filing, Seller
from chengxin.reviews import facade as reviews
from chengxin.reviews.contracts import About, Side, Trade, Written

HOST = "shop.example.org"


def register_platform(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Register a guest's body as a platform."""
    market.register_platform(GUESTS[told["platform"]], host=HOST, actor=actor, now=now)


def file_shops(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """File a shop for each of the first operators, and the individuals who need not register."""
    on = legal_day(now)
    operators = stage.province.operators.head(told["operators"])
    sold = told["sells"]
    filings = [
        Filing(
            number=f"S-{place}",
            seller=Seller.OPERATOR,
            address=f"https://{HOST}/s/{place}",
            categories=tuple(sold[place % len(sold)]),
            verified_on=on - timedelta(days=told["verified"][place % len(told["verified"])]),
            opened_on=on - timedelta(days=400),
            uscc=uscc,
            name=name,
            title=f"{name[:8]}旗舰店",
        )
        for place, (uscc, name) in enumerate(operators.select("uscc", "name").iter_rows(), start=1)
    ]
    individuals = [
        Filing(
            number=f"P-{place}",
            seller=Seller.INDIVIDUAL,
            address=HOST,
            categories=("farm",),
            verified_on=on,
            opened_on=on,
            exemption=exemption,
        )
        for place, exemption in enumerate(told["individuals"], start=1)
    ]
    _all_taken([one.refusal for one in market.file_shops(actor, [*filings, *individuals], now=now)])


def trade(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """File what was sold in the weeks before, and what both sides wrote of it."""
    lot = Random(told["seed"])  # noqa: S311 - a story, nothing secret
    carriers = list(told["carried"])
    done = [
        (
            Trade(
                shop=f"S-{shop}",
                order=f"{told['seed']}-{shop}-{place}",
                buyer=f"b{lot.randrange(900)}",
                completed_at=now - timedelta(days=lot.randrange(20, 60)),
                parcel=f"P-{told['seed']}-{shop}-{place}",
                courier=carriers[place % len(carriers)],
            ),
            quality,
        )
        for shop, quality in enumerate(told["shops"], start=1)
        for place in range(told["each"])
    ]
    _all_taken([one.refusal for one in reviews.file_trades(actor, [sold for sold, _ in done], now=now)])
    written = [one for sold, quality in done for one in _written(sold, quality, told["words"], lot)]
    written += [one for sold, _ in done for one in _of_parcel(sold, told["carried"][sold.courier], lot)]
    _all_taken([one.refusal for one in reviews.file_reviews(actor, written, now=now)])


def file_rule(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """File a version of a platform's rule, announced in time or not."""
    first, last = told.get("asked", (None, None))
    duties.file_rule(
        actor,
        RuleText(
            code=told["code"],
            title=told["title"],
            text=told["text"],
            comment_from=stage.day(first) if first else None,
            comment_until=stage.day(last) if last else None,
            published_on=stage.day(told["published"]),
            effective_on=stage.day(told["effective"]),
        ),
        now=now,
    )


def act(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Take a measure against a shop under the newest version of a rule, or class it."""
    rule = next(one for one in duties.list_rules(actor.body) if one.text.code == told["rule"])
    duties.act(
        actor,
        Measure(
            shop=told["shop"],
            kind=told["kind"],
            grade=told.get("grade", ""),
            rule_id=rule.id,
            article=told["article"],
            reasons=told["reasons"],
            appeal_url=f"https://{HOST}/appeal",
            starts_on=legal_day(now),
        ),
        now=now,
    )


def honour_shops(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Honour the operators of some shops: with that they are on the feed that platforms read."""
    source, today = body_by_code(actor.body), legal_day(now)
    operators = list(stage.province.operators.head(max(told["shops"])).select("uscc", "name").iter_rows())
    lines = [
        {
            "subject_name": operators[place - 1][1],
            "uscc": operators[place - 1][0],
            "honour_title": told["title"],
            "determined_on": today.isoformat(),
            "body_name": source.name,
            "body_code": source.uscc,
        }
        for place in told["shops"]
    ]
    file_lines(actor, stage.actor(told["approver"], on=today), "honour", lines, name="诚信荣誉", now=now)


def say_use(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Publish how a platform uses the list of the honoured."""
    report = Report(duty="incentive_use", answers=told["answers"], happened_on=legal_day(now))
    duties.file_report(actor, report, now=now)


def hand_in_orders(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Hand in orders and their papers, as a platform does every night, and let them be looked through."""
    store = lake.Store(lake.lake_root())
    with TemporaryDirectory(prefix="chengxin-") as folder:
        for dataset, rows in Orders(today=legal_day(now), seed=told["seed"]).tables():
            file = Path(folder) / f"{dataset}.parquet"
            rows.write_parquet(file)
            lake.load(file, dataset=dataset, platform=actor.body, now=now, store=store)
    leads.detect(store, now=now)


def ask_merchant(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Open a lead to the merchant of a shop."""
    found = leads.list_of_body(actor, now=now, is_open=True)
    (case,) = [case for _lead, case in found if case.facts["shop"] == told["shop"]]
    casework.carry_out(case.id, verb="ask", actor=actor, now=now)


def explain_lead(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Explain what was found in one's shop."""
    (lead,) = leads.list_own(actor, now=now)
    leads.answer(actor, lead.id, text=told["words"], now=now)


def _written(sold: Trade, quality: float, words: list[str], lot: Random) -> list[Written]:
    """Return what the seller says of the buyer, most times and first: who could have read the other rates no more."""
    marks = {name: min(5, max(1, round(lot.gauss(quality, 0.8)))) for name in ("goods", "service", "delivery")}
    at = sold.completed_at + timedelta(days=1, hours=lot.randrange(20))
    text = words[0] if min(marks.values()) >= 4 else words[1] if max(marks.values()) >= 3 else words[2]
    of_shop = Written(order=sold.order, side=Side.BUYER, marks=marks, text=text, written_at=at)
    of_buyer = Written(order=sold.order, side=Side.SELLER, marks={"conduct": 5}, text="", written_at=at)
    return [of_buyer, of_shop] if lot.random() < 0.6 else [of_shop]


def _of_parcel(sold: Trade, quality: float, lot: Random) -> list[Written]:
    """Return what both sides say of who carried the parcel."""
    return [
        Written(
            order=sold.order,
            side=side,
            marks={name: min(5, max(1, round(lot.gauss(quality, 0.7)))) for name in ("speed", "care", "service")},
            text="",
            written_at=sold.completed_at + timedelta(days=1),
            about=About.PARCEL,
        )
        for side in Side
    ]


def _all_taken(refusals: Sequence[Refusal | None]) -> None:
    """Stop at what the product refuses: the story has to be one it takes."""
    refused = [one for one in refusals if one is not None]
    if refused:
        raise Refused(refused[0])


DOINGS: dict[str, Doing] = {
    "register_platform": register_platform,
    "file_shops": file_shops,
    "trade": trade,
    "file_rule": file_rule,
    "act_as_platform": act,
    "honour_shops": honour_shops,
    "say_use": say_use,
    "hand_in_orders": hand_in_orders,
    "ask_merchant": ask_merchant,
    "explain_lead": explain_lead,
}

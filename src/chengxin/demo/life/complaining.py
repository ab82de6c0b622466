"""Consumers who complain about shops of the platform: each complaint in one of its states, known by its code."""

from __future__ import annotations

from datetime import datetime, timedelta

from chengxin.demo.life.stage import Doing, Stage, Told
from chengxin.demo.staff import GUESTS
from chengxin.disputes import facade as disputes
from chengxin.disputes.contracts import Contact, Offer, Promise, Sheet
from chengxin.disputes.contracts import Told as Words
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.market import facade as market
from chengxin.market.contracts import Shop

PLATFORM = GUESTS["platform_client"]


def promise_to_buyers(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Let a platform write a shop's promise card and book what was paid into its fund."""
    shop = _shop(told)
    disputes.promise(actor, shop.id, Promise(post=told["post"], pays_first_fen=told["pays_first"]), now=now)
    disputes.book(actor, shop.id, kind="deposit", fen=told["deposit"], done_on=legal_day(now), now=now)


def complain(stage: Stage, _actor: Actor, told: Told, now: datetime) -> None:
    """Complain about a shop; the code it is followed by stays with the story."""
    contact = Contact(**told.get("contact", {}))
    words = Words(
        shop_id=_shop(told).id,
        matter=told["matter"],
        asks=told["asks"],
        text=told["words"],
        asked_fen=told.get("fen", 0),
        contact=contact,
        may_publish=told.get("public", False),
    )
    stage.links[_key(told)] = disputes.receive(words, now=now).code


def act_on_complaint(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Let the shop, its platform or the authority take a step."""
    found = disputes.get_by_code(stage.links[_key(told)])
    offer = Offer(what=told.get("what", ""), fen=told.get("fen", 0), done_on=legal_day(now) if "done" in told else None)
    disputes.act(actor, found.id, verb=told["verb"], reasons=told["words"], offer=offer, now=now)


def follow_complaint(stage: Stage, _actor: Actor, told: Told, now: datetime) -> None:
    """Let the consumer do what the code allows."""
    disputes.act_by_code(stage.links[_key(told)], verb=told["verb"], now=now)


def file_sheets(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """File the sheets of several hotlines about one call."""
    disputes.file_sheets(
        actor,
        [
            Sheet(
                hotline=hotline,
                number=number,
                platform=PLATFORM,
                shop=told["shop"],
                phone=told["phone"],
                text=told["words"],
                at=now - timedelta(hours=1),
                matter=told["matter"],
            )
            for hotline, number in told["sheets"].items()
        ],
        now=now,
    )


def _shop(told: Told) -> Shop:
    found = market.find_shop(PLATFORM, told["shop"])
    assert found is not None
    return found


def _key(told: Told) -> str:
    return f"complaint {told['name']}"


DOINGS: dict[str, Doing] = {
    "promise_to_buyers": promise_to_buyers,
    "complain": complain,
    "act_on_complaint": act_on_complaint,
    "follow_complaint": follow_complaint,
    "file_sheets": file_sheets,
}

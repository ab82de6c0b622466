"""Scenes that open doors to those who did well, their use, points, what a shop promises, and the turn of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from chengxin.commitments import facade as commitments
from chengxin.commitments.contracts import Content, Maker
from chengxin.demo.life.stage import Doing, Stage, Told
from chengxin.demo.replay import run_tasks
from chengxin.incentives import facade as incentives
from chengxin.incentives.contracts import Benefit, Condition, Draft, Family
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day


def open_scenes(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Open scenes of all families."""
    for scene in told["scenes"]:
        incentives.open_scene(actor, _draft(scene, now=now), now=now)


def use_scenes(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Show a code for each scene that is open to oneself, and have it redeemed."""
    open_ones = [one.scene for one in incentives.own_benefits(actor, now=now) if one.missing is None]
    for scene in open_ones[: told["most"]]:
        token = incentives.issue(actor, scene.id, now=now)
        incentives.redeem(token.code, actor=ANYONE, now=now + timedelta(minutes=1))


def join_points(_stage: Stage, actor: Actor, _told: Told, now: datetime) -> None:
    """Join the points."""
    incentives.join(actor, now=now)


def promise(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Sign a commitment, or one more version of it."""
    chosen = {Content(content): numbers for content, numbers in told["sentences"].items()}
    commitments.sign(actor, Maker(told["maker"]), chosen, now=now)


def turn_the_day(_stage: Stage, _actor: Actor, _told: Told, now: datetime) -> None:
    """Let the platform do by itself what the day asks."""
    run_tasks(now)


def _draft(told: Mapping[str, Any], *, now: datetime) -> Draft:
    texts = {name: told.get(name, "") for name in ("title", "partner", "gives", "normal")}
    english = {f"{name}_en": told.get(f"{name}_en", "") for name in ("title", "gives", "normal")}
    return Draft(
        family=Family(told["family"]),
        benefit=Benefit(told["benefit"]),
        condition=Condition(items=tuple(told["items"]), least=told.get("least", 1), points=told.get("points", 0)),
        starts_on=legal_day(now),
        ends_on=legal_day(now) + timedelta(days=540),
        **texts,
        **english,
    )


DOINGS: dict[str, Doing] = {
    "open_scenes": open_scenes,
    "use_scenes": use_scenes,
    "join_points": join_points,
    "promise": promise,
    "turn_the_day": turn_the_day,
}

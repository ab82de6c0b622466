"""Tell the story in its order: each happening whole or not at all, and a second run goes on after the last one.

One that is several acts of the product is none the worse for being done again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Any

from django.db import transaction

from chengxin.demo.life import benefiting, complaining, contesting, couriers, honouring, listing, looking, trading
from chengxin.demo.life.stage import Doing, Happening, Stage
from chengxin.demo.places import read_data
from chengxin.demo.state import State
from chengxin.kernel.actor import ANYONE
from chengxin.kernel.clock import legal_day, simulated
from chengxin.kernel.refusal import Refused

DOINGS: Mapping[str, Doing] = {
    **contesting.DOINGS,
    **looking.DOINGS,
    **benefiting.DOINGS,
    **trading.DOINGS,
    **couriers.DOINGS,
    **listing.DOINGS,
    **complaining.DOINGS,
    **honouring.DOINGS,
}
# What takes longer than a session may stand idle in a transaction, and is several acts that may be done again.
IN_STEPS = {"hand_in_orders"}
_MAIN = {"ago", "at", "who", "does"}


def read_story(stage: Stage) -> list[Happening]:
    """Return what happens, by its moment."""
    found = [_happening(stage, given) for given in read_data("life.yaml")]
    return sorted(found, key=lambda one: one.at)


def live(stage: Stage, *, state: State, keep: Callable[[State], None], step: Callable[[], None]) -> None:
    """Let happen what has not happened yet.

    The one that was whole when an earlier run was killed, before it was noted, is refused by the product and passed by.
    """
    may_be_there = state.happened > 0
    for happening in read_story(stage)[state.happened :]:
        try:
            _let_happen(stage, happening)
        except Refused:
            if not may_be_there:
                raise
        may_be_there = False
        state.happened += 1
        state.links.update(stage.links)
        keep(state)
        step()


def _let_happen(stage: Stage, happening: Happening) -> None:
    with simulated(happening.at), nullcontext() if happening.does in IN_STEPS else transaction.atomic():
        on = legal_day(happening.at)
        actor = stage.actor(happening.who, on=on) if happening.who else ANYONE
        DOINGS[happening.does](stage, actor, happening.told, happening.at)


def _happening(stage: Stage, given: dict[str, Any]) -> Happening:
    told = {name: value for name, value in given.items() if name not in _MAIN}
    who = given.get("who", "")
    return Happening(at=stage.moment(given["ago"], given["at"]), who=who, does=given["does"], told={"of": who, **told})

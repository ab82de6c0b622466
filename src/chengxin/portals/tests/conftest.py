"""A department that has filed a little: one firm, one person, one bad row."""

from __future__ import annotations

from collections.abc import Callable

from tests.worlds import world

from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import Office, accept, ground, hand_in, market
from chengxin.intake.tests.test_main_job import BAD, FIRM, HEAD, PERSON

__all__ = ["accept", "ground", "hand_in", "market"]


@world
def filed(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Batch:
    """Return an accepted batch."""
    return accept(hand_in((HEAD + FIRM + PERSON + BAD).encode("gb18030"), market).id, market)

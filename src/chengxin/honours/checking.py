"""What stands against an honour: a serious list, or a decision that was told and is under way (核查)."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.honours.contracts import Obstacle
from chengxin.honours.drafts import PURPOSE
from chengxin.honours.queries import KEEPER
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Family

MIRRORED: Final = frozenset({"judgment_debtor"})
"""Mirror lists that bar an honour besides the serious ones."""


def find_obstacles(subject_id: UUID, *, at: datetime) -> list[Obstacle]:
    """Return what stands against a nominee by their identifier alone; which list or whose decision is not said."""
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE):
        entries = [one for one in lists.list_standing_of(subject_id) if _bars(one.kind)]
        found = {
            Obstacle.SERIOUS_LIST: any(lists.stands(one, at=at) for one in entries),
            Obstacle.OPEN_DETERMINATION: determinations.has_open(subject_id),
        }
    return [obstacle for obstacle, stands in found.items() if stands]


def _bars(kind: str) -> bool:
    return lists.get_kind(kind).family is Family.SERIOUS or kind in MIRRORED

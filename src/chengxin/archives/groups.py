"""The key groups a department supervises (重点人群): counts and completeness of what it filed, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from chengxin.access import facade as access
from chengxin.access.contracts import Deny, Resource
from chengxin.archives.occupation import MEMBER
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Group
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.records import facade as records
from chengxin.records.contracts import PartFigures

PURPOSE = "oversight"
ACTION = "quality.read"


def list_supervised(actor: Actor, *, now: datetime) -> list[Group]:
    """Return the groups that the body of an officer supervises."""
    access.require(actor, action=ACTION, resource=_groups_of(actor), purpose=PURPOSE, now=now)
    fields = set(access.get_body(actor.body).fields_of_work)
    return [group for group in catalogue.list_groups() if fields & set(group.departments)]


def _supervised(actor: Actor, *, now: datetime) -> list[Group]:
    """Return the groups an officer may open: none for a post that reads no figures, as if there were none."""
    answer = access.decide(actor, action=ACTION, resource=_groups_of(actor), purpose=PURPOSE, now=now)
    is_no_reader = isinstance(answer, Deny) and actor != ANYONE
    return [] if is_no_reader else list_supervised(actor, now=now)


def _groups_of(actor: Actor) -> Resource:
    return Resource(kind="group", body=actor.body)


@cites("SEED1/3.2", "PIPL/6")
def figures_of(actor: Actor, code: str, *, now: datetime) -> tuple[Group, Mapping[str, PartFigures]]:
    """Return the counts of a group by part; a part nobody filed is left out, and another's group looks absent."""
    group = next((one for one in _supervised(actor, now=now) if one.code == code), None)
    if group is None:
        raise Refused(Refusal(code="ABSENT", what="本单位不主管这个重点人群，或者没有这个人群。"))
    items = dict(zip(group.item_codes, group.parts, strict=True))
    with access.acting_for(actor, channel=Door.BODY, purpose=PURPOSE):
        found = records.group_figures(
            actor.body, group.item_codes, member=f"group.{group.code}.{MEMBER}", on=legal_day(now)
        )
    return group, {items[one.item]: one for one in found}

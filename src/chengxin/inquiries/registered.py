"""The register of institutions (查询机构登记): who may ask what, how much they did, when they were last looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.consents import facade as consents
from chengxin.consents.contracts import Grant
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day

KEEPER: Final = platform("consents")


@dataclass(frozen=True, kw_only=True)
class Registered:
    """One registration with what was done under it."""

    grant: Grant
    uses: int
    owed: int
    adverse: int
    last_used_at: datetime | None


def list_registered(actor: Actor, *, now: datetime) -> list[Registered]:
    """Return the registrations in an officer's area with their volume; no subject is read."""
    resource = Resource(kind="grant", area=actor.area, parties=access.credit_offices_over(actor.area))
    access.require(actor, action="grant.read", resource=resource, purpose="oversight", now=now)
    grants = consents.list_grants(on=legal_day(now), area=actor.area)
    with access.acting_for(KEEPER, channel=Channel.JOB, purpose="oversight"):
        counted = consents.count_uses({grant.body for grant in grants})
    nothing = (0, 0, 0, None)
    return [
        Registered(grant=grant, uses=uses, owed=owed, adverse=adverse, last_used_at=last)
        for grant in grants
        for uses, owed, adverse, last in [counted.get((grant.body, grant.rule), nothing)]
    ]


def list_grantees(*, now: datetime) -> list[Grant]:
    """Return who is registered for what, for everybody to read."""
    return consents.list_grants(on=legal_day(now))

"""Read restrictions: how many of one's own, those of one's body, all that run, and the public counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.database.facade import ask
from chengxin.kernel.actor import Actor, platform
from chengxin.kernel.clock import legal_day, start_of
from chengxin.looks import models
from chengxin.looks.contracts import GroundCount, Registration, Withheld
from chengxin.looks.grounds import grounds

PROCEDURE: Final = "look_restriction"
_COUNTER: Final = platform("looks")
_YEAR: Final = timedelta(days=365)
_MOST: Final = 500


def count_withheld() -> list[tuple[date, int]]:
    """Return how many looks at whoever is in the context are withheld, by month; which ones nobody learns by it."""
    return [(month, int(looks)) for month, looks in ask("select month, looks from looks_withheld_months()", [])]


def find_withheld(event_id: UUID) -> Withheld | None:
    """Return how a look was withheld, once that is over; before, row security shows its person nothing."""
    row = models.Restriction.objects.filter(event_id=event_id, approved_at__isnull=False).first()
    if row is None or row.approved_at is None:
        return None
    until = min(row.ends_on, legal_day(row.ended_at)) if row.ended_at else row.ends_on
    return Withheld(ground=row.ground, since=row.approved_at, until=until)


def list_restrictions(actor: Actor, *, now: datetime) -> list[Registration]:
    """Return what the actor's body asked to withhold, the newest first, each with its case."""
    resource = Resource(kind=PROCEDURE, body=actor.body)
    access.require(actor, action="look.list_restricted", resource=resource, purpose=PROCEDURE, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PROCEDURE):
        found = _registrations(models.Restriction.objects.filter(body=actor.body))
        return [_with_case(one) for one in found]


def list_running(actor: Actor, *, now: datetime) -> list[Registration]:
    """Return every restriction that runs, for oversight: the one that ends last comes first."""
    resource = Resource(kind=PROCEDURE, area=actor.area)
    access.require(actor, action="look.oversee_restricted", resource=resource, purpose="oversight", now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose="oversight"):
        running = models.Restriction.objects.filter(
            approved_at__isnull=False, ended_at__isnull=True, ends_on__gt=legal_day(now)
        )
        return sorted(_registrations(running), key=lambda one: (one.ends_on, one.id), reverse=True)


def count_grounds(*, now: datetime) -> Sequence[GroundCount]:
    """Return the public counts by ground: numbers, no body and no case."""
    with access.acting_for(_COUNTER, channel=Channel.JOB, purpose=PROCEDURE):
        since = start_of(legal_day(now) - _YEAR)
        found = _registrations(models.Restriction.objects.filter(approved_at__isnull=False))
    on = legal_day(now)
    counted = []
    for code in grounds():
        own = [one for one in found if one.ground == code]
        running = [one for one in own if one.runs(on)]
        counted.append(
            GroundCount(
                ground=code,
                running=len(running),
                looks=sum(one.looks for one in running),
                begun=sum(one.approved_at is not None and one.approved_at >= since for one in own),
                ended=sum(not one.runs(on) and _ended(one) >= since for one in own),
            )
        )
    return counted


def _ended(one: Registration) -> datetime:
    return one.ended_at or start_of(one.ends_on)


def _registrations(rows: QuerySet[models.Restriction]) -> list[Registration]:
    fields = ("registration_id", "body", "ground", "proposed_by", "proposed_at", "approved_by", "ends_on")
    grouped = rows.values(*fields).annotate(looks=Count("id"), approved=Min("approved_at"), ended=Max("ended_at"))
    return [
        Registration(
            id=row["registration_id"],
            body=row["body"],
            ground=row["ground"],
            looks=row["looks"],
            proposed_by=row["proposed_by"],
            proposed_at=row["proposed_at"],
            approved_by=row["approved_by"],
            approved_at=row["approved"],
            ends_on=row["ends_on"],
            ended_at=row["ended"],
        )
        for row in grouped.order_by("-registration_id")[:_MOST]
    ]


def _with_case(one: Registration) -> Registration:
    case = casework.find_latest_case(PROCEDURE, ref_id=str(one.id))
    return Registration(**{**vars(one), "case": case})

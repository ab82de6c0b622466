"""Read breaches: the desk its own, everybody the counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from dateutil.relativedelta import relativedelta

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.breaches import models
from chengxin.breaches.actions import DESK, PURPOSE, absent
from chengxin.breaches.contracts import Assessment, Breach, Lever, Quarter, Source, Stop
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import start_of
from chengxin.kernel.refusal import Refused

_AT_MOST: Final = 200


def list_breaches(actor: Actor, *, now: datetime) -> list[Breach]:
    """Return the breaches of the actor's desk, the newest first."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        rows = list(models.Incident.objects.order_by("-id")[:_AT_MOST])
        cases = casework.find_cases_by_number([row.number for row in rows])
        return [_breach(row, cases[row.number]) for row in rows]


def get_breach(actor: Actor, incident_id: UUID, *, now: datetime) -> Breach:
    """Return one breach of the actor's desk, or refuse."""
    _require(actor, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        row = models.Incident.objects.filter(id=incident_id).first()
        if row is None:
            raise Refused(absent())
        return _breach(row, casework.find_cases_by_number([row.number])[row.number])


def list_quarters(*, today: date, count: int = 4) -> list[Quarter]:
    """Return the public counts of the last quarters, the newest first: numbers only."""
    begins = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    with access.acting_for(DESK, channel=Channel.JOB, purpose=PURPOSE):
        return [_quarter(begins - relativedelta(months=3 * back)) for back in range(count)]


def _quarter(begins: date) -> Quarter:
    since, until = start_of(begins), start_of(begins + relativedelta(months=3))
    rows = models.Incident.objects.filter(opened_at__gte=since, opened_at__lt=until).order_by("id")
    found = list(rows.values_list("id", "number", "authority_on", "told_at", "waived_at"))
    states = [case.state for case in casework.find_cases_by_number([row[1] for row in found]).values()]
    persons = models.Person.objects.filter(incident_id__in=[row[0] for row in found], told_at__isnull=False)
    return Quarter(
        starts_on=begins,
        opened=len(found),
        reported=sum(row[2] is not None for row in found),
        told=sum(row[3] is not None for row in found),
        waived=sum(row[4] is not None for row in found),
        unfounded=states.count("unfounded"),
        pending=sum(state not in {"closed", "unfounded"} for state in states),
        persons_told=persons.count(),
    )


def _breach(row: models.Incident, case: Case) -> Breach:
    persons = models.Person.objects.filter(incident_id=row.id)
    stops = models.Stop.objects.filter(incident_id=row.id).order_by("id")
    return Breach(
        id=row.id,
        number=row.number,
        case_id=row.case_id,
        state=case.state,
        due_on=case.due_on,
        body=row.body,
        source=Source(row.source),
        source_ref=row.source_ref,
        found_on=row.found_on,
        opened_at=row.opened_at,
        counted=row.counted,
        listed=persons.count(),
        told=persons.filter(told_at__isnull=False).count(),
        assessment=_assessment(row.assessment),
        authority=row.authority,
        authority_ref=row.authority_ref,
        authority_on=row.authority_on,
        told_at=row.told_at,
        waived_at=row.waived_at,
        waived_because=row.waived_because,
        stops=tuple(
            Stop(lever=Lever(one.lever), reference=one.reference, at=one.at, reasons=one.reasons) for one in stops
        ),
    )


def _assessment(said: dict[str, object] | None) -> Assessment | None:
    if said is None:
        return None
    return Assessment(
        items=_codes(said["items"]),
        cause=str(said["cause"]),
        harm=_codes(said["harm"]),
        remedies=_codes(said["remedies"]),
        advice=_codes(said["advice"]),
    )


def _codes(said: object) -> tuple[str, ...]:
    return tuple(str(code) for code in said) if isinstance(said, list) else ()


def _require(actor: Actor, *, now: datetime) -> None:
    access.require(actor, action="breach.read", resource=Resource(body=actor.body), purpose=PURPOSE, now=now)

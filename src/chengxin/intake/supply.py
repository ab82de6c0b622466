"""The register of sources (来源登记): who may file what, by which doors, and what came of it; row security shows an
office only the batches of its area and a body only its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Sum

from chengxin.access import facade as access
from chengxin.access.contracts import Body, Resource, SourceRight
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import BatchState, Source, Supply
from chengxin.intake.models import Batch as BatchRow
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day, start_of
from chengxin.kernel.refusal import Refusal, Refused

PURPOSE = "oversight"
PERIOD = timedelta(days=365)


def list_sources(actor: Actor, *, now: datetime) -> list[Source]:
    """Return the source bodies inside an officer's area, by area and code, with the past year."""
    area = Resource(kind="source", area=actor.area, parties=access.credit_offices_over(actor.area))
    access.require(actor, action="source.read", resource=area, purpose=PURPOSE, now=now)
    on = legal_day(now)
    rights = access.list_source_rights(on=on, area=actor.area)
    may_file = {right.body for right in rights}
    bodies = [body for body in access.list_bodies(area=actor.area) if body.code in may_file]
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        supply = _supply([body.code for body in bodies], on=on)
    return _sources(bodies, rights, supply, on=on)


def get_source(actor: Actor, code: str, *, now: datetime) -> Source:
    """Return one source body for its own staff or an officer of its area; for others it is absent."""
    body = access.find_body(code)
    if body is None:
        raise _absent()
    access.require(actor, action="source.read", resource=resource_of("source", body), purpose=PURPOSE, now=now)
    on = legal_day(now)
    rights = access.list_source_rights(on=on, body=code)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        supply = _supply([code], on=on)
    if not rights and not supply:
        raise _absent()
    return _sources([body], rights, supply, on=on)[0]


def resource_of(kind: str, body: Body) -> Resource:
    """Return a body as what an overseer asks about."""
    return Resource(kind=kind, body=body.code, area=body.area, parties=access.credit_offices_over(body.area))


def _supply(bodies: Iterable[str], *, on: date) -> list[Supply]:
    """Sum up what bodies filed in the year that ends with a day, per item."""
    until = on + timedelta(days=1)
    sums = (
        BatchRow.objects.filter(body__in=list(bodies), uploaded_at__gte=start_of(on - PERIOD))
        .filter(uploaded_at__lt=start_of(until))
        .exclude(state=BatchState.RETURNED)
        .values("body", "item_code")
        .annotate(
            batches=Count("id"),
            last_at=Max("uploaded_at"),
            channels=ArrayAgg("channel", distinct=True),
            in_files=Sum("rows", default=0),
            settled=Sum(F("accepted") + F("corrected") + F("repeated"), default=0),
            doubtful=Sum("questioned", default=0),
            overdue=Sum("late", default=0),
        )
        .order_by("body", "item_code")
    )
    return [
        Supply(
            body=one["body"],
            item_code=one["item_code"],
            batches=one["batches"],
            rows=one["in_files"],
            accepted=one["settled"],
            questioned=one["doubtful"],
            late=one["overdue"],
            last_at=one["last_at"],
            channels=frozenset(one["channels"]),
        )
        for one in sums
    ]


def _sources(bodies: list[Body], rights: list[SourceRight], supply: list[Supply], *, on: date) -> list[Source]:
    doors = {
        "page": access.bodies_with_role(Role.CLERK, on=on),
        "api": access.bodies_with_program("batch.upload"),
    }
    return [
        Source(
            body=body,
            rights=tuple(right for right in rights if right.body == body.code),
            supply=tuple(one for one in supply if one.body == body.code),
            doors=frozenset(door for door, opened in doors.items() if body.code in opened),
        )
        for body in bodies
    ]


def _absent() -> Refused:
    return Refused(Refusal(code="ABSENT", what="没有这个来源单位。", next_step="请从来源登记重新选择。"))

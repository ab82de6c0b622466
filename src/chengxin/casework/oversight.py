"""Read the figures: those of service for everybody, the rest for who oversees an area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from chengxin.access.contracts import Resource
from chengxin.access.facade import acting_for, credit_offices_over, list_bodies, require
from chengxin.casework import models, queries
from chengxin.casework.contracts import Case, Outcome
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused

PURPOSE: Final = "oversight"


@dataclass(frozen=True, kw_only=True)
class Service:
    """What a body did in a procedure since a day (办理绩效)."""

    body: str
    procedure: str
    counted_at: datetime
    since_on: date
    received: int
    decided: int
    on_time: int
    overdue: int
    reviewed: int
    overturned: int
    median_workdays: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Officer:
    """How often an officer confirmed a colleague's proposal, and sent one back."""

    body: str
    procedure: str
    actor_key: str
    confirmed: int
    sent_back: int


def list_service() -> list[Service]:
    """Return the figures that say something, the bodies with overdue cases first; everybody may read them."""
    with acting_for(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"):
        rows = models.ServiceFigure.objects.order_by("-overdue", "body", "procedure")
        return [
            Service(**{name: getattr(row, name) for name in Service.__dataclass_fields__})
            for row in rows
            if row.received or row.decided or row.overdue or row.reviewed
        ]


def list_outcomes(procedure: str, *, alike: Sequence[str] = ()) -> list[Outcome]:
    """Return how like cases ended, per body, inside the context of a member of staff; `alike` keeps to one kind."""
    rows = models.OutcomeFigure.objects.filter(procedure=procedure, cases__gt=0).order_by("alike", "body", "state")
    if alike:
        rows = rows.filter(alike="|".join(alike))
    return [Outcome(alike=tuple(row.alike.split("|")), body=row.body, state=row.state, cases=row.cases) for row in rows]


def list_outcomes_for(actor: Actor, procedure: str, *, now: datetime) -> list[Outcome]:
    """Return how like cases ended across bodies, for who oversees."""
    _require(actor, now=now)
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        return list_outcomes(procedure)


def list_officers(actor: Actor, *, now: datetime) -> list[Officer]:
    """Return the confirm rates of the officers inside an overseer's area, the most even-handed last."""
    _require(actor, now=now)
    inside = [body.code for body in list_bodies(area=actor.area)]
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        rows = models.OfficerFigure.objects.filter(body__in=inside).order_by("body", "procedure", "actor_key")
        return [
            Officer(
                body=row.body,
                procedure=row.procedure,
                actor_key=row.actor_key,
                confirmed=row.confirmed,
                sent_back=row.sent_back,
            )
            for row in rows
            if row.confirmed or row.sent_back
        ]


def list_escalated(actor: Actor, *, now: datetime) -> list[Case]:
    """Return the overdue cases of other bodies that came before the actor's body, the longest overdue first."""
    _require(actor, now=now)
    with acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        rows = models.Case.objects.filter(
            is_closed=False,
            escalated_at__isnull=False,
            due_on__lt=legal_day(now),
            parties__contains=[actor.body],
        ).exclude(body=actor.body)
        return [queries.case_of(row) for row in rows.order_by("due_on", "id")[:200]]


def list_decided_alike(case: Case, *, alike: Sequence[str], limit: int = 5) -> list[tuple[Case, str]]:
    """Return the latest closed cases with the same facts that the reader may see, each with its last reasons."""
    same = {f"facts__{name}": case.facts.get(name) for name in alike}
    rows = models.Case.objects.filter(procedure=case.procedure, is_closed=True, body=case.body, **same)
    cases = [queries.case_of(row) for row in rows.exclude(id=case.id).order_by("-closed_at", "-id")[:limit]]
    steps = models.Step.objects.filter(case_id__in=[one.id for one in cases]).exclude(reasons="")
    reasons = dict(steps.order_by("case_id", "-place").distinct("case_id").values_list("case_id", "reasons"))
    return [(one, reasons.get(one.id, "")) for one in cases]


def _require(actor: Actor, *, now: datetime) -> None:
    if actor == ANYONE:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以查看本地区的办理情况。"))
    area = Resource(kind="service", area=actor.area, parties=credit_offices_over(actor.area))
    require(actor, action="service.oversee", resource=area, purpose=PURPOSE, now=now)

"""Read alerts, samples and counts for those who may."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

from dateutil.relativedelta import relativedelta

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.misuse import models
from chengxin.misuse.actions import DETECTION, DETECTOR, HANDLING, legal_start
from chengxin.misuse.contracts import Alert, Quarter, Sample

_AT_MOST: Final = 200
_CONFIRMED: Final = frozenset({"confirmed", "appealed", "upheld"})


def list_alerts(actor: Actor, *, now: datetime) -> list[Alert]:
    """Return the alerts of the actor's area, newest first."""
    access.require(actor, action="misuse.read", resource=Resource(area=actor.area), purpose=HANDLING, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING):
        rows = list(models.Alert.objects.filter(area__startswith=actor.area).order_by("-id")[:_AT_MOST])
    return _alerts(rows)


def get_alert(actor: Actor, alert_id: UUID, *, now: datetime) -> Alert:
    """Return one alert of the actor's area."""
    found = [alert for alert in list_alerts(actor, now=now) if alert.id == alert_id]
    if not found:
        raise Refused(Refusal(code="ABSENT", what="没有找到，或者您无权查看。", next_step="请核对编号。"))
    return found[0]


def list_own_alerts(actor: Actor) -> list[Alert]:
    """Return the alerts about the actor's own looks; what was noticed, never whom it was about."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        rows = list(models.Alert.objects.filter(clerk_key=actor.key).order_by("-id")[:_AT_MOST])
    return _alerts(rows)


def list_samples(actor: Actor, *, now: datetime) -> list[Sample]:
    """Return the sampled looks the actor's body is to review, open ones first."""
    access.require(actor, action="misuse.review", resource=Resource(area=actor.area), purpose=HANDLING, now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=HANDLING):
        rows = list(
            models.Sample.objects.filter(reviewer_body=actor.body).order_by("outcome", "looked_at", "id")[:_AT_MOST]
        )
    return [
        Sample(
            id=row.id,
            month=row.month,
            event_id=row.event_id,
            body=row.body,
            looked_at=row.looked_at,
            purpose=row.purpose,
            reference=row.reference,
            categories=(),
            reviewer_body=row.reviewer_body,
            outcome=row.outcome,
            reasons=row.reasons,
            reviewed_at=row.reviewed_at,
        )
        for row in rows
    ]


def list_persons(case_number: str) -> list[UUID]:
    """Return whom the looks behind an alert were at, once each; the detection asks."""
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        hits = models.Hit.objects.filter(alert__case_number=case_number)
        return sorted(set(hits.values_list("subject_id", flat=True)))


def count_conflicts(actor: Actor) -> int:
    """Return how many conflicts the actor has declared; whom, nobody can read."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING):
        return models.Mark.objects.filter(owner_key=actor.key, kind="conflict", ended_at__isnull=True).count()


def list_quarters(*, today: date, count: int = 4) -> list[Quarter]:
    """Return the public counts of the last quarters, newest first: numbers only."""
    begins = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        return [_quarter(begins - relativedelta(months=3 * back)) for back in range(count)]


def _quarter(begins: date) -> Quarter:
    since, until = legal_start(begins), legal_start(begins + relativedelta(months=3))
    alerts = models.Alert.objects.filter(opened_at__gte=since, opened_at__lt=until)
    numbers = list(alerts.order_by("id").values_list("case_number", flat=True))
    states = [case.state for case in casework.find_cases_by_number(numbers).values()]
    samples = models.Sample.objects.filter(reviewed_at__gte=since, reviewed_at__lt=until)
    days = models.Round.objects.filter(day__gte=begins, day__lt=begins + relativedelta(months=3))
    return Quarter(
        starts_on=begins,
        looks=sum(days.values_list("looks", flat=True)),
        alerts=len(numbers),
        cleared=states.count("cleared"),
        confirmed=sum(state in _CONFIRMED for state in states),
        pending=sum(state not in _CONFIRMED and state != "cleared" for state in states),
        reviewed=samples.count(),
        doubtful=samples.filter(outcome="doubtful").count(),
    )


def _alerts(rows: list[models.Alert]) -> list[Alert]:
    """Join the state of each case and the numbers behind it, read as the detection."""
    with access.acting_for(DETECTOR, channel=Channel.JOB, purpose=DETECTION):
        cases = casework.find_cases_by_number([row.case_number for row in rows])
        return [
            Alert(
                id=row.id,
                clerk_key=row.clerk_key,
                body=row.body,
                area=row.area,
                opened_at=row.opened_at,
                case_id=row.case_id,
                case_number=row.case_number,
                case_state=cases[row.case_number].state,
                patterns=tuple(row.patterns),
                looks=models.Hit.objects.filter(alert_id=row.id).count(),
                persons=models.Hit.objects.filter(alert_id=row.id).values("subject_id").distinct().count(),
                explanation=row.explanation,
                explained_at=row.explained_at,
                slowed_until=row.slowed_until,
            )
            for row in rows
        ]

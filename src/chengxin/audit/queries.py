"""Read events for those who may."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from chengxin.audit.contracts import Look, LookDay, LookFilter, Side
from chengxin.audit.models import Event
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import BEIJING

ALL: Final = LookFilter()
_OWN: Final = Q(channel="self") | Q(body="", role__contains="citizen")
"""`Look.is_own`, as the database asks it."""
_MOST_DAYS: Final = 5_000


def list_looks(
    subject_id: UUID, *, limit: int = 50, before: UUID | None = None, offset: int = 0, chosen: LookFilter = ALL
) -> list[Look]:
    """Return who looked at a subject (谁看过我), newest first; row security shows a person only their own."""
    events = _chosen(subject_id, chosen)
    if before is not None:
        events = events.filter(id__lt=before)
    return [_look(event) for event in events.order_by("-id")[offset : offset + limit]]


def find_look(subject_id: UUID, event_id: UUID) -> Look | None:
    """Return one look at a subject, or None."""
    event = Event.objects.filter(subject_id=subject_id, id=event_id).first()
    return _look(event) if event else None


def count_looks(subject_id: UUID, *, chosen: LookFilter = ALL) -> int:
    """Return how many looks at a subject are on record."""
    return _chosen(subject_id, chosen).count()


def list_look_days(subject_id: UUID, *, chosen: LookFilter) -> list[LookDay]:
    """Return the looks counted by legal day, body, purpose and outcome, oldest first."""
    own = Case(When(_OWN, then=Value(True)), default=Value(False), output_field=BooleanField())
    by = ("day", "body", "purpose", "outcome", "is_own")
    rows = _chosen(subject_id, chosen).annotate(day=TruncDate("at", tzinfo=BEIJING), is_own=own).values(*by)
    return [LookDay(**row) for row in rows.annotate(count=Count("id")).order_by(*by)[:_MOST_DAYS]]


def count_kinds(subject_id: UUID, *, chosen: LookFilter) -> dict[str, int]:
    """Return how many looks and acts there were of each kind."""
    rows = _chosen(subject_id, chosen).values("kind").annotate(count=Count("id")).order_by("kind")
    return {row["kind"]: row["count"] for row in rows}


def list_askers(subject_id: UUID) -> list[tuple[str, str]]:
    """Return each body and purpose that occurs among the looks of others at a subject."""
    others = Event.objects.filter(subject_id=subject_id).exclude(_OWN)
    return list(others.order_by("body", "purpose").values_list("body", "purpose").distinct())


def _chosen(subject_id: UUID, chosen: LookFilter) -> QuerySet[Event]:
    events = Event.objects.filter(subject_id=subject_id)
    asked = {"at__gte": chosen.since, "at__lt": chosen.until, "body": chosen.body}
    asked |= {"purpose": chosen.purpose, "outcome": chosen.outcome, "reference": chosen.reference}
    events = events.filter(**{name: value for name, value in asked.items() if value})
    if chosen.apart:
        events = events.exclude(purpose__in=chosen.apart)
    if chosen.side:
        events = events.filter(_OWN) if chosen.side == Side.OWN else events.exclude(_OWN)
    return events


def _look(event: Event) -> Look:
    return Look(
        event_id=event.id,
        at=event.at,
        kind=event.kind,
        body=event.body,
        role=event.role,
        purpose=event.purpose,
        basis=tuple(event.basis),
        categories=tuple(event.categories),
        outcome=event.outcome,
        count=event.count,
        reason=event.reason,
        channel=event.channel,
        reference=event.reference,
        representative=event.actor_key if event.role.startswith(Role.REPRESENTATIVE) else "",
    )

"""Read events for those who may."""

from __future__ import annotations

from uuid import UUID

from chengxin.audit.contracts import Look
from chengxin.audit.models import Event


def list_looks(subject_id: UUID, *, limit: int = 50, before: UUID | None = None) -> list[Look]:
    """Return who looked at a subject (谁看过我), newest first; row security shows a person only their own."""
    events = Event.objects.filter(subject_id=subject_id)
    if before is not None:
        events = events.filter(id__lt=before)
    return [
        Look(
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
        )
        for event in events.order_by("-id")[:limit]
    ]


def count_looks(subject_id: UUID) -> int:
    """Return how many looks at a subject are on record."""
    return Event.objects.filter(subject_id=subject_id).count()

"""Read notices; row security shows each its own."""

from __future__ import annotations

from django.db.models import QuerySet

from chengxin.kernel.actor import Actor
from chengxin.notices import models
from chengxin.notices.contracts import Notice


def list_for(actor: Actor, *, limit: int = 50, offset: int = 0) -> list[Notice]:
    """Return the notices served on the actor's subject or body, newest first."""
    return [notice_of(row) for row in _addressed(actor).order_by("-id")[offset : offset + limit]]


def list_about(reference: str) -> list[Notice]:
    """Return the notices of a case or document that the actor may see, oldest first."""
    return [notice_of(row) for row in models.Notice.objects.filter(reference=reference).order_by("id")]


def count_unread(actor: Actor) -> int:
    """Return how many of them have not been opened."""
    return _addressed(actor).filter(read_at__isnull=True).count()


def notice_of(row: models.Notice) -> Notice:
    """Return the value of a row."""
    return Notice(
        id=row.id,
        to_subject=row.subject_id,
        to_body=row.body,
        sender_body=row.sender_body,
        kind=row.kind,
        text=row.text_code,
        parameters=row.parameters,
        reference=row.reference,
        channel=row.channel,
        served_at=row.served_at,
        proof=row.proof,
        read_at=row.read_at,
    )


def _addressed(actor: Actor) -> QuerySet[models.Notice]:
    if actor.subject_id is not None:
        return models.Notice.objects.filter(subject_id=actor.subject_id)
    if actor.body:
        return models.Notice.objects.filter(body=actor.body)
    return models.Notice.objects.none()

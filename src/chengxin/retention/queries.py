"""Read the list of what was destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.retention import models
from chengxin.retention.actions import PURPOSE, SWEEPER
from chengxin.retention.contracts import Destruction


def list_destroyed(actor: Actor, *, now: datetime, limit: int, offset: int = 0) -> tuple[list[Destruction], int]:
    """Return what was destroyed, the newest first, and how much there is in all; for oversight."""
    access.require(actor, action="audit.read", resource=Resource(area=actor.area), purpose="audit", now=now)
    with access.acting_for(actor, channel=Channel.OFFICE, purpose="audit"):
        rows = models.Destruction.objects.order_by("-destroyed_at", "id")
        found = [
            Destruction(kind=row.kind, reference=row.reference, files=row.files, destroyed_at=row.destroyed_at)
            for row in rows[offset : offset + limit]
        ]
        return found, rows.count()


def count_destroyed() -> Mapping[str, int]:
    """Return how many things of each kind were destroyed so far: numbers only."""
    with access.acting_for(SWEEPER, channel=Channel.JOB, purpose=PURPOSE):
        counted = models.Destruction.objects.values("kind").annotate(count=Count("id")).order_by("kind")
        return {str(row["kind"]): int(row["count"]) for row in counted}

"""Let every consent of a person rest at once (本人冻结), and let it work again: no consent is lost by it.

To an institution a query under a freeze is refused like one without a live consent; the person sees each attempt.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.consents import models
from chengxin.consents.actions import OWN, own_subject
from chengxin.consents.contracts import Ground
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id

CATEGORY = "consents.freeze"


def freeze(actor: Actor, *, now: datetime) -> None:
    """Let all one's consents rest (冻结): it counts from the commit, and a disclosure that runs is over by then."""
    subject_id = own_subject(actor, action="consent.freeze", now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=OWN):
        try:
            with transaction.atomic():
                models.Freeze.objects.create(id=new_id(now), subject_id=subject_id, began_at=now)
        except IntegrityError:
            return
        # Whoever discloses under a consent holds its row: wait for each, then nobody misses this freeze.
        live = models.Authorisation.objects.filter(subject_id=subject_id, ground=Ground.CONSENT, revoked_at=None)
        list(live.select_for_update().order_by("id").values_list("id"))
        _record(Kind.REVOKE, subject_id, actor=actor, now=now)


def lift_freeze(actor: Actor, *, now: datetime) -> None:
    """Let one's consents work again (解冻)."""
    subject_id = own_subject(actor, action="consent.lift_freeze", now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=OWN):
        if models.Freeze.objects.filter(subject_id=subject_id, lifted_at=None).update(lifted_at=now):
            _record(Kind.CONSENT, subject_id, actor=actor, now=now)


def frozen_since(actor: Actor, *, now: datetime) -> datetime | None:
    """Return since when one's own consents rest, or None."""
    subject_id = own_subject(actor, action="consent.read_own", now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=OWN):
        row = models.Freeze.objects.filter(subject_id=subject_id, lifted_at=None).first()
    return row.began_at if row else None


def is_frozen(subject_id: UUID) -> bool:
    """Tell whether the consents of a subject rest, inside the query that would use one."""
    return models.Freeze.objects.filter(subject_id=subject_id, lifted_at=None).exists()


def frozen_among(subject_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return whose consents rest, inside the platform's own look at what it watches for."""
    found = models.Freeze.objects.filter(subject_id__in=list(subject_ids), lifted_at=None)
    return frozenset(found.values_list("subject_id", flat=True))


def _record(kind: Kind, subject_id: UUID, *, actor: Actor, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=kind,
            actor=actor,
            at=now,
            purpose=OWN,
            channel=Channel.SELF,
            subject_id=subject_id,
            categories=(CATEGORY,),
            basis=("PIPL/44",),
        )
    )

"""Clear a hit (排除命中): a named officer says why it is somebody else; of a proposed block, two do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event
from chengxin.audit.contracts import Kind as EventKind
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.matching import models
from chengxin.matching.actions import screen
from chengxin.matching.contracts import Asked, Clearance, Hit
from chengxin.matching.rules import PURPOSE, clearance_ends
from chengxin.screening.contracts import Action, Kind, Query

LONGEST: Final = 1000


def clear(actor: Actor, *, purpose: str, query: Query, entry_id: UUID, reasons: str, now: datetime) -> Clearance:
    """Clear one hit of a query, which is matched again first: what is cleared is what an officer saw."""
    resource = Resource(kind="clearance", body=actor.body)
    access.require(actor, action="match.clear", resource=resource, purpose=PURPOSE, now=now)
    _require_reasons(reasons)
    (row,) = screen(actor, Asked(purpose=purpose, queries=[query]), now=now).rows
    hit = next((one for one in row.hits if one.entry_id == entry_id), None)
    if hit is None:
        raise Refused(Refusal(code="MATCH-NO-HIT", what="这一条没有命中，不用排除。", next_step="请重新比对。"))
    if hit.cleared_until is not None:
        raise Refused(Refusal(code="MATCH-CLEARED", what="这一条已经排除。", next_step="不用再次排除。"))
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        cleared = _write(actor, query, hit, reasons=reasons, now=now)
        _tell(actor, cleared, subject_id=hit.subject_id, now=now)
    return _value(cleared)


def confirm(actor: Actor, clearance_id: UUID, *, now: datetime) -> None:
    """Confirm another officer's clearance of a proposed block."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = _standing(clearance_id)
        resource = Resource(kind="clearance", body=row.body, proposed_by=row.proposed_by)
        access.require(actor, action="match.confirm", resource=resource, purpose=PURPOSE, now=now)
        if not row.needs_second or row.confirmed_at is not None:
            raise Refused(_absent())
        row.confirmed_by, row.confirmed_at = actor.key, now
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        _tell(actor, row, subject_id=row.subject_id, now=now)


def withdraw(actor: Actor, clearance_id: UUID, *, now: datetime) -> None:
    """Take a clearance of one's own body back."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE), transaction.atomic():
        row = _standing(clearance_id)
        resource = Resource(kind="clearance", body=row.body)
        access.require(actor, action="match.clear", resource=resource, purpose=PURPOSE, now=now)
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        _tell(actor, row, subject_id=row.subject_id, now=now)


def list_clearances(actor: Actor, *, now: datetime, limit: int = 50) -> Sequence[Clearance]:
    """Return the clearances of the actor's body that stand, those that wait for a second officer first."""
    resource = Resource(kind="clearance", body=actor.body)
    access.require(actor, action="match.read", resource=resource, purpose=PURPOSE, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = models.Clearance.objects.filter(
            body=actor.body, withdrawn_at__isnull=True, ends_on__gt=legal_day(now)
        ).order_by("-proposed_at", "-id")[:limit]
        return sorted((_value(row) for row in rows), key=lambda one: one.holds)


def _write(actor: Actor, query: Query, hit: Hit, *, reasons: str, now: datetime) -> models.Clearance:
    return models.Clearance.objects.create(
        id=new_id(now),
        body=actor.body,
        list=hit.list,
        entry_id=hit.entry_id,
        subject_id=hit.subject_id,
        query_tag=hit.query_tag,
        entry_tag=hit.entry_tag,
        asked_name=query.name[:200] if query.kind == Kind.ENTERPRISE else "",
        rule=hit.rule,
        needs_second=hit.action is Action.BLOCK_PROPOSED,
        reasons=reasons.strip(),
        proposed_by=actor.key,
        proposed_at=now,
        ends_on=clearance_ends(legal_day(now), pack=settings.LAW_PACK).ends_on,
    )


def _tell(actor: Actor, row: models.Clearance, *, subject_id: UUID, now: datetime) -> None:
    audit.record_event(
        Event(
            kind=EventKind.DECIDE,
            actor=actor,
            at=now,
            purpose=PURPOSE,
            channel=Channel.BODY,
            subject_id=subject_id,
            reference=str(row.id),
            reason="match_not_subject" if row.withdrawn_at is None else "match_taken_back",
        )
    )


def _standing(clearance_id: UUID) -> models.Clearance:
    found = models.Clearance.objects.select_for_update().filter(pk=clearance_id, withdrawn_at__isnull=True)
    row = found.first()
    if row is None:
        raise Refused(_absent())
    return row


def _require_reasons(reasons: str) -> None:
    if not reasons.strip() or len(reasons) > LONGEST:
        raise Refused(
            Refusal(
                code="MATCH-REASONS",
                what="请写明为什么不是同一主体，最多1000字。",
                why="排除由具名的经办人负责。",
                next_step="例如核对了哪一份证件。",
                field="reasons",
            )
        )


def _value(row: models.Clearance) -> Clearance:
    return Clearance(
        id=row.id,
        body=row.body,
        list=row.list,
        entry_id=row.entry_id,
        asked_name=row.asked_name,
        rule=row.rule,
        needs_second=row.needs_second,
        reasons=row.reasons,
        proposed_by=row.proposed_by,
        proposed_at=row.proposed_at,
        confirmed_at=row.confirmed_at,
        ends_on=row.ends_on,
        withdrawn_at=row.withdrawn_at,
    )


def _absent() -> Refusal:
    return Refusal(code="ABSENT", what="没有找到这次排除，或者不用确认。", next_step="请从列表重新选择。")

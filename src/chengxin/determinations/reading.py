"""Read determinations: those of one's body, those about oneself, one with its course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Step
from chengxin.database.contracts import Channel
from chengxin.determinations import models
from chengxin.determinations.actions import absent, may_read_own, own_row, require_handling
from chengxin.determinations.contracts import Determination
from chengxin.determinations.drafts import PURPOSE, open_drafts
from chengxin.determinations.rules import Remedies, remedies_of, statement_until
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One determination in a list: no word of its content."""

    id: UUID
    number: str
    item_code: str
    body: str
    case: Case
    drafted_at: datetime


@dataclass(frozen=True, kw_only=True)
class Course:
    """One determination with its case, its days and what undid it."""

    found: Determination
    case: Case
    steps: Sequence[Step]
    statement_by: date | None
    remedies: Remedies | None
    undo: Case | None


def list_of_body(actor: Actor, *, limit: int, offset: int) -> list[Listed]:
    """Return the determinations of the actor's body, newest first."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = models.Determination.objects.filter(body=actor.body).order_by("-id")[offset : offset + limit]
        return [_listed(row, actor) for row in rows]


def count_of_body(actor: Actor) -> int:
    """Return how many determinations the actor's body has drafted."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        return models.Determination.objects.filter(body=actor.body).count()


def list_own(actor: Actor, *, now: datetime) -> list[Listed]:
    """Return what was intended or determined about the subject who asks, newest first."""
    may_read_own(actor, now=now)
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        rows = models.Determination.objects.filter(subject_id=actor.subject_id).order_by("-id")
        return [_listed(row, actor) for row in rows]


def open_of_body(actor: Actor, determination_id: UUID, *, now: datetime) -> Course:
    """Return one determination of the actor's body with its draft; its subject sees this look."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = models.Determination.objects.filter(id=determination_id).first()
        if row is None:
            raise Refused(absent())
        basis = require_handling(actor, row, now=now)
        return _course(row, actor, channel=Channel.BODY, basis=basis, now=now)


def open_own(actor: Actor, number: str, *, now: datetime) -> Course:
    """Return one determination about the subject who asks."""
    row = own_row(actor, number, now=now)
    basis = may_read_own(actor, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        return _course(row, actor, channel=Channel.SELF, basis=basis, now=now)


def find_entered(number: str, *, body: str) -> tuple[UUID, UUID] | None:
    """Return (subject, record) of an entered decision of a body by its number, inside its context, or None."""
    row = models.Determination.objects.filter(number=number, body=body, record_id__isnull=False).first()
    return (row.subject_id, row.record_id) if row is not None and row.record_id is not None else None


def has_open(subject_id: UUID) -> bool:
    """Tell whether a decision about a subject was told to it and is under way, inside the platform's own context."""
    told = models.Determination.objects.filter(subject_id=subject_id, noticed_on__isnull=False)
    found = casework.find_cases_by_number(list(told.values_list("number", flat=True)))
    return any(not case.is_closed for case in found.values())


def _course(
    row: models.Determination, actor: Actor, *, channel: Channel, basis: tuple[str, ...], now: datetime
) -> Course:
    (found,) = open_drafts([row], actor=actor, channel=channel, basis=basis, now=now)
    pack = settings.LAW_PACK
    return Course(
        found=found,
        case=casework.access_case(row.case_id, actor=actor),
        steps=casework.timeline(row.case_id, actor=actor),
        statement_by=statement_until(row.noticed_on, pack=pack) if row.noticed_on else None,
        remedies=remedies_of(row.served_on, pack=pack) if row.served_on else None,
        undo=casework.access_case(row.undo_case_id, actor=actor) if row.undo_case_id else None,
    )


def _listed(row: models.Determination, actor: Actor) -> Listed:
    return Listed(
        id=row.id,
        number=row.number,
        item_code=row.item_code,
        body=row.body,
        case=casework.access_case(row.case_id, actor=actor),
        drafted_at=row.drafted_at,
    )

"""Read one's own objections with all their course; row security shows each its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.objections import models
from chengxin.objections.actions import PURPOSE, absent, get_own_record, list_about, origin_of, own_side
from chengxin.objections.content import open_own_words
from chengxin.objections.contracts import OBJECTION, REVIEW, OwnCase
from chengxin.records import facade as records
from chengxin.records.contracts import Record


def list_own(actor: Actor, *, now: datetime) -> list[Case]:
    """Return one's own objections and reviews, the newest first."""
    me, subject_id = own_side(actor, now=now)
    with access.acting_for(me, channel=Door.SELF, purpose=PURPOSE):
        return list_about(subject_id)


def own_line(actor: Actor, record_id: UUID, *, now: datetime) -> tuple[Record, Case | None]:
    """Return one of one's own records without its content, and the open objection to it if there is one."""
    me, subject_id = own_side(actor, now=now)
    with access.acting_for(me, channel=Door.SELF, purpose=PURPOSE):
        record = get_own_record(subject_id, record_id, now=now)
        standing = [case for case in list_about(subject_id, record_id) if not case.is_closed]
    return record, next(iter(standing), None)


def own_case(actor: Actor, number: str, *, now: datetime) -> OwnCase:
    """Return one's own objection or review by its number, with steps, deadline, words, and who was told."""
    me, subject_id = own_side(actor, now=now)
    with access.acting_for(me, channel=Door.SELF, purpose=PURPOSE):
        case = casework.find_case(number, actor=me)
        if case is None or case.procedure not in {OBJECTION, REVIEW}:
            raise absent()
        row = models.Objection.objects.filter(case_id=origin_of(case)).first()
        words = models.Objection.objects.filter(case_id=case.id)
        procedure = casework.get_procedure(case.procedure, version=case.procedure_version)
        told = records.list_told(subject_id, UUID(case.ref.id))
        return OwnCase(
            case=case,
            steps=casework.timeline(case.id, actor=me),
            papers=casework.papers_of(case.id),
            deadline=None if case.is_closed else casework.deadline_of(case, procedure, on=legal_day(now)),
            said=open_own_words(me, list(words), reference=case.number, now=now),
            origin=casework.access_case(origin_of(case), actor=me),
            review=_review_of(case, row, actor=me),
            review_until=row.review_until if row and case.is_closed and row.review_case_id is None else None,
            told=[one for one in told if one.told_at >= case.opened_at],
            recipients=len({one.recipient for one in records.list_received(subject_id, UUID(case.ref.id))}),
        )


def lapsed_windows(*, now: datetime) -> Sequence[models.Objection]:
    """Return the objections whose time for a review has passed while their mark stands; the platform asks."""
    rows = models.Objection.objects.filter(
        review_until__lt=legal_day(now), mark_lifted_at__isnull=True, review_case_id__isnull=True
    )
    return list(rows.select_for_update(skip_locked=True).order_by("review_until", "case_id")[:500])


def _review_of(case: Case, row: models.Objection | None, *, actor: Actor) -> Case | None:
    if row is None or row.review_case_id is None or row.review_case_id == case.id:
        return None
    return casework.access_case(row.review_case_id, actor=actor)

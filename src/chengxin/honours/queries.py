"""Read honours under row security; whether an award still stands is asked of its record each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Step
from chengxin.database.contracts import Channel
from chengxin.honours import models
from chengxin.honours.contracts import Answer, Letter, Nomination, Obstacle, Outcome, Standing, Way
from chengxin.honours.drafts import PURPOSE, Draft, open_draft
from chengxin.honours.rules import ABSENT, standing_of
from chengxin.kernel.actor import ANYONE, Actor, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Outlet

KEEPER: Final = platform("honours")
REVIEW: Final = "honour_review"
_MOST: Final = 200


@dataclass(frozen=True, kw_only=True)
class Course:
    """A nomination as its body or its nominee sees it: draft, case, steps, and the review that is open or was last."""

    found: Nomination
    draft: Draft | None
    case: Case
    steps: list[Step]
    review: Case | None
    review_steps: list[Step]


def find_public(number: str, *, now: datetime) -> Nomination | None:
    """Return what everybody may know of an honour by its number; one whose nominee is unnamed carries no name."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE, case_ref=number):
        rows = list(models.Nomination.objects.filter(number=number))
    return next(iter(nominations_of(rows, now=now)), None)


def list_public(*, kind: str = "", persons: bool | None = None, now: datetime) -> list[Nomination]:
    """Return who is named in public notice or as honoured now, the newest first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE):
        chosen = models.Nomination.objects.exclude(shown_name="").filter(withdrawn_at__isnull=True)
        chosen = chosen.filter(kind=kind) if kind else chosen
        chosen = chosen.filter(is_person=persons) if persons is not None else chosen
        rows = list(chosen.order_by("-notice_from", "-id")[:_MOST])
    shown = {Standing.NOTICED, Standing.AWARDED}
    return [one for one in nominations_of(rows, now=now) if one.standing in shown]


def list_own(actor: Actor, *, now: datetime) -> list[Nomination]:
    """Return what the subject who asks is nominated for and was honoured with."""
    subject_id = own_subject(actor, action="honour.read_own", now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        rows = list(models.Nomination.objects.filter(subject_id=subject_id).order_by("-id")[:_MOST])
    return nominations_of(rows, now=now)


def open_own(actor: Actor, number: str, *, now: datetime) -> Course:
    """Return one's own nomination with its deeds and its course."""
    subject_id = own_subject(actor, action="honour.read_own", now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE):
        row = only(models.Nomination.objects.filter(number=number, subject_id=subject_id))
        draft = open_draft(row, actor=actor, channel=Channel.SELF, basis=("PIPL/44",), now=now)
        course = _course_of(row, draft, actor=actor)
    return course(found=nominations_of([row], now=now)[0])


def list_of_body(actor: Actor, *, now: datetime) -> list[Nomination]:
    """Return the nominations of the actor's body, the newest first."""
    require_handling(actor, body=actor.body, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        rows = list(models.Nomination.objects.filter(body=actor.body).order_by("-id")[:_MOST])
    return nominations_of(rows, now=now)


def open_of_body(actor: Actor, nomination_id: UUID, *, now: datetime) -> Course:
    """Return a nomination of the actor's body with its draft; its nominee sees this look."""
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = only(models.Nomination.objects.filter(id=nomination_id, body=actor.body))
        basis = require_handling(actor, body=row.body, now=now)
        draft = open_draft(row, actor=actor, channel=Channel.BODY, basis=basis, now=now)
        course = _course_of(row, draft, actor=actor)
    return course(found=nominations_of([row], now=now)[0])


def list_letters(actor: Actor, *, nomination_id: UUID | None = None, now: datetime) -> list[Letter]:
    """Return the objections against a nomination of the actor's body, or the proposals it received."""
    require_handling(actor, body=actor.body, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        way = Way.OBJECTION if nomination_id else Way.PROPOSAL
        rows = models.Letter.objects.filter(body=actor.body, way=way, nomination_id=nomination_id)
        return [letter_of(row) for row in rows.order_by("-id")[:_MOST]]


def get_letter(actor: Actor, letter_id: UUID, *, now: datetime) -> Letter:
    """Return a letter to the actor's body, or refuse as if there were none."""
    require_handling(actor, body=actor.body, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=PURPOSE):
        row = models.Letter.objects.filter(id=letter_id, body=actor.body).first()
        if row is None:
            raise Refused(ABSENT)
        return letter_of(row)


def find_letter(number: str) -> Letter | None:
    """Return what became of a letter to whoever holds its number; its words are not said again."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=PURPOSE, case_ref=number):
        row = models.Letter.objects.filter(number=number).defer("text").first()
        return letter_of(row, text="") if row else None


def letter_of(row: models.Letter, *, text: str | None = None) -> Letter:
    """Return a letter as others see it."""
    return Letter(
        id=row.id,
        number=row.number,
        way=Way(row.way),
        kind=row.kind,
        body=row.body,
        text=row.text if text is None else text,
        from_body=row.from_body,
        sent_at=row.sent_at,
        outcome=Outcome(row.outcome),
        reply=row.reply,
    )


def nominations_of(rows: Iterable[models.Nomination], *, now: datetime) -> list[Nomination]:
    """Return rows as others see them, each with its standing now; call it outside of any context."""
    rows = list(rows)
    awarded = [(row.subject_id, row.record_id) for row in rows if row.record_id is not None]
    usable = set()
    if awarded:
        with access.acting_for(KEEPER, channel=Channel.JOB, purpose=PURPOSE):
            found = records.list_by_ids(awarded)
            usable = {one.record_id for one in found if records.usable(one, channel=Outlet.LISTED, at=now)}
    return [_value(row, is_usable=row.record_id in usable, now=now) for row in rows]


def _value(row: models.Nomination, *, is_usable: bool, now: datetime) -> Nomination:
    standing = standing_of(
        notice_from=row.notice_from,
        is_entered=row.record_id is not None,
        valid_until=row.valid_until,
        is_closed=row.closed_at is not None,
        is_withdrawn=row.withdrawn_at is not None,
        is_usable=is_usable,
        on=legal_day(now),
    )
    return Nomination(
        id=row.id,
        number=row.number,
        kind=row.kind,
        body=row.body,
        subject_id=row.subject_id,
        is_person=row.is_person,
        case_id=row.case_id,
        answer=Answer(row.answer),
        shown_name=row.shown_name,
        shown_story=row.shown_story,
        visited_on=row.visited_on,
        checked_on=row.checked_on,
        obstacles=tuple(Obstacle(one) for one in row.obstacles),
        notice_from=row.notice_from,
        notice_until=row.notice_until,
        awarded_on=row.awarded_on,
        valid_until=row.valid_until,
        reviewed_on=row.reviewed_on,
        record_id=row.record_id,
        standing=standing,
    )


def _course_of(row: models.Nomination, draft: Draft | None, *, actor: Actor) -> Callable[..., Course]:
    """Return a course that lacks its nomination: whether that stands is asked in a context of its own."""
    review = casework.find_latest_case(REVIEW, ref_id=str(row.id))
    return partial(
        Course,
        draft=draft,
        case=casework.access_case(row.case_id, actor=actor),
        steps=casework.timeline(row.case_id, actor=actor),
        review=review,
        review_steps=casework.timeline(review.id, actor=actor) if review else [],
    )


def only(rows: QuerySet[models.Nomination]) -> models.Nomination:
    """Return the one row asked for, or refuse as if there were none."""
    row = rows.first()
    if row is None:
        raise Refused(ABSENT)
    return row


def own_subject(actor: Actor, *, action: str, now: datetime) -> UUID:
    """Return the subject who asks, or refuse."""
    if actor.subject_id is None:
        raise Refused(
            Refusal(
                code="SIGN_IN_REQUIRED",
                what="请先登录。",
                next_step="登录后可以查看对您的提名，同意或者不同意。",
                basis=("SZ/39",),
            )
        )
    resource = Resource(kind="honour", subject_id=actor.subject_id)
    access.require(actor, action=action, resource=resource, purpose=PURPOSE, now=now)
    return actor.subject_id


def require_handling(actor: Actor, *, body: str, now: datetime) -> tuple[str, ...]:
    """Return the articles that let an officer handle what is their body's, or refuse."""
    resource = Resource(kind="honour", body=body)
    return access.require(actor, action="honour.handle", resource=resource, purpose=PURPOSE, now=now).basis

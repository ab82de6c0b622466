"""What a merchant does about a review: answer in public, or ask the platform to check whether it may be hidden.

Neither changes the review. A bad review is no ground; who asks names one of `grounds.yaml`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Max

from chengxin.audit.contracts import Event, Kind
from chengxin.audit.facade import record_event
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Taken
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import refuse_if
from chengxin.notices.facade import serve
from chengxin.reviews import models
from chengxin.reviews.actions import note_hiding
from chengxin.reviews.contracts import ANSWER
from chengxin.reviews.queries import ANSWERING, get_own, own_row, own_side
from chengxin.reviews.rules import masked, why_not_answer, why_not_contest
from chengxin.reviews.tables import grounds

CONTEST: Final = "review_contest"
# An answer has no marks, so it takes no first place.
_FIRST: Final = 2


def answer(actor: Actor, review_id: UUID, *, text: str, now: datetime) -> None:
    """Answer an open review in public (商家回复): only ever added, numbers of people masked."""
    with own_side(actor, now=now):
        review = own_row(actor, review_id)
        said = models.Review.objects.filter(trade_id=review.trade_id, side=ANSWER)
        refuse_if(why_not_answer(text, answers=said.count()))
        row = models.Review.objects.create(
            id=new_id(now),
            trade_id=review.trade_id,
            platform=review.platform,
            shop_id=review.shop_id,
            subject_id=review.subject_id,
            of_operator=True,
            side=ANSWER,
            place=(said.aggregate(last=Max("place"))["last"] or _FIRST - 1) + 1,
            marks={},
            written_at=now,
            filed_at=now,
            opens_at=now,
        )
        models.Said.objects.create(review_id=row.id, text=masked(text)[0])
        _record(actor, "answer", review_id, now=now)


def contest(actor: Actor, review_id: UUID, *, ground: str, words: str, now: datetime) -> Case:
    """Ask the platform to check a review (请求复核) on a ground for which it may hide the words."""
    review = get_own(actor, review_id, now=now)
    standing = find_contest(actor, review_id, now=now)
    is_asked = standing is not None and not standing.is_closed
    refuse_if(
        why_not_contest(words, is_ground=ground in grounds(), is_hidden=review.hiding is not None, is_asked=is_asked)
    )
    with own_side(actor, now=now):
        row = own_row(actor, review_id)
        case = casework.open_case(
            CONTEST,
            ref=Ref(kind="review", id=str(review_id), subject_id=row.subject_id),
            body=row.platform,
            opened_by=actor.as_person(),
            facts={"ground": ground, "shop": str(row.shop_id)},
            reasons=masked(words)[0],
            now=now,
        )
        told = {"number": case.number}
        serve(
            kind="reviews.contest_received",
            text="contest_received",
            parameters=told,
            reference=case.number,
            to_body=row.platform,
            actor=actor.as_person(),
            now=now,
        )
    return case


def find_contest(actor: Actor, review_id: UUID, *, now: datetime) -> Case | None:
    """Return the last request of a merchant about a review, or None."""
    with own_side(actor, now=now):
        return casework.find_latest_case(CONTEST, ref_id=str(review_id))


def hide_contested(taken: Taken) -> None:
    """Hide the words on the ground the merchant named: the effect of a platform that agrees."""
    note_hiding(
        taken.actor,
        UUID(taken.case.ref.id),
        is_hidden=True,
        ground=str(taken.case.facts["ground"]),
        reasons=taken.reasons,
        channel=Channel.BODY,
        now=taken.at,
    )


def _record(actor: Actor, what: str, review_id: UUID, *, now: datetime) -> None:
    record_event(
        Event(
            kind=Kind.FILE,
            actor=actor.as_person(),
            at=now,
            purpose=ANSWERING,
            channel=Channel.SELF,
            reference=str(review_id),
            categories=(f"review.{what}",),
            count=1,
        )
    )
